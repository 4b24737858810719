"""The consignment note as a PDF."""

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import Shop
from etoko.consignment.queries import ConsignmentPage
from etoko.foundation.days import show_day, show_day_short
from etoko.foundation.money import show_rupiah
from etoko.foundation.papers import render_paper
from etoko.foundation.phones import show_phone


def note_paper(page: ConsignmentPage, shop: Shop) -> bytes:
    """With what was brought; once settled, with what became of it and who owes what."""
    heads = [_("Barang"), _("Harga"), _("Dititipkan")]
    rows = [[line.name, show_rupiah(line.price_rp), f"{line.quantity} {line.unit}"] for line in page.lines]
    sums = [[_("Barang"), str(page.pieces)], [_("Kalau terjual semua"), show_rupiah(page.worth_rp)]]
    if not page.is_out:
        heads += [_("Terjual"), _("Kembali"), _("Rusak")]
        for row, line in zip(rows, page.lines, strict=True):
            row += [str(line.sold), str(line.back), str(line.damaged)]
        sums = [
            [_("Hasil penjualan"), show_rupiah(page.sold_rp)],
            [_("Komisi"), show_rupiah(page.commission_rp)],
            [_("Sudah dibayar"), show_rupiah(page.paid_rp)],
            [_("Belum dibayar"), show_rupiah(page.left_rp)],
        ]
    brought_on = timezone.localdate(page.brought_at)
    return render_paper(
        "consignment/papers/nota_titip.typ",
        {
            "title": _("Nota titip %(number)s") % {"number": page.number},
            "heading": _("Nota titip"),
            "number": page.number,
            "day": show_day(brought_on),
            "shop": shop.name,
            "shop_lines": [
                each for each in (shop.area.name, show_phone(shop.whatsapp) if shop.whatsapp else "") if each
            ],
            "pairs": [
                [_("Dititipkan di"), page.place],
                *([[_("Desa"), page.village]] if page.village else []),
                *([[_("WhatsApp"), page.place_phone]] if page.place_phone else []),
                [_("Komisi"), page.commission],
                [_("Dihitung"), show_day_short(page.settle_by_on)],
                *([[_("Catatan"), page.note]] if page.note else []),
            ],
            "heads": heads,
            "rows": rows,
            "figures": list(range(1, len(heads))),
            "sums": sums,
            "gives": _("Yang menitipkan"),
            "takes": _("Yang dititipi"),
            "place": page.place,
        },
    )
