"""Kwitansi: a payment gets its number in the seller's book of the year, once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import Shop
from etoko.payments.models import Payment, Receipt
from etoko.payments.operations.recording import UnableToRecord


@transaction.atomic
def issue_receipt(*, payment: Payment, at: datetime) -> Receipt:
    """The kwitansi of this payment; the second time the one there is. Numbers have no gaps.

    Raises UnableToRecord for money that went back or was taken back.
    """
    # The shop's row is the pen: two receipts of one shop at once wait for each other.
    Shop.objects.select_for_update(of=("self",)).get(pk=payment.shop_id)
    if known := Receipt.objects.filter(payment=payment).first():
        return known
    is_standing = not Payment.objects.filter(reverses=payment).exists()
    if payment.kind != Payment.RECEIVED or payment.reverses_id or not is_standing:
        raise UnableToRecord(_("Kwitansi hanya untuk uang yang diterima dan tidak dibatalkan."))
    year = timezone.localdate(at).year
    last = Receipt.objects.filter(shop=payment.shop_id, year=year).aggregate(last=Max("number"))["last"]
    return Receipt.objects.create(
        payment=payment, shop_id=payment.shop_id, year=year, number=(last or 0) + 1, issued_at=at
    )
