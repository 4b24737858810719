from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations.recording import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.models import (
    ACTIVE,
    CLOSED,
    Business,
    BusinessPhone,
    BusinessRole,
    DuplicateSuspicion,
    Licence,
    Owner,
)
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.states import REGISTRAR, SUSPICION_FLOW

_UNKNOWN = ("", "unknown", None)
_FILLED = (
    "street", "rt", "rw", "landmark", "kind", "kind_text", "products_text", "profile", "opening_hours",
    "kbli_edition", "kbli_code", "legal_form", "scale_reported", "scale_computed", "workers", "turnover_rp",
    "turnover_band", "capital_rp", "capital_band", "started_year",
)  # fmt: skip


class UnableToDecide(UnableTo):
    pass


@transaction.atomic
def keep_apart(*, suspicion: DuplicateSuspicion, by: Person, at: datetime) -> DuplicateSuspicion:
    """They are two: they are not proposed again."""
    decided = SUSPICION_FLOW.make_move(suspicion, "keep_apart", parties=(REGISTRAR,))
    return _sign(decided, by=by, at=at)


@transaction.atomic
def join(*, suspicion: DuplicateSuspicion, kept: Business, by: Person, at: datetime) -> DuplicateSuspicion:
    """They are one: `kept` takes over what it lacks, the other is closed and stays as a trace.

    Refused while people act for the other one: its shop and orders would hang on a closed business.
    """
    decided = SUSPICION_FLOW.make_move(suspicion, "join", parties=(REGISTRAR,))
    both = {
        business.pk: business
        for business in Business.objects.select_for_update(of=("self",))
        .filter(pk__in=(suspicion.first_id, suspicion.second_id))
        .order_by("pk")
    }
    staying = both.pop(kept.pk)
    leaving = next(iter(both.values()))
    if staying.status != ACTIVE or leaving.status != ACTIVE:
        raise UnableToDecide(_("Salah satu usaha ini sudah ditutup. Muat ulang halaman."))
    if BusinessRole.objects.filter(business=leaving).exists():
        raise UnableToDecide(
            _("“%(name)s” sudah dipakai pemiliknya. Pertahankan usaha itu, dan tutup yang lain.")
            % {"name": leaving.name}
        )
    changes = {}
    for name in _FILLED:
        mine, other = getattr(staying, name), getattr(leaving, name)
        if mine in _UNKNOWN and other not in _UNKNOWN:
            setattr(staying, name, other)
            changes[name] = (mine, other)
    if staying.latitude is None and leaving.latitude is not None:
        staying.latitude, staying.longitude = leaving.latitude, leaving.longitude
        changes["latitude"] = (None, leaving.latitude)
    staying.save()
    _take_over(staying, leaving)
    leaving.status = CLOSED
    leaving.save(update_fields=["status", "updated_at"])
    refresh_directory(business_ids=[staying.pk, leaving.pk])
    record_deed(
        deed="join_businesses", subject=staying, by=by, at=at, area_code=staying.area_id, changes=changes,
        reason=_("Digabung dengan %(name)s (%(id)s)") % {"name": leaving.name, "id": leaving.public_id},
    )  # fmt: skip
    record_deed(
        deed="close_as_duplicate", subject=leaving, by=by, at=at, area_code=leaving.area_id,
        changes={"status": (ACTIVE, CLOSED)},
        reason=_("Sama dengan %(name)s (%(id)s)") % {"name": staying.name, "id": staying.public_id},
    )  # fmt: skip
    return _sign(decided, by=by, at=at)


def _take_over(staying: Business, leaving: Business) -> None:
    phones = set(BusinessPhone.objects.filter(business=staying).values_list("phone", flat=True))
    for phone in BusinessPhone.objects.filter(business=leaving):
        if phone.phone not in phones:
            position = len(phones)
            phones.add(phone.phone)
            BusinessPhone.objects.create(
                business=staying, phone=phone.phone, note=phone.note, position=position
            )
    if not Owner.objects.filter(business=staying).exists():
        for owner in Owner.objects.filter(business=leaving, person=None):
            Owner.objects.create(
                business=staying, name=owner.name, search_name=owner.search_name, gender=owner.gender,
                nik_sealed=owner.nik_sealed, nik_hash=owner.nik_hash,
            )  # fmt: skip
    kinds = set(Licence.objects.filter(business=staying).values_list("kind", flat=True))
    Licence.objects.filter(business=leaving).exclude(kind__in=kinds).update(business=staying)


def _sign(decided: DuplicateSuspicion, *, by: Person, at: datetime) -> DuplicateSuspicion:
    decided.decided_by, decided.decided_at = by, at
    decided.save(update_fields=["decided_by", "decided_at"])
    record_deed(
        deed="decide_duplicate", subject=decided, by=by, at=at,
        changes={"state": ("open", decided.state)},
    )  # fmt: skip
    return decided
