"""An import is taken back as one: what it added goes, what it filled is empty again.

What somebody has worked on since stays as it is and is listed: nobody's work is undone behind her back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from etoko.audit.operations.recording import record_deed
from etoko.foundation.effects import announce
from etoko.people.models import Person
from etoko.registry.facts import ImportGoesBack
from etoko.registry.merging import relations
from etoko.registry.models import (
    Business,
    BusinessPhone,
    DirectoryWord,
    DuplicateSuspicion,
    ImportBatch,
    ImportRow,
    Licence,
    Owner,
    OwnerDetails,
    PublicConsent,
)
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.operations.previewing import AT_ONCE, UnableToImport, told_when_disk_is_full
from etoko.registry.states import COMMITTED, DRAFT, IMPORT_FLOW, IMPORTER

_OWN = (Owner, BusinessPhone, Licence, PublicConsent, ImportRow, DuplicateSuspicion, DirectoryWord)
"""What an import itself hangs on a business; anything else was hung there by people."""
_NOT_WORK = frozenset({"id", "public_id", "area_id", "created_at", "updated_at", "listing", "search_name"})
"""Fields that say nothing about whether somebody worked on the record."""
_NOT_FIELDS = frozenset({"owner", "nik", "owner_details", "phones", "licences", "consent", "area_before"})


UNDONE_WITHIN = timedelta(days=365)
"""Afterwards what the file said is forgotten (`forgetting.forget_import_rows`)."""


@told_when_disk_is_full
@transaction.atomic
def undo_import(*, batch: ImportBatch, by: Person | None, at: datetime) -> ImportBatch:
    """Take the batch back. `undo_report` says what was removed, restored and, with the reason, kept."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.state != COMMITTED:
        raise UnableToImport(_("Impor ini belum masuk atau sudah dibatalkan."))
    if locked.committed_at is None or locked.committed_at < at - UNDONE_WITHIN:
        raise UnableToImport(
            _("Impor ini sudah lebih dari setahun, isinya sudah dihapus. Perbaiki usahanya satu per satu.")
        )
    announce(ImportGoesBack(locked.pk, by, at))
    removed, kept = _remove_added(locked)
    restored, kept_fills = _restore_filled(locked)
    locked.undo_report = {"removed": removed, "restored": restored, "kept": kept + kept_fills}
    locked.undone_at, locked.undone_by = at, by
    locked.save(update_fields=["undo_report", "undone_at", "undone_by"])
    record_deed(
        deed="undo_import", subject=locked, by=by, at=at, area_code=locked.area_id or "",
        changes={"businesses": (removed + len(kept), len(kept)), "restored": (0, restored)},
    )  # fmt: skip
    return IMPORT_FLOW.make_move(locked, "undo", parties=(IMPORTER,))


def _remove_added(batch: ImportBatch) -> tuple[int, list[dict[str, Any]]]:
    rows = list(
        batch.rows.filter(outcome=ImportRow.NEW, business__isnull=False).values_list(
            "number", "business_id", "wrote"
        )
    )
    removed, kept = 0, []
    for some in _chunks(rows):
        ids = [pk for _number, pk, _wrote in some]
        busy = _with_something_hung_on(ids)
        now = {
            b.pk: b
            for b in Business.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        }
        hanging = _hanging(ids)
        gone = []
        for number, pk, wrote in some:
            business = now[pk]
            if pk in busy:
                why = _("sudah dipakai: %(what)s") % {"what": busy[pk]}
            elif business.verification != DRAFT or business.status != "active" or _changed(business, wrote):
                why = _("sudah diubah atau diperiksa")
            elif hanging[pk] != _hung(wrote):
                why = _("pemilik, nomor, atau izinnya sudah diubah")
            else:
                gone.append(pk)
                continue
            kept.append(
                {"number": number, "name": business.name, "public_id": business.public_id, "why": why}
            )
        _delete(gone)
        removed += len(gone)
    return removed, kept


def _changed(business: Business, wrote: dict[str, Any]) -> bool:
    for field in Business._meta.concrete_fields:
        name = field.attname
        if name in wrote and not _alike(getattr(business, name), wrote[name]):
            return True
        if name not in wrote and name not in _NOT_WORK and getattr(business, name) != field.get_default():
            return True
    return False


def _alike(now: Any, wrote: Any) -> bool:
    return now == wrote or str(now) == str(wrote)


def _with_something_hung_on(ids: Sequence[int]) -> dict[int, str]:
    """Businesses that something other than an import points to: a shop, a role, a group, whatever comes, also
    where the business does not know it by a name."""
    busy: dict[int, str] = {}
    for relation in relations().values():
        model: Any = relation.related_model
        if model in _OWN:
            continue
        name = relation.field.attname
        for pk in model._base_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True):
            busy[pk] = str(model._meta.verbose_name)
    return busy


def _hanging(ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    owners: dict[int, list[str]] = {pk: [] for pk in ids}
    phones: dict[int, list[str]] = {pk: [] for pk in ids}
    licences: dict[int, list[list[str]]] = {pk: [] for pk in ids}
    consents: dict[int, int] = dict.fromkeys(ids, 0)
    for pk, name, person in Owner.objects.filter(business_id__in=ids).values_list(
        "business_id", "name", "person_id"
    ):
        owners[pk].append(name if person is None else f"{name} #{person}")
    for pk, phone in BusinessPhone.objects.filter(business_id__in=ids).values_list("business_id", "phone"):
        phones[pk].append(phone)
    for pk, *licence, state in Licence.objects.filter(business_id__in=ids).values_list(
        "business_id", "kind", "status", "number", "check_state"
    ):
        licences[pk].append(list(licence) if state == Licence.PENDING else [*licence, state])
    for pk in PublicConsent.objects.filter(business_id__in=ids).values_list("business_id", flat=True):
        consents[pk] += 1
    return {pk: (sorted(owners[pk]), sorted(phones[pk]), sorted(licences[pk]), consents[pk]) for pk in ids}


def _hung(wrote: dict[str, Any]) -> tuple[Any, ...]:
    return (
        [wrote["owner"]] if "owner" in wrote else [],
        sorted(wrote.get("phones", [])),
        sorted(wrote.get("licences", [])),
        1 if "consent" in wrote else 0,
    )


def _delete(ids: Sequence[int]) -> None:
    # Nothing else points to them (see above), so the rows go table by table, without loading any of them.
    ImportRow.objects.filter(business_id__in=ids).update(business=None)
    DuplicateSuspicion.objects.filter(models.Q(first_id__in=ids) | models.Q(second_id__in=ids)).delete()
    OwnerDetails.objects.filter(owner__business_id__in=ids).delete()
    for model in (Owner, BusinessPhone, Licence, PublicConsent, DirectoryWord):
        rows: Any = model
        rows.objects.filter(business_id__in=ids)._raw_delete(rows.objects.db)
    Business.objects.filter(pk__in=ids)._raw_delete(Business.objects.db)


def _restore_filled(batch: ImportBatch) -> tuple[int, list[dict[str, Any]]]:
    restored, kept, touched = 0, [], []
    rows = batch.rows.filter(outcome=ImportRow.MATCHED, business__isnull=False).exclude(wrote={})
    for row in rows.select_related("business").order_by("number").iterator(chunk_size=AT_ONCE):
        business = row.business
        if business is None:
            continue
        changed = []
        for name, value in row.wrote.items():
            if name in _NOT_FIELDS:
                continue
            if not _alike(getattr(business, name), value):
                changed.append(name)
            elif name == "area_id":
                business.area_id = row.wrote["area_before"]
            else:
                field: Any = Business._meta.get_field(name)
                setattr(business, name, field.get_default())
        business.save()
        changed += _take_off(business, row.wrote)
        touched.append(business.pk)
        if changed:
            kept.append(
                {
                    "number": row.number,
                    "name": business.name,
                    "public_id": business.public_id,
                    "why": _("diubah sejak impor: %(fields)s") % {"fields": ", ".join(changed)},
                }
            )
        restored += 1
    refresh_directory(business_ids=touched)
    return restored, kept


def _take_off(business: Business, wrote: dict[str, Any]) -> list[str]:
    """Take away what the import hung on; names what somebody has made her own since."""
    changed = _take_off_owner(business, wrote)
    if "owner" in wrote:
        gone, _by_model = Owner.objects.filter(business=business, name=wrote["owner"], person=None).delete()
        changed += [] if gone else ["owner"]
    if "phones" in wrote:
        gone, _by_model = BusinessPhone.objects.filter(business=business, phone__in=wrote["phones"]).delete()
        changed += [] if gone == len(wrote["phones"]) else ["phones"]
    for kind, status, number in wrote.get("licences", []):
        gone, _by_model = Licence.objects.filter(
            business=business, kind=kind, status=status, number=number, check_state=Licence.PENDING
        ).delete()
        changed += [] if gone else [kind]
    if "consent" in wrote:
        PublicConsent.objects.filter(business=business, what=wrote["consent"], how="register").delete()
    return changed


def _take_off_owner(business: Business, wrote: dict[str, Any]) -> list[str]:
    """What a matched row added to an owner who was there before; with two owners nobody can tell whose."""
    owners = list(Owner.objects.filter(business=business))
    if not {"nik", "owner_details"} & wrote.keys() or "owner" in wrote:
        return []
    if len(owners) != 1:
        return ["owner"]
    if "nik" in wrote:
        Owner.objects.filter(pk=owners[0].pk).update(nik_sealed=None, nik_hash="")
    details = OwnerDetails.objects.filter(owner=owners[0]).first()
    if details and wrote.get("owner_details"):
        for name in wrote["owner_details"]:
            field: Any = OwnerDetails._meta.get_field(name)
            setattr(details, name, field.get_default())
        details.save()
    return []


def _chunks(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
