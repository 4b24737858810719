"""The records that wait for somebody to look at them, by area and one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Left
from django.urls import reverse

from etoko.foundation.counting import kept_if_large
from etoko.people.access import within
from etoko.places.choosing import areas_to_choose, length_below
from etoko.registry.models import Business
from etoko.registry.states import DRAFT


@dataclass(frozen=True)
class AreaCount:
    code: str
    name: str
    count: int
    href: str


def waiting_by_area(codes: Sequence[str], chosen: str = "") -> list[AreaCount]:
    """The areas one step further down with records that wait for verification, the longest list first."""
    counts = _waiting_counts(codes, length_below(codes, chosen))
    found = []
    for area in areas_to_choose(codes, chosen):
        # A record whose village nobody knows yet stands in its sub-district.
        count = sum(n for part, n in counts.items() if f"{part}.".startswith(f"{area.code}."))
        if count:
            href = f"{reverse('registry:worklist')}?desa={area.code}"
            found.append(AreaCount(area.code, area.name, count, href))
    return sorted(found, key=lambda one: (-one.count, one.name))


def _waiting_counts(codes: Sequence[str], length: int) -> dict[str, int]:
    rows = (
        waiting_in(codes)
        .order_by()
        .annotate(part=Left("area_id", length))
        .values_list("part")
        .annotate(count=Count("pk"))
    )
    return kept_if_large(str(rows.query), lambda: dict(rows), size=lambda counts: sum(counts.values()))


def waiting_in(codes: Sequence[str], chosen: str = "") -> QuerySet[Business]:
    """Records that wait for verification, in the order in which they came in."""
    waiting = Business.objects.filter(within(list(codes)), verification=DRAFT, merged_into__isnull=True)
    return (waiting.filter(within([chosen])) if chosen else waiting).order_by("pk")


def next_to_verify(codes: Sequence[str], chosen: str, *, after: int = 0) -> Business | None:
    """The next record that waits; from the start again at the end."""
    waiting = waiting_in(codes, chosen)
    return waiting.filter(pk__gt=after).first() or waiting.exclude(pk=after).first()
