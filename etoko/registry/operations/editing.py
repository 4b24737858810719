from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.importing.fields import WORKER_PARTS
from etoko.registry.kbli import kbli_title
from etoko.registry.models import UNKNOWN, Business, BusinessPhone, Owner
from etoko.registry.names import business_search_name, owner_search_name
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.sections import SECTIONS, Section, as_text, differing
from etoko.registry.sizes import CAPITAL_BANDS, TURNOVER_BANDS, band_of, compute_scale
from etoko.registry.states import DRAFT, REGISTRAR, VERIFICATION_FLOW


class UnableToEdit(UnableTo):
    pass


class ChangedMeanwhile(UnableToEdit):
    """Somebody else changed this part after the page was opened. Nothing was written."""

    def __init__(self, now: Mapping[str, str], fields: list[str]) -> None:
        super().__init__(
            _("Bagian ini baru saja diubah orang lain. Lihat bedanya di bawah, lalu simpan lagi.")
        )
        self.now = dict(now)
        self.fields = fields


@dataclass(frozen=True)
class OwnerEntry:
    name: str
    gender: str = UNKNOWN
    id: int | None = None
    """None: a new one."""


@dataclass(frozen=True)
class PhoneEntry:
    phone: str
    """Canonical."""
    note: str = ""


@transaction.atomic
def edit_section(
    *,
    business: Business,
    section: Section,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Person,
    at: datetime,
    for_name: str = "",
    is_verifier: bool,
) -> Business:
    """Change the facts of one part. `seen` is what stood there when the page was opened (`section_now`).

    Raises ChangedMeanwhile when it stands otherwise now; then the page shows what changed.
    """
    locked = _lock(business)
    _refuse_if_changed(seen, section_now(locked, section))
    before = {field: getattr(locked, field) for field in section.fields}
    for field in section.fields:
        setattr(locked, field, values[field])
    _agree(locked, section)
    locked.search_name = business_search_name(locked.name)
    computed = locked.scale_computed
    locked.scale_computed = compute_scale(
        on=timezone.localdate(at),
        capital_rp=locked.capital_rp,
        turnover_rp=locked.turnover_rp,
        capital_band=locked.capital_band,
        turnover_band=locked.turnover_band,
        started_year=locked.started_year,
    )
    locked.save()
    changes = {field: (before[field], getattr(locked, field)) for field in section.fields}
    changes["scale_computed"] = (computed, locked.scale_computed)
    return _finish(locked, section, changes, by=by, at=at, for_name=for_name, is_verifier=is_verifier)


@transaction.atomic
def edit_contacts(
    *,
    business: Business,
    owners: Sequence[OwnerEntry],
    phones: Sequence[PhoneEntry],
    seen: Mapping[str, str],
    by: Person,
    at: datetime,
    for_name: str = "",
    is_verifier: bool,
) -> Business:
    """Change who owns the business and by which phones it is reached. Owners that are left out are removed,
    but not one who has an account for it: her right to her shop would hang in the air."""
    section = SECTIONS["kontak"]
    locked = _lock(business)
    now = section_now(locked, section)
    _refuse_if_changed(seen, now)
    if not owners:
        raise UnableToEdit(_("Tulis nama pemilik, paling sedikit satu orang."), field="owner_1_name")
    kept = {entry.id for entry in owners if entry.id}
    for owner in locked.owners.exclude(pk__in=kept):
        if owner.person_id:
            raise UnableToEdit(
                _("%(name)s sudah punya akun untuk usaha ini, jadi tidak bisa dihapus dari pemilik.")
                % {"name": owner.name}
            )
        owner.delete()
    for entry in owners:
        facts = {"name": entry.name, "search_name": owner_search_name(entry.name), "gender": entry.gender}
        if entry.id:
            locked.owners.filter(pk=entry.id).update(**facts)
        else:
            Owner.objects.create(business=locked, **facts)
    locked.phones.exclude(phone__in=[entry.phone for entry in phones]).delete()
    for position, one in enumerate(phones):
        BusinessPhone.objects.update_or_create(
            business=locked, phone=one.phone, defaults={"note": one.note, "position": position}
        )
    locked.save(update_fields=["updated_at"])
    after = section_now(locked, section)
    changes = {field: (now[field], after[field]) for field in section.fields}
    return _finish(locked, section, changes, by=by, at=at, for_name=for_name, is_verifier=is_verifier)


def section_now(business: Business, section: Section) -> dict[str, str]:
    """What stands in this part now, as texts, to be sent along with the form and compared on its return."""
    if section.slug == "kontak":
        return {
            "owners": "; ".join(
                f"{owner.name} ({owner.get_gender_display()})" for owner in business.owners.order_by("pk")
            ),
            "phones": "; ".join(f"{one.phone} {one.note}".strip() for one in business.phones.all()),
        }
    return {
        field: as_text(getattr(business, f"{field}_id" if field == "area" else field))
        for field in section.fields
    }


def _lock(business: Business) -> Business:
    return Business.objects.select_for_update(of=("self",)).select_related("area").get(pk=business.pk)


def _refuse_if_changed(seen: Mapping[str, str], now: Mapping[str, str]) -> None:
    changed = differing(seen, now)
    if changed:
        raise ChangedMeanwhile(now, changed)


def _agree(business: Business, section: Section) -> None:
    """What belongs together must agree, whoever sends it."""
    if section.slug == "produk":
        if business.kbli_code and not kbli_title(business.kbli_edition, business.kbli_code):
            raise UnableToEdit(
                _("Kode KBLI %(code)s tidak ada di edisi itu. Cari dengan kata, misalnya “bikin kerupuk”.")
                % {"code": business.kbli_code},
                field="kbli",
            )
        if not business.kbli_code:
            business.kbli_edition = None
    if section.slug == "alamat" and (business.latitude is None) != (business.longitude is None):
        raise UnableToEdit(
            _("Isi lintang dan bujur dua-duanya, atau kosongkan dua-duanya."),
            field="latitude" if business.latitude is None else "longitude",
        )
    if section.slug == "skala":
        parts = [getattr(business, name) for name in WORKER_PARTS]
        if None not in parts:
            business.workers = sum(parts)
        # An exact amount says more than a band: the band follows it.
        if business.turnover_rp is not None:
            business.turnover_band = band_of(TURNOVER_BANDS, business.turnover_rp)
        if business.capital_rp is not None:
            business.capital_band = band_of(CAPITAL_BANDS, business.capital_rp)


def _finish(
    business: Business,
    section: Section,
    changes: dict[str, tuple[Any, Any]],
    *,
    by: Person,
    at: datetime,
    for_name: str,
    is_verifier: bool,
) -> Business:
    """The words of the directory, the new look by a verifier, the trace."""
    changed = any(before != after for before, after in changes.values())
    if not changed:
        return business
    if section.needs_new_look and not is_verifier and business.verification != DRAFT:
        changes["verification"] = (business.verification, DRAFT)
        business = VERIFICATION_FLOW.make_move(business, "reopen", parties=(REGISTRAR,))
        business.verified_at = business.verified_by = None
        business.save(update_fields=["verified_at", "verified_by"])
    refresh_directory(business_ids=[business.pk])
    record_deed(
        deed=f"edit_{section.slug}",
        subject=business,
        by=by,
        at=at,
        for_name=for_name,
        area_code=business.area_id,
        changes=changes,
    )
    return business
