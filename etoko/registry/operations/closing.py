from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.effects import announce
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.facts import BusinessClosed
from etoko.registry.models import ACTIVE, CLOSED, Business
from etoko.registry.operations.listing import refresh_directory


class UnableToClose(UnableTo):
    pass


@transaction.atomic
def close_business(
    *, business: Business, reason: str, by: Person, at: datetime, for_name: str = ""
) -> Business:
    """It is not run any more: it leaves the directory at once, its shop closes, and nothing of it is lost."""
    locked = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if locked.status != ACTIVE:
        raise UnableToClose(_("Usaha ini sudah tercatat tutup. Muat ulang halaman."))
    if not reason.strip():
        raise UnableToClose(_("Tulis mengapa usahanya tutup, supaya orang lain mengerti."), field="reason")
    locked.status, locked.closed_on = CLOSED, timezone.localdate(at)
    locked.closed_reason = reason.strip()[:200]
    locked.save(update_fields=["status", "closed_on", "closed_reason", "updated_at"])
    refresh_directory(business_ids=[locked.pk])
    record_deed(
        deed="close_business", subject=locked, by=by, at=at, for_name=for_name, area_code=locked.area_id,
        changes={"status": (ACTIVE, CLOSED)}, reason=locked.closed_reason,
    )  # fmt: skip
    announce(BusinessClosed(locked.pk, at))
    return locked


@transaction.atomic
def reopen_business(*, business: Business, by: Person, at: datetime, for_name: str = "") -> Business:
    """It is run again. What its owner agreed to show is shown again; her shop she opens herself."""
    locked = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if locked.merged_into_id:
        raise UnableToClose(_("Catatan ini digabung dengan yang lain. Urungkan penggabungannya dulu."))
    if locked.status == ACTIVE:
        raise UnableToClose(_("Usaha ini sudah berjalan lagi. Muat ulang halaman."))
    before = locked.closed_reason
    locked.status, locked.closed_on, locked.closed_reason = ACTIVE, None, ""
    locked.save(update_fields=["status", "closed_on", "closed_reason", "updated_at"])
    refresh_directory(business_ids=[locked.pk])
    record_deed(
        deed="reopen_business", subject=locked, by=by, at=at, for_name=for_name, area_code=locked.area_id,
        changes={"status": (CLOSED, ACTIVE), "closed_reason": (before, "")},
    )  # fmt: skip
    return locked
