"""A link is over before the order is: whoever holds it has a new one sent to the phone it was sent to."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.answering.access import EXPIRED, Opened
from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.notices.models import Notice
from etoko.ordering.models import Order
from etoko.ordering.operations.telling import NEW_LINK, about_seller, tell_of_new_link
from etoko.ordering.states import COMPLETED, OPEN_STATES

MOST_LINKS, WITHIN = 3, timedelta(hours=24)
"""So many new links go to one phone for one order: nobody is pestered by an old link that went astray."""
ON_ITS_WAY = timedelta(minutes=10)
"""So long after one was sent, asking again sends none."""


class UnableToRenew(UnableTo):
    pass


@transaction.atomic
def renew_link(*, opened: Opened, at: datetime) -> Notice:
    """Send a new link for looking to the phone of this one; the page of the old one shows nothing of it.

    Raises UnableToRenew; then nothing was sent.
    """
    # The order's row: of several that ask at once each sees what the others had sent.
    order = Order.objects.select_for_update(of=("self",)).get(pk=opened.order.pk)
    if not may_renew(opened):
        raise UnableToRenew(_("Untuk pesanan ini tidak ada tautan baru. Masuk dengan nomor HP Anda."))
    sent = Notice.objects.filter(
        kind=f"order_{NEW_LINK}",
        about=about_seller(order.number or ""),
        phone=opened.phone,
        created_at__gt=at - WITHIN,
    )
    newest = sent.order_by("-created_at").first()
    if newest and newest.created_at > at - ON_ITS_WAY:
        return newest
    if sent.count() >= MOST_LINKS:
        raise UnableToRenew(
            _(
                "Tautan baru sudah dikirim %(number)s kali hari ini. Cari pesan yang paling baru di WhatsApp "
                "Anda, atau masuk dengan nomor HP Anda."
            )
            % {"number": MOST_LINKS}
        )
    notice = tell_of_new_link(order=opened.order, person=opened.person, at=at)
    record_deed(
        deed="renew_link",
        subject=order,
        by=opened.person,
        at=at,
        changes={},
        for_name="" if opened.person else opened.name,
        area_code=order.area_code,
    )
    return notice


def may_renew(opened: Opened) -> bool:
    """Only where the link was hers and merely too old, and something about the order is still to be done."""
    is_unpaid = opened.order.state == COMPLETED and opened.order.payment_state != Order.PAID
    return opened.standing == EXPIRED and (opened.order.state in OPEN_STATES or is_unpaid)
