"""Paper mode: forms as PDF, blank and filled in, each with a code that opens its typing page."""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from etoko.census.facts import LICENCES, NAMES, facts_of, in_words
from etoko.census.forms import SheetForm
from etoko.foundation.addresses import whole_address
from etoko.foundation.papers import render_paper
from etoko.foundation.qrdrawings import qr_svg
from etoko.places.models import Area
from etoko.registry.consent_texts import text_now
from etoko.registry.kinds import KIND_CHOICES
from etoko.registry.models import UNKNOWN, Business, PublicConsent

MOST = 150
"""Forms in one file: more are easier printed in two goes than carried."""


def new_number() -> str:
    """Of a blank form, to be read off and typed: a letter and eight figures."""
    return f"F{secrets.randbelow(10**8):08}"


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[Ff]\d{8}", text))


def blank_forms(village: Area, *, count: int) -> bytes:
    numbers = [new_number() for _place in range(count)]
    return _paper([_form({}, number, _typing("new_typing", nomor=number)) for number in numbers], village)


def filled_forms(businesses: Iterable[Business], village: Area) -> bytes:
    """Of businesses that were read `with_facts`."""
    return _paper(
        [
            _form(facts_of(one), one.public_id, whole_address(reverse("census:type", args=[one.public_id])))
            for one in businesses
        ],
        village,
    )


def _typing(name: str, **query: str) -> str:
    return whole_address(f"{reverse(f'census:{name}')}?{urlencode(query)}")


def _paper(forms: list[dict[str, Any]], village: Area) -> bytes:
    form, text = SheetForm(), text_now()
    return render_paper(
        "census/papers/sheet.typ",
        {
            "title": _("Formulir pendataan usaha"),
            "shop": "e-Toko PKK",
            "village": _("Desa %(name)s") % {"name": village.name},
            "foot": _("Berisi data pribadi. Simpan baik-baik, musnahkan sesudah diketik."),
            "number_word": _("Nomor"),
            "scan": _("Pindai untuk mengetik"),
            "parts": [
                _("Usaha dan pemilik"),
                _("Alamat dan letak"),
                _("Ukuran usaha"),
                _("Izin"),
                _("Persetujuan pemilik"),
                _("Hasil kunjungan"),
            ],
            "consent": _("Bacakan: “%s”") % text.said + f" ({text.version})",
            "kinds": [str(name) for slug, name in KIND_CHOICES if slug != UNKNOWN],
            "how": [str(word) for _slug, word in form.fields["how"].choices],  # type: ignore[attr-defined]
            "statuses": [str(word) for _slug, word in form.fields["status"].choices],  # type: ignore[attr-defined]
            "signs": [_("Tanda tangan pemilik"), _("Kader dan tanggal")],
            "forms": forms,
        },
    )


def _form(facts: dict[str, str], number: str, address: str) -> dict[str, Any]:
    """What stands on one form: (word, what is known) and choices as (word, whether it is ticked)."""
    form = SheetForm()

    def line(field: str) -> list[str]:
        value = facts.get(field, "")
        return [str(NAMES[field]), in_words(field, value) if value and value != UNKNOWN else ""]

    def ticks(field: str) -> list[list[Any]]:
        choices = form.fields[field].choices  # type: ignore[attr-defined]
        return [[str(word), facts.get(field) == slug] for slug, word in choices if slug != UNKNOWN]

    shown = facts.get("shown", "").split(",")
    return {
        "number": number,
        "qr": str(qr_svg(address)),
        "who": [line(field) for field in ("name", "owner_name", "phone", "kind", "products_text", "kbli")],
        "where": [line(field) for field in ("street", "rt", "rw", "landmark", "position")],
        "workers": line("workers"),
        "turnover_word": str(NAMES["turnover_band"]),
        "turnover": ticks("turnover_band"),
        "licences": [
            {
                "word": str(NAMES[f"{kind}_status"]),
                "ticks": ticks(f"{kind}_status"),
                "number": facts.get(f"{kind}_number", ""),
            }
            for kind in LICENCES
        ],
        "shown": [[str(word), what in shown] for what, word in PublicConsent.WHAT],
    }
