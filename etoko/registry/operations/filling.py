"""What a matched row does: it fills what is empty, and lists what differs."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.names import search_name
from etoko.registry import sealing
from etoko.registry.importing.fields import SOURCE_FACTS
from etoko.registry.importing.records import Record
from etoko.registry.models import (
    Business,
    BusinessPhone,
    Licence,
    Owner,
    OwnerDetails,
    PublicConsent,
)
from etoko.registry.operations.import_parts import licences_of, note_consents, owner_of, plain_value
from etoko.registry.operations.previewing import AT_ONCE, Preview, portions_of

_UNKNOWN_TEXTS = ("", "unknown", None)


def fill_matched(
    seen: Preview,
    *,
    by: Person | None,
    at: datetime,
    wrote: dict[int, dict[str, Any]],
    differences: dict[int, list[dict[str, str]]],
) -> int:
    """Fill what the register leaves empty; list what differs, and leave it. Gives how many were filled."""
    matched: dict[int, list[Record]] = defaultdict(list)
    fresh = {one.target.id for one in seen.judged if one.outcome == "new" and one.target}
    for one in seen.judged:
        if one.outcome == "matched" and one.target and one.target.id not in fresh:
            matched[one.target.id].append(one.record)
    filled = 0
    listed: list[int] = []
    for some in portions_of(list(matched)):
        owners = _by_business(Owner, some)
        phones = _by_business(BusinessPhone, some)
        licences = _by_business(Licence, some)
        consented = set(
            PublicConsent.objects.filter(business_id__in=some, what=PublicConsent.LISTING).values_list(
                "business_id", flat=True
            )
        )
        entries: list[AuditEntry] = []
        for business in Business.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk"):
            for record in matched[business.pk]:
                put, other = _fill_one(
                    business, record, owners[business.pk], phones[business.pk], licences[business.pk]
                )
                if record.consents and business.pk not in consented:
                    listed.append(business.pk)
                    consented.add(business.pk)
                    put["consent"] = PublicConsent.LISTING
                differences[record.number] = other
                wrote[record.number] = put
                if put:
                    filled += 1
                    entries.append(
                        AuditEntry(
                            at=at,
                            by_id=by.pk if by else None,
                            by_name=by.name[:200] if by else "",
                            deed="fill_from_import",
                            subject_type=Business._meta.label,
                            subject_id=str(business.pk),
                            subject_name=business.name[:300],
                            area_code=business.area_id,
                            changes={name: ["", value] for name, value in put.items()},
                        )
                    )
        AuditEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    note_consents(listed, by=by, at=at)
    return filled


def _by_business(model: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(business_id__in=ids):
        rows[row.business_id].append(row)
    return rows


def _fill_one(  # noqa: PLR0912 - one question per part of a business
    business: Business,
    record: Record,
    owners: list[Owner],
    phones: list[BusinessPhone],
    licences: list[Licence],
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    put: dict[str, Any] = {}
    other: list[dict[str, str]] = []
    values = dict(record.values)
    for name, value in values.items():
        now = getattr(business, name)
        if name in SOURCE_FACTS and now:
            continue  # where the row was first found; each pull brings another day
        if name == "source_ref" and value == business.public_id:
            continue  # our own export comes back
        if name == "kind" and record.guesses_kind:
            continue
        if now in _UNKNOWN_TEXTS:
            setattr(business, name, value)
            put[name] = plain_value(value)
        elif not _same(now, value) and name not in (
            "kind",
            "scale_computed",
            "kbli_edition",
            "turnover_band",
            "capital_band",
        ):
            other.append({"field": name, "register": str(now)[:200], "file": str(value)[:200]})
    if record.is_village and business.area_id != record.area:
        if record.area.startswith(business.area_id + "."):
            put["area_id"] = record.area
            put["area_before"] = business.area_id
            business.area_id = record.area
        else:
            other.append({"field": "area", "register": business.area_id, "file": record.area})
    if put:
        business.save()
    if record.owner and not owners:
        owners.append(owner_of(record, business.pk))
        owners[-1].save()
        put["owner"] = record.owner
    elif record.owner and record.owner_key not in {owner.search_name for owner in owners}:
        other.append({"field": "owner", "register": owners[0].name, "file": record.owner})
    put.update(_fill_owner(record, [owner for owner in owners if owner.search_name == record.owner_key]))
    new_phones = [phone for phone in record.phones if phone not in {p.phone for p in phones}]
    if new_phones and not phones:
        for i, phone in enumerate(new_phones):
            phones.append(
                BusinessPhone(business=business, phone=phone, note=record.phones[phone], position=i)
            )
            phones[-1].save()
        put["phones"] = new_phones
    elif new_phones:
        other.append({"field": "phone", "register": phones[0].phone, "file": ", ".join(new_phones)})
    held = {licence.kind: licence for licence in licences}
    added = [licence for licence in record.licences if licence[0] not in held]
    for licence in licences_of(added, business.pk):
        licence.save()
        licences.append(licence)
    if added:
        put["licences"] = [list(licence) for licence in added]
    for kind, _status, number in record.licences:
        if kind in held and number and held[kind].number and held[kind].number != number:
            other.append({"field": kind, "register": held[kind].number, "file": number})
    return put, other


def _fill_owner(record: Record, same: Sequence[Owner]) -> dict[str, Any]:
    """NIK and details of the owner the row names, where they are not known yet; the trace names no values."""
    if len(same) != 1 or not (record.nik or record.details):
        return {}
    owner = same[0]
    put: dict[str, Any] = {}
    if record.nik and not owner.nik_hash:
        owner.nik_sealed, owner.nik_hash = sealing.seal(record.nik), record.nik_hash
        owner.save(update_fields=["nik_sealed", "nik_hash"])
        put["nik"] = "filled"
    details = OwnerDetails.objects.filter(owner=owner).first() or OwnerDetails(owner=owner)
    filled = [name for name in record.details if getattr(details, name) in _UNKNOWN_TEXTS]
    for name in filled:
        setattr(details, name, record.details[name])
    if filled:
        details.save()
        put["owner_details"] = filled
    return put


def _same(now: Any, value: Any) -> bool:
    if isinstance(now, Decimal) or isinstance(value, Decimal):
        return abs(Decimal(str(now)) - Decimal(str(value))) < Decimal("0.0001")
    if isinstance(now, str) and isinstance(value, str):
        return search_name(now) == search_name(value)
    return bool(now == value)
