"""What phones and pages of the census are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.functional import Promise

from etoko.census.facts import NAMES, facts_of, with_facts
from etoko.census.models import Sheet
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import ACTIVE, Business
from etoko.registry.names import business_search_name
from etoko.registry.states import VERIFIED

RECEIPTS = 200


@dataclass(frozen=True)
class Receipt:
    key: str
    business_id: str
    name: str
    place: str
    kind: str | Promise
    origin: str | Promise
    by: str
    received_at: datetime
    filled_at: datetime
    changed: str
    photos: int
    arrived: int

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "business": self.business_id,
            "name": self.name,
            "kind": str(self.kind),
            "received_at": self.received_at.isoformat(),
            "photos": self.photos,
            "arrived": self.arrived,
        }


@dataclass(frozen=True)
class Visit:
    receipt: Receipt
    accuracy_m: int | None
    photo_ids: list[int]
    coming: int


def worklist(village: Area) -> list[dict[str, Any]]:
    """Every business of the village, as the phone keeps it. Seven queries, however many there are."""
    visited = dict(
        Sheet.objects.filter(business__area=village)
        .values_list("business_id")
        .annotate(last=Max("received_at"))
        .values_list("business_id", "last")
    )
    found = with_facts(Business.objects.filter(area=village, merged_into__isnull=True)).order_by(
        "search_name", "pk"
    )
    return [business_row(one, visited.get(one.pk)) for one in found]


def business_row(business: Business, visited_at: datetime | None) -> dict[str, Any]:
    return {
        "id": business.public_id,
        "facts": facts_of(business),
        "state": business.verification,
        "reason": business.verification_reason,
        "visited_at": visited_at.isoformat() if visited_at else "",
    }


def to_print(village: Area, which: str) -> QuerySet[Business]:
    """Of a village: those nobody has visited ("belum"), that wait for a verifier ("periksa"), or all."""
    found = Business.objects.filter(area=village, status=ACTIVE).order_by("rw", "rt", "search_name")
    if which == "belum":
        return found.exclude(pk__in=Sheet.objects.values("business_id"))
    return found.exclude(verification=VERIFIED) if which == "periksa" else found


def find_to_type(villages: Sequence[Area], sought: str) -> list[Business]:
    """By the number on the form, else by the name."""
    hers = Business.objects.filter(area__in=villages, merged_into__isnull=True).select_related("area")
    by_number = hers.filter(public_id=sought.lower())
    by_name = hers.filter(search_name__contains=business_search_name(sought)).order_by("search_name")
    return list(by_number) or list(by_name[:20])


def receipts_of(person: Person, *, most: int = RECEIPTS) -> list[Receipt]:
    """What of hers has arrived, the newest first."""
    return _receipts(Sheet.objects.filter(person=person), most)


def visits_at(business: Business) -> list[Visit]:
    sheets = list(
        Sheet.objects.filter(business=business)
        .prefetch_related("photos")
        .order_by("-received_at", "-pk")[:50]
    )
    receipts = {one.key: one for one in _receipts(Sheet.objects.filter(business=business), 50)}
    return [
        Visit(
            receipt=receipts[sheet.key],
            accuracy_m=sheet.accuracy_m,
            photo_ids=[photo.pk for photo in sheet.photos.all() if photo.picture],
            coming=sum(1 for photo in sheet.photos.all() if not photo.picture),
        )
        for sheet in sheets
    ]


def _receipts(sheets: Any, most: int) -> list[Receipt]:
    found: Sequence[Any] = (
        sheets.select_related("business__area", "person")
        .annotate(of=Count("photos"), here=Count("photos", filter=~Q(photos__picture="")))
        .order_by("-received_at", "-pk")[:most]
    )
    return [
        Receipt(
            key=sheet.key,
            business_id=sheet.business.public_id,
            name=sheet.business.name,
            place=sheet.business.area.name,
            kind=sheet.get_kind_display(),
            origin=sheet.get_origin_display(),
            by=sheet.person.name,
            received_at=sheet.received_at,
            filled_at=sheet.filled_at,
            changed=", ".join(str(NAMES[field]) for field in sheet.changed if field in NAMES),
            photos=sheet.of,
            arrived=sheet.here,
        )
        for sheet in found
    ]
