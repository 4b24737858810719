"""The buyer is asked once, when her order is completed."""

from django.utils import translation
from django.utils.translation import gettext as _

from etoko.foundation.addresses import whole_address
from etoko.notices.operations import send_notice
from etoko.ordering.facts import OrderMoved
from etoko.ordering.models import Order
from etoko.ordering.states import COMPLETED
from etoko.reviews.operations.telling import language_of, review_path


def invite_to_review(*, fact: OrderMoved) -> None:
    """Answers OrderMoved."""
    order = (
        Order.objects.select_related("shop", "group__buyer").filter(pk=fact.order_pk, state=COMPLETED).first()
    )
    if order is None:
        return
    path = review_path(order)
    with translation.override(language_of(order)):
        title = _("Bagaimana belanja di %(shop)s?") % {"shop": order.shop.name}
        text = _(
            "Halo %(buyer)s, pesanan %(number)s dari %(shop)s sudah selesai. Beri bintang dan tulis pendapat "
            "Anda, supaya pembeli lain tahu: %(link)s"
        ) % {
            "buyer": order.group.name,
            "number": order.number,
            "shop": order.shop.name,
            "link": whole_address(path),
        }
    send_notice(
        key=f"review-invitation:{order.pk}",
        kind="review_invitation",
        title=title,
        text=text,
        path=path,
        at=fact.at,
        recipient=order.group.buyer,
        phone=order.group.phone,
    )
