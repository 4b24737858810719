"""The consignment note as a text for WhatsApp."""

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.consignment.models import Consignment
from etoko.consignment.rules import commission_in_words
from etoko.consignment.states import OUT
from etoko.foundation.days import show_day, show_day_short
from etoko.foundation.money import show_rupiah


def note_text(consignment: Consignment) -> str:
    """What was brought; once it is settled, what became of it and who owes what."""
    words = {
        "number": consignment.number,
        "shop": consignment.shop.name,
        "place": consignment.place.name,
        "day": show_day(timezone.localdate(consignment.brought_at)),
    }
    return "\n".join(
        [
            _("*Nota titip %(number)s*") % words,
            _("Dari: %(shop)s") % words,
            _("Di: %(place)s") % words,
            _("Dititipkan: %(day)s") % words,
            "",
            *(_brought(consignment) if consignment.state == OUT else _settled(consignment)),
        ]
    )


def _brought(consignment: Consignment) -> list[str]:
    lines = list(consignment.lines.all())
    worth_rp = sum(line.quantity * line.price_rp for line in lines)
    return [
        *(f"• {line.quantity} {line.unit} {line.name} @ {show_rupiah(line.price_rp)}" for line in lines),
        "",
        _("Kalau terjual semua: %(worth)s") % {"worth": show_rupiah(worth_rp)},
        _("Komisi: %(commission)s")
        % {"commission": commission_in_words(consignment.commission, consignment.commission_value)},
        _("Dihitung: %(day)s") % {"day": show_day_short(consignment.settle_by_on)},
    ]


def _settled(consignment: Consignment) -> list[str]:
    lines = []
    for line in consignment.lines.all():
        words = {"name": line.name, "sold": line.sold, "back": line.back, "damaged": line.damaged}
        lines.append(
            _("• %(name)s: terjual %(sold)s, kembali %(back)s, rusak %(damaged)s") % words
            if line.damaged
            else _("• %(name)s: terjual %(sold)s, kembali %(back)s") % words
        )
    sums = {
        "sold": show_rupiah(consignment.sold_rp),
        "commission": show_rupiah(consignment.commission_rp),
        "due": show_rupiah(consignment.due_rp),
        "left": show_rupiah(consignment.left_rp),
        "place": consignment.place.name,
    }
    return [
        *lines,
        "",
        _("Hasil penjualan: %(sold)s") % sums,
        _("Komisi %(place)s: %(commission)s") % sums,
        _("Untuk penjual: %(due)s") % sums,
        _("Belum dibayar: %(left)s") % sums if consignment.left_rp else _("Sudah lunas."),
    ]
