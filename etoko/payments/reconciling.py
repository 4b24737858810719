"""The money of the orders reckoned anew from the ledger; `config/reconciling.py` asks every night."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, Sum, When
from django.db.models.functions import Coalesce, Least

from etoko.catalog.reconciling import Difference
from etoko.ordering.models import Order
from etoko.ordering.states import CANCELLED, DECLINED
from etoko.payments.models import Payment

_RUPIAH = BigIntegerField()
_FIGURES = ("due", "received", "returned", "paid", "owed")


def ledger_out_of_step() -> list[Difference]:
    """Orders whose balance, whose own `paid_rp`, or whose mark "Lunas" is not what their entries sum to.
    One query, so all is of one moment."""
    return [difference for row in _wrong_rows() for difference in _differences(row)]


def _wrong_rows() -> Iterator[dict[str, Any]]:
    is_paid = Q(due__gt=0, paid=F("due"))
    wrong = (
        ~Q(paid_rp=F("paid"))
        | (Q(payment_state=Order.PAID) & Q(paid__lt=F("due")))
        | (~Q(payment_state=Order.PAID) & is_paid)
    )
    for figure in _FIGURES:
        wrong |= ~Q(**{f"written_{figure}": F(figure)})
    # An order that nothing came for has no balance; one that something came for must have one.
    written = {
        f"written_{figure}": Coalesce(
            f"balance__{figure}_rp", F("due") if figure == "due" else 0, output_field=_RUPIAH
        )
        for figure in _FIGURES
    }
    rows: Iterator[dict[str, Any]] = (
        Order.objects.order_by("pk")
        .values("pk", "number", "paid_rp", "payment_state", *(f"balance__{figure}_rp" for figure in _FIGURES))
        .annotate(
            due=Case(
                When(state__in=(CANCELLED, DECLINED), then=0),
                default=F("total_rp"),
                output_field=_RUPIAH,
            ),
            received=_sum(Payment.RECEIVED),
            returned=_sum(Payment.RETURNED) * -1,
        )
        .annotate(paid=Least(F("received") - F("returned"), F("due"), output_field=_RUPIAH))
        .annotate(owed=F("received") - F("returned") - F("paid"))
        .annotate(**written)
        .filter(wrong)
        .iterator()
    )
    return rows


def _sum(kind: str) -> Coalesce:
    return Coalesce(Sum("payments__amount_rp", filter=Q(payments__kind=kind)), 0, output_field=_RUPIAH)


def _differences(row: dict[str, Any]) -> Iterator[Difference]:
    def differs(what: str, stands: int, reckoned: int) -> Iterator[Difference]:
        if stands != reckoned:
            yield Difference(what, row["pk"], row["number"] or "", stands, reckoned)

    for figure in _FIGURES:
        yield from differs(f"money_{figure}", row[f"written_{figure}"], row[figure])
    yield from differs("paid_of_order", row["paid_rp"], row["paid"])
    is_marked, is_paid = row["payment_state"] == Order.PAID, row["paid"] >= row["due"]
    if is_marked != is_paid and row["due"]:
        yield from differs("marked_paid", int(is_marked), int(is_paid))
