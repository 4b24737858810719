"""Gates: the ledger of an order is for the seller's people and for who has the buyer's private link."""

from django.http import Http404

from etoko.catalog.access import Selling, shop_for_seller
from etoko.ordering.access import order_by_link, order_for_seller
from etoko.payments.models import Payment, PaymentProof, Refund, Statement, StatementLine
from etoko.people.models import Person


def payment_for_seller(person: Person, shop_id: str, number: str, pk: int) -> tuple[Selling, Payment]:
    """An entry of that order; of another order it is "not found"."""
    selling, order = order_for_seller(person, shop_id, number)
    payment = Payment.objects.filter(pk=pk, order=order).first()
    if payment is None:
        raise Http404
    payment.order = order
    return selling, payment


def statement_for_seller(person: Person, shop_id: str, statement_id: str) -> tuple[Selling, Statement]:
    selling = shop_for_seller(person, shop_id)
    statement = Statement.objects.filter(public_id=statement_id, shop=selling.shop).first()
    if statement is None:
        raise Http404
    return selling, statement


def line_for_seller(person: Person, shop_id: str, pk: int) -> tuple[Selling, StatementLine]:
    selling = shop_for_seller(person, shop_id)
    line = StatementLine.objects.filter(pk=pk, shop=selling.shop).first()
    if line is None:
        raise Http404
    return selling, line


def proof_for_seller(person: Person, shop_id: str, proof_id: str) -> tuple[Selling, PaymentProof]:
    """A proof that was sent for an order of this shop; of another shop it is "not found"."""
    selling = shop_for_seller(person, shop_id)
    proof = (
        PaymentProof.objects.select_related("order__group__buyer")
        .filter(shop=selling.shop, public_id=proof_id)
        .first()
    )
    if proof is None:
        raise Http404
    proof.order.shop = selling.shop
    return selling, proof


def proof_for_buyer(secret: str, number: str, proof_id: str) -> PaymentProof:
    """A proof of the order that the private link opens."""
    order = order_by_link(secret, number)
    proof = PaymentProof.objects.filter(order=order, public_id=proof_id).first()
    if proof is None:
        raise Http404
    return proof


def payment_by_link(secret: str, number: str, pk: int) -> Payment:
    """For who has the buyer's private link."""
    order = order_by_link(secret, number)
    payment: Payment | None = Payment.objects.filter(pk=pk, order=order).first()
    if payment is None:
        raise Http404
    payment.order = order
    return payment


def refund_of(payment: Payment) -> Refund:
    refund = Refund.objects.filter(payment=payment).first()
    if refund is None:
        raise Http404
    refund.payment = payment
    return refund
