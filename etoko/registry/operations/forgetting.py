"""An owner takes back what she gave: first what everybody sees, at the end also what the office keeps. And a
file that was read is forgotten when nobody needs it any more."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from etoko.audit.operations import record_deed
from etoko.people.models import Person
from etoko.registry.models import (
    UNKNOWN,
    Business,
    BusinessRole,
    ImportBatch,
    ImportRow,
    Owner,
    OwnerDetails,
)
from etoko.registry.operations.consenting import BY_SELF, set_consents
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.operations.undoing_imports import UNDONE_WITHIN
from etoko.registry.states import PREVIEWED

NO_NAME = "Tanpa nama"
_AT_ONCE = 500


def hide_business(*, business: Business, by: Person, at: datetime) -> None:
    """Nothing of it is public from this moment on."""
    set_consents(business=business, shown=(), how=BY_SELF, by=by, at=at)


@transaction.atomic
def leave_businesses(*, person: Person, forget_owner: bool, at: datetime) -> None:
    """She acts for no business any more. With `forget_owner` the register also forgets her: the business
    stays counted, without her name, number and NIK."""
    today = timezone.localdate(at)
    owners = Owner.objects.filter(person=person)
    hers = Business.objects.filter(pk__in=owners.values("business")).order_by("pk")
    businesses = list(hers.select_for_update())
    BusinessRole.objects.filter(person=person, ends_on__isnull=True).update(ends_on=today)
    if forget_owner:
        for business in businesses:
            business.phones.filter(phone=person.phone).delete()
        OwnerDetails.objects.filter(owner__in=owners).delete()
        owners.update(name=NO_NAME, search_name="", gender=UNKNOWN, nik_sealed=None, nik_hash="", person=None)
        refresh_directory(business_ids=[business.pk for business in businesses])
        for business in businesses:
            record_deed(deed="forget_owner", subject=business, by=person, at=at, area_code=business.area_id)
    else:
        owners.update(person=None)


def forget_import_rows(*, at: datetime) -> int:
    """A year after a file went in, what it said is forgotten; that it came, with how many rows of which
    outcome, stays. A file that was only looked at goes wholly. Returns how many rows.

    UU 27/2022: no longer than needed. What a second import of the same file is known by is no personal data.
    """
    limit = at - UNDONE_WITHIN
    ImportBatch.objects.filter(state=PREVIEWED, uploaded_at__lt=limit).delete()
    rows = ImportRow.objects.filter(batch__committed_at__lt=limit).exclude(raw=[], wrote={}, differences=[])
    old = list(rows.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    return ImportRow.objects.filter(pk__in=old).update(raw=[], wrote={}, differences=[])
