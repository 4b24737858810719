"""What buyer and seller are told about money: a title for the inbox and the whole text for WhatsApp."""

from django.utils.translation import gettext as _

from etoko.foundation.days import show_day
from etoko.foundation.money import show_rupiah
from etoko.foundation.number_words import rupiah_in_words
from etoko.ordering.models import Order
from etoko.payments.models import Receipt


def to_buyer(what: str, order: Order, *, link: str, **facts: str) -> tuple[str, str]:
    title, sentence = {
        "money_owed": (
            _("Uang dari pesanan %(number)s akan dikembalikan"),
            _("%(shop)s masih harus mengembalikan %(sum)s kepada Anda dari pesanan %(number)s."),
        ),
        "money_returned": (
            _("Uang pesanan %(number)s dikembalikan"),
            _(
                "%(shop)s mencatat sudah mengembalikan %(sum)s dari pesanan %(number)s. Periksa dulu; kalau "
                "belum Anda terima, tekan “Belum saya terima” di halaman ini."
            ),
        ),
        "terms_agreed": (
            _("Cara bayar pesanan %(number)s"),
            _("pesanan %(number)s dari %(shop)s dibayar begini:\n%(sum)s"),
        ),
        "instalment_soon": (
            _("Pesanan %(number)s: pembayaran jatuh tempo %(day)s"),
            _("pembayaran %(sum)s untuk pesanan %(number)s dari %(shop)s jatuh tempo %(day)s."),
        ),
        "instalment_late": (
            _("Pesanan %(number)s: pembayaran lewat jatuh tempo"),
            _(
                "pembayaran %(sum)s untuk pesanan %(number)s dari %(shop)s jatuh tempo %(day)s dan belum "
                "tercatat. Sudah membayar? Kabari penjual."
            ),
        ),
    }[what]
    return _message((_("Halo %(buyer)s,"), title, sentence), order, link, facts)


def to_seller(what: str, order: Order, *, link: str, **facts: str) -> tuple[str, str]:
    title, sentence = {
        "money_owed": (
            _("Kembalikan uang pesanan %(number)s"),
            _("%(sum)s dari pesanan %(number)s harus dikembalikan kepada %(buyer)s. Catat kalau sudah."),
        ),
        "money_missing": (
            _("Pembeli %(number)s belum menerima uangnya"),
            _("%(buyer)s bilang belum menerima %(sum)s yang Anda kembalikan dari pesanan %(number)s."),
        ),
        "instalment_late": (
            _("Pesanan %(number)s: pembayaran lewat jatuh tempo"),
            _("%(buyer)s belum membayar %(sum)s untuk pesanan %(number)s, jatuh tempo %(day)s."),
        ),
    }[what]
    return _message((_("Halo %(shop)s,"), title, sentence), order, link, facts)


def receipt_text(receipt: Receipt, order: Order) -> str:
    """The kwitansi as a message."""
    payment = receipt.payment
    return "\n".join(
        [
            _("*KWITANSI %(number)s*") % {"number": str(receipt)},
            _("Dari: %(buyer)s") % {"buyer": order.group.name},
            _("Untuk: pesanan %(number)s") % {"number": order.number},
            _("Jumlah: %(sum)s") % {"sum": show_rupiah(payment.amount_rp)},
            f"({rupiah_in_words(payment.amount_rp)})",
            f"{payment.get_method_display()}, {show_day(payment.received_on)}",
            order.shop.name,
        ]
    )


def _message(words: tuple[str, str, str], order: Order, link: str, facts: dict[str, str]) -> tuple[str, str]:
    greeting, title, sentence = words
    said = {"number": order.number, "shop": order.shop.name, "buyer": order.group.name, **facts}
    parts = [greeting % said, sentence % said, _("Lihat uangnya: %(link)s") % {"link": link}]
    return title % said, "\n\n".join(parts)
