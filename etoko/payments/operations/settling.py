"""After each entry, and whenever an order changes: what is paid, and what is owed back. Reckoned anew from
the whole ledger of the order, never from what stood there before."""

from datetime import datetime

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from etoko.foundation.money import show_rupiah
from etoko.foundation.problems import UnableTo
from etoko.ordering.facts import OrderMoved, OrderTotalChanged
from etoko.ordering.models import Order
from etoko.ordering.operations import keep_paid
from etoko.payments.models import Balance, Instalment, Payment
from etoko.payments.operations.telling import tell_buyer, tell_seller


class UnableToSettle(UnableTo):
    """More would have gone back than ever came."""


def lock_order(order: Order) -> Order:
    """The row of the order, locked until the deed is over, with shop and group of the one we were given."""
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    locked.shop, locked.group = order.shop, order.group
    return locked


def settle(order: Order, *, at: datetime, because: Payment | None = None) -> Order:
    """`order` is locked. `because` is the entry that was just written; without one the order changed."""
    sums = Payment.objects.filter(order=order).aggregate(
        received=Sum("amount_rp", filter=Q(kind=Payment.RECEIVED)),
        returned=Sum("amount_rp", filter=Q(kind=Payment.RETURNED)),
    )
    received_rp, returned_rp = sums["received"] or 0, -(sums["returned"] or 0)
    kept_rp = received_rp - returned_rp
    if kept_rp < 0:
        raise UnableToSettle(
            _("Sebagian uang ini sudah dikembalikan ke pembeli. Batalkan dulu catatan pengembaliannya.")
        )
    due_rp = order.due_rp
    paid_rp = min(kept_rp, due_rp)
    owed_rp = kept_rp - paid_rp
    before = Balance.objects.filter(order=order).values_list("owed_rp", "owed_since_at").first()
    Balance.objects.update_or_create(
        order=order,
        defaults={
            "shop_id": order.shop_id,
            "due_rp": due_rp,
            "received_rp": received_rp,
            "returned_rp": returned_rp,
            "paid_rp": paid_rp,
            "owed_rp": owed_rp,
            "owed_since_at": (before[1] if before and before[0] else at) if owed_rp else None,
        },
    )
    settled = keep_paid(
        order=order,
        paid_rp=paid_rp,
        at=at,
        deed=_deed(because, paid_rp, due_rp) if because else "",
        by=because.recorded_by if because else None,
        by_name=because.recorded_name if because else "",
        for_name=because.for_name if because else "",
        reason=because.reason if because else "",
    )
    if owed_rp and not (before and before[0]):
        occasion, owed = f"{at:%Y%m%d%H%M%S%f}", show_rupiah(owed_rp)
        tell_buyer(order=order, what="money_owed", at=at, occasion=occasion, sum=owed)
        tell_seller(order=order, what="money_owed", at=at, occasion=occasion, sum=owed)
    return settled


def follow_move(*, fact: OrderMoved) -> None:
    _follow(fact.order_pk, fact.at)


def follow_total(*, fact: OrderTotalChanged) -> None:
    _follow(fact.order_pk, fact.at)
    _fit_instalments(fact.order_pk, fact.after_rp)


def _follow(order_pk: int, at: datetime) -> None:
    order = (
        Order.objects.select_for_update(of=("self",)).select_related("group__buyer", "shop").get(pk=order_pk)
    )
    if (
        not order.total_rp
        or order.payment_state == Order.PAID
        or Balance.objects.filter(order=order).exists()
    ):
        settle(order, at=at)


def _fit_instalments(order_pk: int, due_rp: int) -> None:
    """The last parts carry what the order costs more or less."""
    rows = list(Instalment.objects.filter(order=order_pk).order_by("-number"))
    more_rp = due_rp - sum(row.amount_rp for row in rows)
    for row in rows:
        if not more_rp:
            return
        fitted_rp = max(0, row.amount_rp + more_rp)
        more_rp -= fitted_rp - row.amount_rp
        if fitted_rp:
            row.amount_rp = fitted_rp
            row.save(update_fields=["amount_rp"])
        else:
            row.delete()


def _deed(entry: Payment, paid_rp: int, due_rp: int) -> str:
    if entry.reverses_id:
        return "correct_payment"
    if entry.kind == Payment.RETURNED:
        return "pay_back"
    return "pay" if paid_rp == due_rp > 0 else "pay_part"
