"""A sheet's facts on their way through the doors of the register: each part by the door it has."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.census.facts import LICENCES, SECTION_OF, facts_of, fresh, licence_in
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.importing.fields import WORKER_PARTS
from etoko.registry.models import ACTIVE, CLOSED, Business
from etoko.registry.operations.closing import close_business, reopen_business
from etoko.registry.operations.consenting import set_consents
from etoko.registry.operations.editing import (
    OwnerEntry,
    PhoneEntry,
    edit_contacts,
    edit_section,
    section_now,
)
from etoko.registry.operations.licensing import save_licence
from etoko.registry.sections import SECTIONS
from etoko.registry.sizes import TURNOVER_BANDS, band_of


@transaction.atomic
def write_facts(
    *,
    business: Business,
    facts: Mapping[str, str],
    how: str,
    text_version: str,
    by: Person,
    is_verifier: bool,
    at: datetime,
) -> None:
    """Write these facts of a business that is locked. `how` the owner agreed to be shown, empty where she was
    not asked, and to which text. Raises what a door refuses."""
    who: dict[str, Any] = {"by": by, "at": at, "for_name": business.name}
    try:
        for slug in dict.fromkeys(SECTION_OF.values()):
            if values := _values_of(slug, business, facts):
                section = SECTIONS[slug]
                edit_section(
                    business=business,
                    section=section,
                    values={field: getattr(business, field) for field in section.fields} | values,
                    seen=section_now(business, section),
                    is_verifier=is_verifier,
                    **who,
                )
                business = fresh(business)
        if {"owner_name", "phone"} & set(facts):
            _write_contacts(business, facts, is_verifier=is_verifier, **who)
    except UnableTo as problem:
        problem.field = _FIELDS_HERE.get(problem.field, problem.field)
        raise
    for kind in LICENCES:
        _write_licence(kind, business, facts, **who)
    if "shown" in facts or how:
        # The same as before is written anew only where the text that was read to her says more.
        shown = facts["shown"] if "shown" in facts else facts_of(business)["shown"]
        set_consents(
            business=business,
            shown=[what for what in shown.split(",") if what],
            how=how or "kader",
            text_version=text_version,
            **who,
        )
    if facts.get("status") == CLOSED:
        close_business(business=business, reason=_("Sudah tutup saat didatangi."), **who)
    elif facts.get("status") == ACTIVE:
        reopen_business(business=business, **who)


_FIELDS_HERE = {"latitude": "position", "longitude": "position", "owner_1_name": "owner_name"}


def _values_of(slug: str, business: Business, facts: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field, text in facts.items():
        if SECTION_OF.get(field) != slug:
            continue
        if field == "position":
            parts = [Decimal(part) for part in text.split(", ")] if text else [None, None]
            values |= dict(zip(("latitude", "longitude"), parts, strict=True))
        elif field == "kbli":
            edition, _sign, code = text.partition(":")
            values |= {"kbli_edition": int(edition) if code else None, "kbli_code": code}
        elif field == "workers":
            values["workers"] = int(text) if text else None
            # The parts by gender and pay make the whole: those that make another are known no more.
            if values["workers"] != sum(getattr(business, part) or 0 for part in WORKER_PARTS):
                values |= dict.fromkeys(WORKER_PARTS)
        elif field == "turnover_band":
            values["turnover_band"] = text
            # An exact amount says more than a band, and the band follows it: an older amount that says
            # otherwise than the owner says today is known no more.
            if text != band_of(TURNOVER_BANDS, business.turnover_rp):
                values["turnover_rp"] = None
        else:
            values[field] = text
    return values


def _write_contacts(business: Business, facts: Mapping[str, str], *, is_verifier: bool, **who: Any) -> None:
    """The first owner and the first phone are the sheet's; the others stay as they are."""
    owners = [OwnerEntry(owner.name, owner.gender, owner.pk) for owner in business.owners.order_by("pk")]
    if "owner_name" in facts:
        first = owners[0] if owners else OwnerEntry("")
        owners[:1] = [OwnerEntry(facts["owner_name"], first.gender, first.id)]
    phones = [PhoneEntry(one.phone, one.note) for one in business.phones.all()]
    if "phone" in facts:
        others = [one for one in phones[1:] if one.phone != facts["phone"]]
        note = next((one.note for one in phones if one.phone == facts["phone"]), "")
        phones = ([PhoneEntry(facts["phone"], note)] if facts["phone"] else []) + others
    edit_contacts(
        business=business,
        owners=owners,
        phones=phones,
        seen=section_now(business, SECTIONS["kontak"]),
        is_verifier=is_verifier,
        **who,
    )


def _write_licence(kind: str, business: Business, facts: Mapping[str, str], **who: Any) -> None:
    told = {name: facts[f"{kind}_{name}"] for name in ("status", "number") if f"{kind}_{name}" in facts}
    if not told:
        return
    held = licence_in(business.licences.all(), kind)
    try:
        save_licence(
            business=business,
            licence=held,
            kind=kind,
            status=told.get("status", held.status if held else "held"),
            number=told.get("number", held.number if held else ""),
            issuer=held.issuer if held else "",
            issued_on=held.issued_on if held else None,
            expires_on=held.expires_on if held else None,
            scan=None,
            **who,
        )
    except UnableTo as problem:
        problem.field = f"{kind}_number" if problem.field == "number" else ""
        raise
