"""What is typed about titipan, cleaned. Nothing is decided here but whether it can be read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.forms import read_or_refuse, text_field
from etoko.catalog.forms_product import read_stock
from etoko.consignment.models import COMMISSIONS, PER_PIECE, PERCENT, Consignment, ConsignmentPayment
from etoko.consignment.operations.consigning import Brought, Count
from etoko.consignment.queries import GoodRow, LineRow
from etoko.consignment.rules import UnableToConsign, UnableToSettle
from etoko.foundation.money import read_rupiah
from etoko.foundation.phones import read_phone
from etoko.foundation.problems import UnableTo

NEW = "baru"
NONE = "none"


class ConsigningForm(forms.Form):
    """Where, on what terms, until when. The goods are read by `read_goods`."""

    place = forms.ChoiceField(
        label=gettext_lazy("Dititipkan di mana"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Pilih tempatnya.")),
    )
    name = text_field(gettext_lazy("Nama tempat"), 120, required=False)
    phone = text_field(gettext_lazy("Nomor WhatsApp tempatnya"), 60, required=False)
    village = text_field(gettext_lazy("Desa"), 120, required=False)
    commission = forms.ChoiceField(
        label=gettext_lazy("Komisi untuk tempatnya"),
        choices=[(NONE, gettext_lazy("tanpa komisi")), *COMMISSIONS],
        widget=forms.RadioSelect,
        initial=NONE,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Pilih komisinya.")),
    )
    commission_value = forms.CharField(label=gettext_lazy("Besarnya"), required=False, max_length=20)
    settle_by_on = forms.DateField(
        label=gettext_lazy("Dihitung bersama pada"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Pilih harinya.")),
    )
    note = text_field(gettext_lazy("Catatan"), 200, required=False)

    def __init__(self, data: Any = None, *, places: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["place"].choices = [*places, (NEW, _("Tempat baru"))]  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return str(read_or_refuse(read_phone, typed)) if typed else ""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("place") == NEW and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Tulis nama tempatnya, misalnya Warung Bu Ani."))
        kind = data.get("commission")
        data["value"] = 0
        if kind in (PERCENT, PER_PIECE):
            try:
                data["value"] = _value(kind, data.get("commission_value") or "")
            except UnableTo as problem:
                self.add_error("commission_value", problem.sentence)
        return data


def _value(kind: str, typed: str) -> int:
    if kind == PER_PIECE:
        return read_rupiah(typed)
    match = re.fullmatch(r"(\d{1,3})\s*%?", typed.strip())
    if match is None or not 1 <= int(match[1]) <= 100:
        raise UnableToConsign(_("Tulis persennya dengan angka, misalnya 10."))
    return int(match[1])


def read_goods(data: Mapping[str, Any], goods: Sequence[GoodRow]) -> list[Brought]:
    """`qty-12` and `price-12` of each variant; nought and empty are left at home. Raises UnableToConsign."""
    brought = []
    for good in goods:
        typed = str(data.get(f"qty-{good.variant_id}", "")).strip()
        if typed in ("", "0"):
            continue
        try:
            quantity = read_stock(typed)
            price = str(data.get(f"price-{good.variant_id}", "")).strip()
            price_rp = read_rupiah(price) if price else good.price_rp
        except (UnableTo, forms.ValidationError) as problem:
            sentence = problem.sentence if isinstance(problem, UnableTo) else problem.messages[0]
            raise UnableToConsign(f"{good.name}: {sentence}", field="goods") from problem
        brought.append(Brought(good.variant_id, quantity, price_rp))
    return brought


def read_counts(data: Mapping[str, Any], lines: Sequence[LineRow]) -> dict[int, Count]:
    """`sold-7`, `back-7`, `damaged-7` of each line. Of sold and back one may be empty: it is what is left.
    Raises UnableToSettle."""
    return {line.id: _count(data, line) for line in lines}


def _count(data: Mapping[str, Any], line: LineRow) -> Count:
    typed = {key: str(data.get(f"{key}-{line.id}", "")).strip() for key in ("sold", "back", "damaged")}
    try:
        told = {key: read_stock(text) for key, text in typed.items() if text}
    except forms.ValidationError as problem:
        raise UnableToSettle(f"{line.name}: {problem.messages[0]}", field=str(line.id)) from problem
    damaged = told.get("damaged", 0)
    if "sold" not in told and "back" not in told:
        raise UnableToSettle(
            _("“%(name)s”: isi yang terjual atau yang kembali.") % {"name": line.name}, field=str(line.id)
        )
    sold = told.get("sold", line.quantity - damaged - told.get("back", 0))
    back = told.get("back", line.quantity - damaged - sold)
    if sold < 0 or back < 0:
        words = {"name": line.name, "brought": line.quantity}
        raise UnableToSettle(
            _("“%(name)s”: yang dititipkan hanya %(brought)s. Hitung lagi.") % words, field=str(line.id)
        )
    return Count(sold, back, damaged)


class PaymentForm(forms.Form):
    amount = forms.CharField(
        label=gettext_lazy("Dibayar"),
        max_length=40,
        error_messages={"required": gettext_lazy("Tulis berapa yang dibayar.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Dengan"),
        choices=ConsignmentPayment.WAYS,
        widget=forms.RadioSelect,
        initial=ConsignmentPayment.CASH,
    )
    note = text_field(gettext_lazy("Catatan"), 200, required=False)

    def clean_amount(self) -> int:
        return int(read_or_refuse(read_rupiah, self.cleaned_data["amount"]))


class DayForm(forms.Form):
    settle_by_on = forms.DateField(
        label=gettext_lazy("Hari yang baru"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Pilih harinya.")),
    )


def read_bearer(data: Mapping[str, Any]) -> str:
    return Consignment.PLACE if data.get("damage") == Consignment.PLACE else Consignment.SELLER
