from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.models import UNKNOWN, Business, BusinessPhone, BusinessRole, Licence, Owner
from etoko.registry.names import owner_search_name
from etoko.registry.operations.consenting import set_consents

_DAY = timedelta(days=1)


class UnableToHandOver(UnableTo):
    pass


@transaction.atomic
def hand_over_business(
    *,
    business: Business,
    owner_id: int,
    name: str,
    gender: str = UNKNOWN,
    phone: str = "",
    reason: str,
    by: Person,
    at: datetime,
) -> Owner:
    """One owner gives way to another. The former stays in the record with the day; her right to act ends.

    What she agreed to show was hers to say, so it ends with her: the new owner is asked. A NIB belongs to its
    holder: it is to be checked anew. `phone` is canonical; a new one becomes the first.
    """
    locked = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    former = Owner.objects.select_for_update(of=("self",)).filter(pk=owner_id, business=locked).first()
    if former is None:
        raise UnableToHandOver(_("Pilih pemilik yang digantikan."), field="owner")
    if owner_search_name(name) == former.search_name:
        raise UnableToHandOver(
            _("Nama itu sama dengan pemilik sekarang. Untuk membetulkan ejaan, ubah bagian pemilik."),
            field="name",
        )
    today = timezone.localdate(at)
    former.until_on = today
    former.save(update_fields=["until_on"])
    new = Owner.objects.create(
        business=locked, name=name, search_name=owner_search_name(name), gender=gender, since_on=today
    )
    if former.person_id:
        # A day that has begun is hers to its end nowhere: who gives a business away acts for it no more.
        roles = BusinessRole.objects.filter(business=locked, person_id=former.person_id, ends_on__isnull=True)
        roles.filter(starts_on__lt=today).update(ends_on=today - _DAY)
        roles.filter(starts_on__gte=today).delete()
    if phone:
        locked.phones.filter(phone=phone).delete()
        for position, one in enumerate(locked.phones.all(), 1):
            BusinessPhone.objects.filter(pk=one.pk).update(position=position)
        BusinessPhone.objects.create(business=locked, phone=phone, position=0)
    locked.licences.filter(kind="nib").update(check_state=Licence.PENDING, checked_by=None, checked_at=None)
    set_consents(business=locked, shown=[], how="hand_over", by=by, at=at)
    record_deed(
        deed="hand_over_business", subject=locked, by=by, at=at, area_code=locked.area_id,
        changes={"owner": (former.name, name), "phone": ("", phone)}, reason=reason.strip()[:300],
    )  # fmt: skip
    return new
