"""A complaint that the two did not settle: the officers of the area hear of it, so that it is not lost."""

from django.urls import reverse
from django.utils.translation import gettext as _

from etoko.foundation.addresses import whole_address
from etoko.notices.operations import send_notice
from etoko.ordering.facts import ComplaintEscalated
from etoko.ordering.models import Complaint
from etoko.people.access import people_with
from etoko.people.roles import SUSPEND_SHOPS


def tell_officers_of_complaint(*, fact: ComplaintEscalated) -> None:
    """Once each; they read it through their own gate."""
    complaint = Complaint.objects.select_related("order__shop", "order__group").get(pk=fact.complaint_pk)
    order = complaint.order
    path = reverse("ordering:officer_complaint", args=[order.number])
    words = {"number": order.number, "shop": order.shop.name, "kind": complaint.get_kind_display()}
    for person in people_with(SUSPEND_SHOPS, order.area_code):
        send_notice(
            key=f"complaint:{complaint.pk}:escalated:{person.pk}",
            kind="order_complaint_escalated",
            title=_("Keluhan pesanan %(number)s belum selesai") % words,
            text=_(
                "Keluhan tentang pesanan %(number)s di %(shop)s (%(kind)s) belum selesai antara pembeli dan "
                "penjual. Mohon dibantu: %(link)s"
            )
            % {**words, "link": whole_address(path)},
            at=fact.at,
            recipient=person,
            path=path,
        )
