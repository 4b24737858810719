"""The parts of a business, made of a row of a register."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from etoko.people.models import Person
from etoko.registry import sealing
from etoko.registry.importing.records import Record
from etoko.registry.models import (
    Business,
    Licence,
    Owner,
    PublicConsent,
)
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.operations.previewing import AT_ONCE


def business_of(record: Record) -> Business:
    return Business(area_id=record.area, search_name=record.key, **record.values)


def owner_of(record: Record, business_id: int) -> Owner:
    return Owner(
        business_id=business_id,
        name=record.owner,
        search_name=record.owner_key,
        gender=record.gender,
        nik_sealed=sealing.seal(record.nik) if record.nik else None,
        nik_hash=record.nik_hash,
    )


def licences_of(licences: Iterable[tuple[str, str, str]], business_id: int) -> list[Licence]:
    return [
        Licence(business_id=business_id, kind=kind, status=status, number=number)
        for kind, status, number in licences
    ]


def note_consents(business_ids: Sequence[int], *, by: Person | None, at: datetime) -> None:
    PublicConsent.objects.bulk_create(
        [
            PublicConsent(
                business_id=pk, what=PublicConsent.LISTING, given_at=at, how="register", recorded_by=by
            )
            for pk in business_ids
        ],
        batch_size=AT_ONCE,
    )
    refresh_directory(business_ids=business_ids)


def what_hangs_on(
    phones: Sequence[str], licences: Sequence[tuple[str, str, str]], consents: bool
) -> dict[str, Any]:
    added: dict[str, Any] = {}
    if phones:
        added["phones"] = list(phones)
    if licences:
        added["licences"] = [list(licence) for licence in licences]
    if consents:
        added["consent"] = PublicConsent.LISTING
    return added


def plain_value(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
