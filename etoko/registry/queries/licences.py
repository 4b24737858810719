"""Licences that somebody should look after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from etoko.people.access import within
from etoko.registry.models import Licence
from etoko.registry.queries.records import EXPIRES_SOON


@dataclass(frozen=True)
class LicenceRow:
    business: str
    href: str
    place: str
    kind: str
    number: str
    expires_on: date | None
    is_expired: bool
    check_label: str


def licence_rows(codes: Sequence[str], which: str, *, today: date, limit: int = 200) -> list[LicenceRow]:
    """Licences that end soon or have ended ("habis"), or that nobody has checked yet ("periksa")."""
    found = Licence.objects.filter(within(list(codes), "business__area_id"), status="held")
    if which == "periksa":
        found = found.filter(check_state=Licence.PENDING).exclude(number="").order_by("business__search_name")
    else:
        found = found.filter(expires_on__lte=today + EXPIRES_SOON).order_by("expires_on")
    return [
        LicenceRow(
            business=one.business.name,
            href=reverse("registry:record", args=[one.business.public_id]) + "#izin",
            place=one.business.area.name,
            kind=str(one.get_kind_display()),
            number=one.number,
            expires_on=one.expires_on,
            is_expired=one.expires_on is not None and one.expires_on < today,
            check_label=str(one.get_check_state_display()),
        )
        for one in found.select_related("business__area")[:limit]
    ]
