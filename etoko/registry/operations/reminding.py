"""Licences that end: the owner and the kader of the village hear it 90, 30 and 7 days before, each once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day
from etoko.notices.operations import send_notice
from etoko.people.access import roles_in_force
from etoko.people.models import Person
from etoko.people.roles import KADER
from etoko.registry.access import people_of_businesses
from etoko.registry.models import ACTIVE, BusinessPhone, Licence

STAGES = (7, 30, 90)
NOT_BEFORE_HOUR = 7
_MOST_AT_ONCE = 200


def remind_of_expiry(*, at: datetime) -> int:
    """Returns of how many licences somebody was told. Who missed a stage hears only the next one."""
    local = timezone.localtime(at)
    if local.hour < NOT_BEFORE_HOUR:
        return 0
    return sum(
        _remind(licence_id, days, at)
        for days in STAGES
        for licence_id in list(_due(days, at).values_list("pk", flat=True)[:_MOST_AT_ONCE])
    )


def _due(days: int, at: datetime) -> QuerySet[Licence]:
    today = timezone.localdate(at)
    untold = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("expires_on")) | Q(reminded_days__gt=days)
    return Licence.objects.filter(
        untold,
        status="held",
        expires_on__range=(today, today + timedelta(days=days)),
        business__status=ACTIVE,
    ).order_by("pk")


@transaction.atomic
def _remind(licence_id: int, days: int, at: datetime) -> bool:
    licence = Licence.objects.select_for_update(of=("self",)).select_related("business").get(pk=licence_id)
    if not _due(days, at).filter(pk=licence_id).exists():
        return False  # told by another worker in this very moment, or changed
    licence.reminded_for, licence.reminded_days = licence.expires_on, days
    licence.save(update_fields=["reminded_for", "reminded_days"])
    business = licence.business
    owners = people_of_businesses([business.pk], on=timezone.localdate(at)).get(business.pk, [])
    kaders = Person.objects.filter(
        pk__in=roles_in_force().filter(role=KADER, area=business.area_id).values("person"), closed_at=None
    )
    recipients: dict[object, Person | None] = {person.pk: person for person in (*owners, *kaders)}
    phone = ""
    if not owners:
        phone = BusinessPhone.objects.filter(business=business).values_list("phone", flat=True).first() or ""
        recipients |= {"phone": None} if phone else {}
    for key, person in recipients.items():
        _tell(licence, days, key, person=person, phone=phone, at=at)
    return True


def _tell(
    licence: Licence, days: int, key: object, *, person: Person | None, phone: str, at: datetime
) -> None:
    path = reverse("registry:legality", args=[licence.business.public_id])
    expires_on = licence.expires_on
    if expires_on is None:
        return
    with translation.override(person.language if person else "id"):
        left = (expires_on - timezone.localdate(at)).days
        words = {
            "licence": f"{licence.get_kind_display()} {licence.number}".strip(),
            "name": licence.business.name,
            "day": show_day(expires_on),
            "left": ngettext("%(num)s hari lagi", "%(num)s hari lagi", left) % {"num": left},
            "link": whole_address(path),
        }
        send_notice(
            key=f"licence-ends:{licence.pk}:{expires_on}:{days}:{key}",
            kind="licence_ends",
            title=_("Izin %(licence)s habis %(left)s") % words,
            text=_(
                "Izin %(licence)s milik %(name)s berlaku sampai %(day)s, %(left)s. Urus perpanjangannya"
                " sekarang; petugas bisa membantu: %(link)s"
            )
            % words,
            path=path,
            at=at,
            recipient=person,
            phone="" if person else phone,
            area_code=licence.business.area_id,
        )
