"""On the agreed day the seller hears that it is time to count."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.consignment.models import Consignment
from etoko.consignment.states import OUT
from etoko.foundation.addresses import whole_address
from etoko.notices.operations import send_notice
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses

AGAIN_AFTER = timedelta(days=3)
NOT_BEFORE_HOUR = 7


def remind_to_settle(*, at: datetime) -> int:
    """Titipan whose day has come, again every three days until they are counted. Returns how many."""
    local = timezone.localtime(at)
    if local.hour < NOT_BEFORE_HOUR:
        return 0
    due = Consignment.objects.filter(state=OUT, remind_on__lte=local.date()).select_related("shop", "place")
    return sum(_remind(consignment, at) for consignment in due.order_by("pk"))


@transaction.atomic
def _remind(consignment: Consignment, at: datetime) -> bool:
    today = timezone.localdate(at)
    claimed = Consignment.objects.filter(pk=consignment.pk, state=OUT, remind_on=consignment.remind_on)
    if not claimed.update(remind_on=today + AGAIN_AFTER):
        return False  # settled, put off, or told by another worker in this very moment
    shop = consignment.shop
    path = reverse("consignment:consignment", args=[shop.public_id, consignment.number])
    recipients: list[Person | None] = [
        *people_of_businesses([shop.business_id], on=today).get(shop.business_id, ())
    ]
    if not recipients and shop.whatsapp:
        recipients = [None]
    for person in recipients:
        with translation.override(person.language if person else "id"):
            words = {
                "place": consignment.place.name,
                "days": (today - timezone.localdate(consignment.brought_at)).days,
                "link": whole_address(path),
            }
            send_notice(
                key=f"settle:{consignment.pk}:{today}:{person.pk if person else 'shop'}",
                kind="settle_consignment",
                title=_("Waktunya menghitung titipan di %(place)s") % words,
                text=_(
                    "Barang di %(place)s sudah dititipkan %(days)s hari. Hitung yang terjual, yang kembali, "
                    "dan yang rusak: %(link)s"
                )
                % words,
                path=path,
                at=at,
                recipient=person,
                phone="" if person else shop.whatsapp,
            )
    return True
