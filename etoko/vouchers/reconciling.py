"""Counting the uses of vouchers anew; `config/reconciling.py` asks every night."""

from django.db.models import Count, F, Q

from etoko.catalog.reconciling import Difference
from etoko.vouchers.models import Voucher


def uses_out_of_step() -> list[Difference]:
    taken = Count("redemptions", filter=Q(redemptions__returned_at=None))
    wrong = Voucher.objects.annotate(taken=taken).exclude(used=F("taken")).order_by("pk")
    return [
        Difference("voucher_used", pk, code, used, really)
        for pk, code, used, really in wrong.values_list("pk", "code", "used", "taken")
    ]
