"""The register is searched for records that may be one business; a person decides about each pair."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from etoko.audit.operations import record_deed
from etoko.people.models import Person
from etoko.places.models import DISTRICT, Area
from etoko.registry.linking import LIKELY, Commonness, Likeness, Sketch, compare, pairs_to_compare
from etoko.registry.models import ACTIVE, Business, DuplicateSuspicion
from etoko.registry.states import OPEN

MOST_PER_RECORD = 3
"""A market of fifty stalls of one name is one question, not a thousand."""
_AT_ONCE = 400
_WHY = {"phone": "same_phone", "nik": "same_owner", "owner": "same_owner", "name": "near_name"}


def find_duplicates(*, area: Area, by: Person | None, at: datetime) -> int:
    """Look through the active records of an area, district by district. Returns how many pairs are proposed
    that were not before. What somebody has decided stays decided; open pairs get the likeness of today."""
    districts = Area.objects.filter(level=DISTRICT, code__startswith=f"{area.code}.").order_by("code")
    return sum(_find_in(one, by, at) for one in (list(districts) or [area]))


def evidence_of(likeness: Likeness) -> list[list[str | float]]:
    """[what it says, in the source language, and its weight], the weightiest first."""
    # The source text itself, not its translation: whoever reads the list reads it in her language.
    return [[one.said, round(one.weight, 1)] for one in likeness.evidence]


@transaction.atomic
def _find_in(area: Area, by: Person | None, at: datetime) -> int:
    found = Business.objects.filter(
        area__code__startswith=area.code, status=ACTIVE, merged_into__isnull=True
    ).order_by("pk")
    ids, sketches = [], []
    for pk, sketch in sketches_of(found):
        ids.append(pk)
        sketches.append(sketch)
    proposed = _best(ids, sketches)
    known = {
        (row.first_id, row.second_id): row
        for row in DuplicateSuspicion.objects.select_for_update(of=("self",)).filter(
            first__area__code__startswith=area.code
        )
    }
    fresh, renewed = [], []
    for pair, likeness in proposed.items():
        row = known.get(pair)
        if row is None:
            row = DuplicateSuspicion(first_id=pair[0], second_id=pair[1], why=_why(likeness))
            fresh.append(row)
        elif row.state == OPEN:
            renewed.append(row)
        row.likeness, row.evidence = likeness.percent, evidence_of(likeness)
    DuplicateSuspicion.objects.bulk_create(fresh, batch_size=_AT_ONCE)
    DuplicateSuspicion.objects.bulk_update(renewed, ["likeness", "evidence"], batch_size=_AT_ONCE)
    if fresh:
        record_deed(
            deed="find_duplicates", subject=area, by=by, at=at, area_code=area.code,
            changes={"rows": (0, len(fresh))},
        )  # fmt: skip
    return len(fresh)


def sketches_of(found: QuerySet[Business]) -> Iterator[tuple[int, Sketch]]:
    """What the linkage needs of each business; three questions for each portion."""
    for one in found.prefetch_related("owners", "phones").iterator(chunk_size=1_000):
        owners = list(one.owners.all())
        point = (float(one.latitude), float(one.longitude)) if one.latitude and one.longitude else None
        yield (
            one.pk,
            Sketch(
                name=one.name,
                owners=frozenset(owner.name for owner in owners),
                niks=frozenset(owner.nik_hash for owner in owners if owner.nik_hash),
                phones=frozenset(phone.phone for phone in one.phones.all()),
                area=one.area_id,
                rt=one.rt,
                rw=one.rw,
                street=one.street,
                kind=one.kind,
                point=point,
            ),
        )


def _best(ids: list[int], sketches: list[Sketch]) -> dict[tuple[int, int], Likeness]:
    """The likeliest pairs, a few for each record."""
    common = Commonness(sketch.name for sketch in sketches)
    likely: dict[tuple[int, int], Likeness] = {}
    for i, j in pairs_to_compare(sketches):
        likeness = compare(sketches[i], sketches[j], common)
        if likeness.score >= LIKELY:
            likely[min(ids[i], ids[j]), max(ids[i], ids[j])] = likeness
    counted: Counter[int] = Counter()
    best = {}
    for pair, likeness in sorted(likely.items(), key=lambda item: (-item[1].score, item[0])):
        if all(counted[pk] < MOST_PER_RECORD for pk in pair):
            counted.update(pair)
            best[pair] = likeness
    return best


def _why(likeness: Likeness) -> str:
    about = next((one.about for one in likeness.evidence if one.weight > 0 and one.about in _WHY), "name")
    return _WHY[about]
