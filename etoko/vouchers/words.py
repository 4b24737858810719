"""A voucher in words: the sentence on every page, and the text that is passed on by WhatsApp."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etoko.foundation.days import show_day
from etoko.foundation.money import show_rupiah
from etoko.vouchers.models import Voucher
from etoko.vouchers.rules import Terms

MOST_NAMED = 4


def benefit(terms: Terms) -> str:
    """ "Potongan 10%, paling banyak Rp20.000"."""
    cap = show_rupiah(terms.cap_rp) if terms.cap_rp else ""
    if terms.kind == Voucher.PERCENT:
        return _("Potongan %(percent)s%%, paling banyak %(cap)s") % {"percent": terms.percent, "cap": cap}
    if terms.kind == Voucher.FREE_DELIVERY:
        return _("Gratis ongkir, paling banyak %(cap)s") % {"cap": cap} if cap else _("Gratis ongkir")
    return _("Potongan %(amount)s") % {"amount": show_rupiah(terms.amount_rp or 0)}


def conditions(terms: Terms, *, on: date) -> list[str]:
    """What must be so, each a part of a sentence."""
    parts = []
    if terms.minimum_rp:
        parts.append(_("untuk belanja mulai %(least)s") % {"least": show_rupiah(terms.minimum_rp)})
    if terms.products:
        parts.append(_("untuk %(goods)s") % {"goods": _named(terms.products.values())})
    if terms.villages:
        parts.append(_("untuk pembeli di %(villages)s") % {"villages": _named(terms.villages.values())})
    if terms.buyers == Voucher.FIRST_ORDER:
        parts.append(_("hanya pesanan pertama"))
    if terms.starts_on > on:
        parts.append(_("mulai %(day)s") % {"day": show_day(terms.starts_on)})
    parts.append(_("sampai %(day)s") % {"day": show_day(terms.ends_on)})
    return parts


def reach(terms: Terms) -> str:
    """ "20 orang", or how often in all where one phone may use it more than once."""
    if terms.per_phone == 1:
        return ngettext("%(num)s orang", "%(num)s orang", terms.limit) % {"num": _figure(terms.limit)}
    return _("%(all)s kali pakai, tiap nomor HP %(each)s kali") % {
        "all": _figure(terms.limit),
        "each": terms.per_phone,
    }


def sentence(terms: Terms, *, on: date) -> str:
    """ "Potongan Rp5.000 untuk belanja mulai Rp25.000, sampai 30 November 2026, 20 orang." """
    first, *more = [*conditions(terms, on=on), reach(terms)]
    joint = " " if terms.minimum_rp or terms.products or terms.villages else ", "
    return f"{benefit(terms)}{joint}{', '.join([first, *more])}."


def to_pass_on(terms: Terms, *, on: date, link: str) -> str:
    """The whole text for WhatsApp; `link` opens the voucher's page."""
    where = terms.shop_name or _("semua toko di %(area)s") % {"area": terms.area_name}
    return "\n\n".join(
        [
            _("Ada voucher untuk belanja di %(where)s.") % {"where": where},
            _("Kode: *%(code)s*") % {"code": terms.code},
            f"{benefit(terms)} {', '.join(conditions(terms, on=on))}.",
            _("Pakai di sini: %(link)s") % {"link": link},
        ]
    )


def _named(names: Iterable[str]) -> str:
    every = list(names)
    if len(every) <= MOST_NAMED:
        return ", ".join(every)
    return _("%(some)s dan %(more)s lainnya") % {
        "some": ", ".join(every[: MOST_NAMED - 1]),
        "more": len(every) - MOST_NAMED + 1,
    }


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")
