"""Clean input; nothing is decided here."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.foundation.phones import UnableToReadPhone, read_phone
from etoko.ordering.operations import Receiver
from etoko.ordering.quoting import Choice
from etoko.places.finding import find_area
from etoko.places.models import Area
from etoko.places.names import search_name


class ReceiverForm(forms.Form):
    """Who gets the goods and where; `villages` are those of the sub-district, found without asking."""

    name = forms.CharField(
        label=gettext_lazy("Nama lengkap"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Tulis nama Anda, supaya penjual tahu pesanan siapa."),
            "max_length": gettext_lazy("Nama paling panjang 200 huruf."),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Nomor WhatsApp"),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Tulis nomor WhatsApp Anda, supaya penjual bisa mengabari."),
            "max_length": gettext_lazy("Nomor ini terlalu panjang. Tulis satu nomor saja."),
        },
    )
    village = forms.CharField(
        label=gettext_lazy("Desa"),
        max_length=120,
        required=False,
        error_messages={"max_length": gettext_lazy("Nama desa paling panjang 120 huruf.")},
    )
    street = forms.CharField(
        label=gettext_lazy("Alamat"),
        max_length=300,
        required=False,
        error_messages={"max_length": gettext_lazy("Alamat paling panjang 300 huruf.")},
    )
    landmark = forms.CharField(
        label=gettext_lazy("Patokan"),
        max_length=200,
        required=False,
        error_messages={"max_length": gettext_lazy("Patokan paling panjang 200 huruf.")},
    )
    for_other = forms.BooleanField(label=gettext_lazy("Saya memesankan untuk orang lain"), required=False)

    def __init__(self, *args: Any, villages: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = villages
        self.area: Area | None = None

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("Tulis nama Anda, supaya penjual tahu pesanan siapa."))
        return name

    def clean_phone(self) -> str:
        try:
            return read_phone(self.cleaned_data["phone"])
        except UnableToReadPhone as problem:
            raise forms.ValidationError(problem.sentence) from problem

    def clean_village(self) -> str:
        name = one_line(self.cleaned_data["village"])
        self.area = area_named(name, self.villages)
        return self.area.name if self.area else name

    def clean_street(self) -> str:
        return one_line(self.cleaned_data["street"])

    def clean_landmark(self) -> str:
        return one_line(self.cleaned_data["landmark"])

    def receiver(self) -> Receiver:
        given = self.cleaned_data
        return Receiver(
            name=given["name"],
            phone=given["phone"],
            village=given["village"],
            area=self.area,
            street=given["street"],
            landmark=given["landmark"],
        )


_OF_A_SHOP = re.compile(r"(?:antar|bayar|catatan)-([0-9]{1,18})")


def area_named(name: str, villages: list[Area]) -> Area | None:
    """The village of that name: of the sub-district, else the one that the register of areas is sure of."""
    key = search_name(name)
    if not key:
        return None
    here = next((area for area in villages if area.search_name == key), None)
    if here is not None:
        return here
    found = find_area(name, within=settings.HOME_AREA).area
    return Area.objects.get(code=found.code) if found else None


def read_choices(data: Mapping[str, str]) -> dict[int, Choice]:
    """`antar-7`, `bayar-7`, `catatan-7` of each shop; what does not exist is chosen anew by the quote."""
    shops = {int(found[1]) for key in data if (found := _OF_A_SHOP.fullmatch(key))}
    return {
        shop: Choice(
            delivery=data.get(f"antar-{shop}", "")[:20],
            payment=data.get(f"bayar-{shop}", "")[:20],
            note=one_line(data.get(f"catatan-{shop}", ""))[:300],
        )
        for shop in shops
    }


_OF_A_LINE = re.compile(r"jumlah-([0-9]{1,18})")


def read_lines(data: Mapping[str, str]) -> dict[int, int]:
    """`jumlah-7` of each line; what is no whole number counts as -1, which every deed refuses."""
    return {int(found[1]): _pieces(data[key]) for key in data if (found := _OF_A_LINE.fullmatch(key))}


def read_quantity(text: str) -> int:
    """ "2", " 2 ", "1.000" → whole numbers; anything else is 0, which no deed takes for a quantity."""
    digits = text.strip().replace(".", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 12 else 0


def _pieces(text: str) -> int:
    return 0 if text.strip() == "0" else read_quantity(text) or -1


def one_line(text: str) -> str:
    """Without line breaks, doubled blanks and signs that cannot be seen."""
    seen = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join(seen.split())
