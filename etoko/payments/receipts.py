"""The kwitansi as a paper."""

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.days import show_day
from etoko.foundation.money import show_rupiah
from etoko.foundation.number_words import rupiah_in_words
from etoko.foundation.papers import render_paper
from etoko.ordering.models import Order
from etoko.payments.models import Receipt


def receipt_paper(receipt: Receipt, order: Order) -> bytes:
    """`order` comes with its group and its shop's area. The sum in words is Indonesian in any language."""
    payment, issued_on = receipt.payment, timezone.localdate(receipt.issued_at)
    place = order.shop.area.name
    return render_paper(
        "payments/papers/kwitansi.typ",
        {
            "title": _("Kwitansi"),
            "number": str(receipt),
            "day": show_day(issued_on),
            "shop": order.shop.name,
            "shop_lines": [_("Desa %(village)s") % {"village": place}, order.shop.whatsapp],
            "buyer": order.group.name,
            "sum": show_rupiah(payment.amount_rp),
            "sum_in_words": rupiah_in_words(payment.amount_rp),
            "what": _("Pembayaran pesanan %(number)s") % {"number": order.number},
            "how": f"{payment.get_method_display()}, {show_day(payment.received_on)}",
            "place": f"{place}, {show_day(issued_on)}",
            "foot": _("Dibuat di e-Toko PKK. Uang diterima langsung oleh penjual."),
            "words": {
                "from": _("Sudah terima dari"),
                "sum_in_words": _("Uang sejumlah"),
                "for_": _("Untuk pembayaran"),
                "how": _("Lewat"),
            },
        },
    )
