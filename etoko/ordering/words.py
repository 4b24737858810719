"""What the other party is told about an order: a title for the inbox and the whole text for WhatsApp."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.foundation.days import show_moment
from etoko.foundation.money import show_rupiah
from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.states import ORDER_FLOW
from etoko.ordering.words_after import EVENTS, TO_BUYER, TO_SELLER


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    text: str


def to_buyer(deed: str, order: Order, *, link: str, reason: str = "", goods: str = "") -> Message:
    """`deed` is the move that was just made, "pay" when the seller has the money, or one of `words_after`.

    `link` is the whole address of her private page; `goods` are lines that changed, one a line.
    """
    words = _words(order, reason)
    title, sentence = _said_to_buyer(
        deed, pays_first=order.pay_by_at is not None, is_waited_for=order.collect_by_at is not None
    )
    parts = [_("Halo %(buyer)s,") % words, sentence % words]
    if reason:
        parts[-1] += " " + _("Alasannya: %(reason)s") % words
    if goods:
        parts.append(goods)
    return Message(title % words, "\n\n".join([*parts, _("Lihat pesanan Anda: %(link)s") % {"link": link}]))


def to_buyer_of_group(group: OrderGroup, orders: Iterable[Order], *, link: str) -> Message:
    """Right after ordering: each order with its sum, and the link to all of them."""
    rows = [
        _("%(number)s di %(shop)s: %(total)s")
        % {"number": order.number, "shop": order.shop.name, "total": show_rupiah(order.total_rp)}
        for order in orders
    ]
    return Message(
        _("Pesanan Anda sudah terkirim ke penjual"),
        "\n\n".join(
            [
                _("Halo %(buyer)s,") % {"buyer": group.name},
                _("pesanan Anda sudah terkirim. Penjual akan menjawab dalam 24 jam."),
                "\n".join(rows),
                _("Lihat pesanan Anda: %(link)s") % {"link": link},
            ]
        ),
    )


def _said_to_buyer(deed: str, *, pays_first: bool, is_waited_for: bool) -> tuple[str, str]:
    if after := TO_BUYER.get(deed):
        return str(after[0]), str(after[1])
    return {
        "accept": (
            _("Pesanan %(number)s diterima %(shop)s"),
            _("%(shop)s menerima pesanan Anda %(number)s (%(total)s).")
            + " "
            + (
                _("Bayar sebelum %(pay_by)s, supaya pesanan tidak batal.")
                if pays_first
                else _("Pesanan sedang disiapkan.")
            ),
        ),
        "cancel_unpaid": (
            _("Pesanan %(number)s batal karena belum dibayar"),
            _(
                "pembayaran pesanan Anda %(number)s dari %(shop)s belum ada sampai batas waktunya, jadi "
                "pesanan itu dibatalkan. Sudah terlanjur membayar? Hubungi penjual."
            ),
        ),
        "leave_uncollected": (
            _("Pesanan %(number)s dibatalkan karena tidak diambil"),
            _("pesanan Anda %(number)s dari %(shop)s tidak diambil, jadi dibatalkan."),
        ),
        "remind_payment": (
            _("Pesanan %(number)s menunggu pembayaran"),
            _(
                "pesanan Anda %(number)s dari %(shop)s (%(total)s) menunggu pembayaran sampai %(pay_by)s. "
                "Lewat itu pesanan batal sendiri. Sudah membayar? Tekan “Saya sudah bayar”."
            ),
        ),
        "remind_pickup": (
            _("Pesanan %(number)s menunggu diambil"),
            _("pesanan Anda %(number)s di %(shop)s sudah siap. Ambil sebelum %(collect_by)s, ya."),
        ),
        "uncollected": (
            _("Pesanan %(number)s belum diambil"),
            _(
                "pesanan Anda %(number)s di %(shop)s belum diambil sampai batas waktunya. Ambil sekarang "
                "atau kabari penjual; kalau tidak, penjual boleh membatalkannya."
            ),
        ),
        "decline": (
            _("Pesanan %(number)s tidak bisa dipenuhi"),
            _("maaf, %(shop)s tidak bisa memenuhi pesanan Anda %(number)s."),
        ),
        "expire": (
            _("Pesanan %(number)s lewat batas waktu"),
            _(
                "maaf, %(shop)s belum menjawab pesanan Anda %(number)s sampai batas waktunya, jadi pesanan "
                "itu dibatalkan. Tidak ada yang perlu dibayar."
            ),
        ),
        "make_ready": (
            _("Pesanan %(number)s siap diambil"),
            _("pesanan Anda %(number)s (%(total)s) dari %(shop)s sudah siap diambil.")
            + (" " + _("Ambil sebelum %(collect_by)s, ya.") if is_waited_for else ""),
        ),
        "ship": (
            _("Pesanan %(number)s sedang dikirim"),
            _("pesanan Anda %(number)s (%(total)s) dari %(shop)s sedang dikirim."),
        ),
        "hand_over": (
            _("Pesanan %(number)s sudah diserahkan"),
            _("pesanan Anda %(number)s dari %(shop)s sudah diserahkan. Terima kasih sudah berbelanja."),
        ),
        "arrive": (
            _("Pesanan %(number)s sudah sampai"),
            _("pesanan Anda %(number)s dari %(shop)s sudah sampai. Terima kasih sudah berbelanja."),
        ),
        "complete": (
            _("Pesanan %(number)s selesai"),
            _("pesanan Anda %(number)s dari %(shop)s selesai. Terima kasih sudah berbelanja."),
        ),
        "call_off": (
            _("Pesanan %(number)s dibatalkan penjual"),
            _("maaf, %(shop)s membatalkan pesanan Anda %(number)s."),
        ),
        "take_back": (
            _("Penjual mengurungkan langkahnya di pesanan %(number)s"),
            _(
                "%(shop)s mengurungkan langkah terakhirnya karena keliru. Pesanan Anda %(number)s sekarang: "
                "%(state)s."
            ),
        ),
        "pay": (
            _("Pembayaran pesanan %(number)s diterima"),
            _("%(shop)s sudah menerima pembayaran %(total)s untuk pesanan Anda %(number)s."),
        ),
        "pay_part": (
            _("Uang untuk pesanan %(number)s diterima"),
            _("%(shop)s sudah menerima %(paid)s dari %(total)s untuk pesanan Anda %(number)s."),
        ),
    }[deed]


def to_seller(deed: str, order: Order, *, link: str, reason: str = "", goods: str = "") -> Message:
    """`link` opens the order for this seller without a session; `goods` are its lines, one a line."""
    words = _words(order, reason)
    title, sentence = _said_to_seller(deed)
    parts = [_("Halo %(shop)s,") % words, sentence % words]
    if reason:
        parts[-1] += " " + _("Alasannya: %(reason)s") % words
    if goods:
        parts.append(goods)
    parts.append(_("Buka di sini, tanpa kata sandi. Tautan ini untuk Anda saja: %(link)s") % {"link": link})
    return Message(title % words, "\n\n".join(parts))


def _said_to_seller(deed: str) -> tuple[str, str]:
    if after := TO_SELLER.get(deed):
        return str(after[0]), str(after[1])
    return {
        "place": (
            _("Pesanan baru %(number)s"),
            _("ada pesanan baru %(number)s dari %(buyer)s, %(total)s. Jawab sebelum %(answer_by)s, ya."),
        ),
        "cancel": (
            _("Pesanan %(number)s dibatalkan pembeli"),
            _("%(buyer)s membatalkan pesanan %(number)s. Barangnya bisa dijual lagi."),
        ),
        "expire": (
            _("Pesanan %(number)s lewat batas waktu"),
            _("pesanan %(number)s dari %(buyer)s belum dijawab sampai batas waktunya, jadi dibatalkan."),
        ),
        "cancel_unpaid": (
            _("Pesanan %(number)s batal karena belum dibayar"),
            _(
                "%(buyer)s belum membayar pesanan %(number)s sampai batas waktunya, jadi pesanan itu "
                "dibatalkan. Barangnya bisa dijual lagi."
            ),
        ),
        "remind_answer": (
            _("Pesanan %(number)s menunggu jawaban Anda"),
            _(
                "pesanan %(number)s dari %(buyer)s (%(total)s) belum dijawab. Jawab sebelum %(answer_by)s; "
                "lewat itu pesanan batal sendiri."
            ),
        ),
        "uncollected": (
            _("Pesanan %(number)s belum diambil"),
            _(
                "pesanan %(number)s belum diambil %(buyer)s sampai batas waktunya. Hubungi pembeli, atau "
                "tekan “Tidak diambil” supaya barangnya bisa dijual lagi."
            ),
        ),
        "confirm_received": (
            _("Pesanan %(number)s sudah diterima pembeli"),
            _("%(buyer)s sudah menerima pesanan %(number)s. Terima kasih."),
        ),
        "report_payment": (
            _("Pembeli %(number)s melapor sudah membayar"),
            _(
                "%(buyer)s melapor sudah membayar %(total)s untuk pesanan %(number)s. Periksa dulu uangnya "
                "di rekening atau aplikasi bank Anda, baru tandai Lunas."
            ),
        ),
    }[deed]


def from_buyer(order: Order, *, link: str, goods: str) -> str:
    """What the buyer herself sends to the seller after ordering; `link` is the seller's page."""
    words = _words(order, "")
    parts = [
        _("Halo %(shop)s, saya %(buyer)s. Saya baru memesan lewat e-Toko PKK:") % words,
        goods,
        _("Nomor pesanan %(number)s, jumlah %(total)s.") % words,
        _("Untuk penjual: %(link)s") % {"link": link},
    ]
    return "\n\n".join(parts)


def question_from_buyer(order: Order) -> str:
    return _("Halo %(shop)s, saya %(buyer)s. Saya mau bertanya tentang pesanan %(number)s.") % _words(
        order, ""
    )


def question_from_seller(order: Order, *, link: str) -> str:
    return (
        _("Halo %(buyer)s, saya dari %(shop)s, tentang pesanan Anda %(number)s.") % _words(order, "")
        + f"\n\n{link}"
    )


def from_officer(order: Order, *, name: str) -> str:
    """To either of the two whom the officer wants to hear about their complaint."""
    return _(
        "Halo %(name)s, saya petugas kecamatan. Saya ingin membantu tentang keluhan pesanan %(number)s."
    ) % {"name": name, "number": order.number}


_TOLD_TO_BUYER = (
    "accept decline expire cancel_unpaid make_ready ship hand_over arrive complete call_off "
    "leave_uncollected pay"
).split()


def is_told_to_buyer(deed: str) -> bool:
    return deed in _TOLD_TO_BUYER


_EVENTS: dict[str, Promise] = {
    **EVENTS,
    "place": gettext_lazy("Pesanan dibuat"),
    "accept": gettext_lazy("Diterima penjual"),
    "decline": gettext_lazy("Ditolak penjual"),
    "expire": gettext_lazy("Lewat batas waktu, dibatalkan"),
    "cancel_unpaid": gettext_lazy("Belum dibayar sampai batas waktu, dibatalkan"),
    "leave_uncollected": gettext_lazy("Tidak diambil, dibatalkan penjual"),
    "make_ready": gettext_lazy("Siap diambil"),
    "ship": gettext_lazy("Dikirim"),
    "hand_over": gettext_lazy("Diserahkan"),
    "arrive": gettext_lazy("Sampai"),
    "confirm_received": gettext_lazy("Diterima pembeli"),
    "complete": gettext_lazy("Selesai"),
    "cancel": gettext_lazy("Dibatalkan pembeli"),
    "call_off": gettext_lazy("Dibatalkan penjual"),
    "give_all_back": gettext_lazy("Semua barang kembali"),
    "report_payment": gettext_lazy("Pembeli melapor sudah membayar"),
    "pay": gettext_lazy("Lunas"),
    "pay_part": gettext_lazy("Uang diterima"),
    "correct_payment": gettext_lazy("Catatan pembayaran dibatalkan"),
    "refuse_report": gettext_lazy("Penjual: uangnya belum masuk"),
    "pay_back": gettext_lazy("Uang dikembalikan"),
}


def event_title(deed: str) -> str:
    if undone := ORDER_FLOW.moves[deed].takes_back if deed in ORDER_FLOW.moves else "":
        return _("Diurungkan: %(step)s") % {"step": _EVENTS[undone]}
    return str(_EVENTS[deed])


def _words(order: Order, reason: str) -> Mapping[str, str]:
    return {
        "number": order.number or "",
        "shop": order.shop.name,
        "buyer": order.group.name,
        "total": show_rupiah(order.total_rp),
        "paid": show_rupiah(order.paid_rp),
        "reason": reason,
        "state": str(ORDER_FLOW.states[order.state]),
        "answer_by": show_moment(order.answer_by_at),
        "pay_by": show_moment(order.pay_by_at) if order.pay_by_at else "",
        "collect_by": show_moment(order.collect_by_at) if order.collect_by_at else "",
    }
