"""Papers of an order, from the rows of its page: nota, label, packing list; as PDF, as text for WhatsApp."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day, show_moment
from etoko.foundation.money import show_rupiah
from etoko.foundation.papers import render_paper
from etoko.foundation.phones import show_phone
from etoko.foundation.qrdrawings import qr_svg
from etoko.ordering.models import Order
from etoko.ordering.operations.telling import buyer_path, seller_path
from etoko.ordering.queries.rows import LineRow, OrderPage


def nota_pdf(order: Order, page: OrderPage) -> bytes:
    """The receipt of the goods. Its QR opens the buyer's own page: whoever has the paper bought them."""
    return render_paper(
        "ordering/papers/nota.typ",
        {
            "title": _("Nota %(number)s") % {"number": order.number},
            "name": _("Nota"),
            "shop": order.shop.name,
            "shop_lines": _of_shop(order, page),
            "number": order.number,
            "day": show_day(timezone.localdate(order.placed_at)),
            "pairs": [
                [_("Pembeli"), page.receiver],
                [_("Cara barang sampai"), page.row.delivery],
                [_("Cara bayar"), page.row.payment],
            ],
            "heads": [_("Barang"), _("Banyak"), _("Harga"), _("Jumlah")],
            "rows": [
                [
                    _name(line),
                    f"{line.quantity} {line.unit}",
                    show_rupiah(line.price_rp),
                    show_rupiah(line.line_rp),
                ]
                for line in page.lines
                if line.quantity
            ],
            "sums": _sums(page),
            "paid": page.payment.state_label,
            "note": page.row.note,
            "qr": qr_svg(whole_address(buyer_path(order)), title=order.number or ""),
            "qr_said": _("Kode QR ke halaman pesanan"),
            "foot": _("Dibuat lewat e-Toko PKK"),
        },
    )


def labels_pdf(orders: Sequence[tuple[Order, OrderPage]], *, sheet: bool) -> bytes:
    """A6 labels, each on its own or four on an A4 sheet. The QR opens the order on the seller's side, where
    it is handed over; it asks her to sign in, because a label passes through many hands."""
    return render_paper(
        "ordering/papers/label.typ",
        {
            "title": _("Label"),
            "sheet": sheet,
            "labels": [_label(order, page) for order, page in orders],
        },
    )


def packing_pdf(shop_name: str, pages: Sequence[OrderPage], *, at: datetime) -> bytes:
    return render_paper(
        "ordering/papers/packing.typ",
        {
            "title": _("Daftar kemas"),
            "name": _("Daftar kemas"),
            "shop": shop_name,
            "day": show_moment(at),
            "orders": [
                {
                    "number": page.row.number,
                    "money": _money(page),
                    "who": f"{page.receiver} · {show_phone(page.phone)}",
                    "delivery": ": ".join(part for part in (page.row.delivery, page.address) if part),
                    "goods": [
                        [f"{line.quantity} {line.unit}", _name(line)] for line in page.lines if line.quantity
                    ],
                    "note": page.row.note,
                }
                for page in pages
            ],
        },
    )


def nota_text(order: Order, page: OrderPage) -> str:
    """The same receipt for WhatsApp."""
    rows = [
        f"{line.quantity} {line.unit} {_name(line)}: {show_rupiah(line.line_rp)}"
        for line in page.lines
        if line.quantity
    ]
    sums = [f"{word}: {amount}" for word, amount in _sums(page)]
    return "\n\n".join(
        [
            _("*Nota %(number)s*, %(shop)s") % {"number": order.number, "shop": order.shop.name},
            "\n".join(rows),
            "\n".join([*sums, page.payment.state_label]),
            whole_address(buyer_path(order)),
        ]
    )


def label_text(order: Order, page: OrderPage) -> str:
    """For the courier: who, where, what to collect; no link that opens anything."""
    parts = [
        _("*Paket %(number)s* dari %(shop)s") % {"number": order.number, "shop": order.shop.name},
        f"{page.receiver}, {show_phone(page.phone)}",
        page.address,
        _money(page),
    ]
    return "\n".join(part for part in parts if part)


def _label(order: Order, page: OrderPage) -> dict[str, Any]:
    return {
        "from_word": _("Dari"),
        "shop": order.shop.name,
        "shop_lines": ", ".join(_of_shop(order, page)),
        "to_word": _("Untuk"),
        "name": page.receiver,
        "phone": show_phone(page.phone),
        "address": page.address or page.row.delivery,
        "number": order.number,
        "delivery": page.row.delivery,
        "money": _money(page),
        "goods": ", ".join(
            f"{line.quantity} {line.unit} {_name(line)}" for line in page.lines if line.quantity
        ),
        "note": page.row.note,
        "qr": qr_svg(whole_address(seller_path(order)), title=order.number or ""),
        "qr_said": _("Kode QR untuk penjual"),
    }


def _money(page: OrderPage) -> str:
    """What whoever hands it over must know: paid, or how much to take."""
    if not page.payment.left_rp:
        return _("Lunas") if page.total_rp else _("Tidak perlu dibayar")
    return _("%(how)s: %(left)s") % {"how": page.row.payment, "left": show_rupiah(page.payment.left_rp)}


def _sums(page: OrderPage) -> list[list[str]]:
    fee = _("disepakati") if page.by_agreement else show_rupiah(page.fee_rp)
    rows = [[_("Barang"), show_rupiah(page.goods_rp)], [_("Ongkir"), fee]]
    if page.voucher:
        rows.append([_("Voucher"), f"−{show_rupiah(page.voucher.off_rp)}"])
    if page.unique_off_rp:
        rows.append([_("Potongan kode unik"), f"−{show_rupiah(page.unique_off_rp)}"])
    return [*rows, [_("Jumlah"), show_rupiah(page.total_rp)]]


def _of_shop(order: Order, page: OrderPage) -> list[str]:
    return [
        part for part in (page.shop_village, order.shop.whatsapp and show_phone(order.shop.whatsapp)) if part
    ]


def _name(line: LineRow) -> str:
    return f"{line.name} ({line.variant})" if line.variant else line.name
