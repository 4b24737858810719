"""What sellers type about a product, cleaned: the product itself, its sizes and prices, quick changes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.categories import suggest_categories
from etoko.catalog.forms import read_or_refuse, text_field
from etoko.catalog.models import Product
from etoko.catalog.operations.selling import Adjustment, Offer
from etoko.catalog.queries_products import category_groups
from etoko.catalog.units import ALL_UNITS, DEFAULT_UNIT, MEASURES, UNITS
from etoko.foundation.money import read_rupiah
from etoko.foundation.problems import UnableTo

MOST_STOCK = 999_999
SPARE_ROWS = 3
FIRST_ROW = "v0"


class ProductForm(forms.Form):
    """The product itself; its sizes and prices are `offers`, read by `OfferForm`."""

    AUTO = "auto"

    name = text_field(
        gettext_lazy("Nama produk"),
        200,
        missing=gettext_lazy("Tulis nama produknya, misalnya Kerupuk bawang."),
    )
    description = text_field(
        gettext_lazy("Keterangan"),
        4000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Bahan, rasa, tahan berapa lama."),
    )
    unit = forms.CharField(label=gettext_lazy("Harga untuk satu"), initial=DEFAULT_UNIT)
    supply = forms.ChoiceField(
        label=gettext_lazy("Persediaan"),
        choices=[
            (Product.STOCK, gettext_lazy("Ada stok")),
            (Product.MADE_TO_ORDER, gettext_lazy("Dibuat sesuai pesanan")),
        ],
        widget=forms.RadioSelect,
        initial=Product.STOCK,
    )
    lead_days = forms.CharField(label=gettext_lazy("Lama membuat"), required=False, max_length=20)
    capacity_per_day = forms.CharField(
        label=gettext_lazy("Paling banyak sehari"), required=False, max_length=20
    )
    category = forms.CharField(label=gettext_lazy("Kategori"), required=False, initial=AUTO)
    version = forms.IntegerField(required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.offer_forms = _offer_forms(data, (initial or {}).get("variants", []))
        self.groups = category_groups()

    @property
    def is_by_size(self) -> bool:
        """Whether more than one row is filled: the page then shows the sizes unfolded."""
        return sum(not offer.is_blank for offer in self.offer_forms) > 1 or any(
            bool(offer.errors) for offer in self.offer_forms[1:] if offer.is_bound
        )

    @property
    def row_problems(self) -> list[tuple[str, str, str]]:
        """(id of the field, its label, what is wrong) of the rows."""
        if not self.is_bound:
            return []
        return [
            (str(field.auto_id), str(field.label), str(field.errors[0]))
            for row in self._used_rows()
            for field in row
            if field.errors
        ]

    @property
    def unit_groups(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        chosen = self["unit"].value() or DEFAULT_UNIT
        return [(str(group), [(unit, unit == chosen) for unit in units]) for group, units in UNITS]

    def clean_unit(self) -> str:
        unit = self.cleaned_data["unit"]
        if unit not in ALL_UNITS:
            raise forms.ValidationError(_("Pilih satuannya dari daftar."))
        return str(unit)

    def clean_lead_days(self) -> int:
        typed = self.cleaned_data["lead_days"].strip()
        if not typed:
            return 0
        match = re.fullmatch(r"(\d{1,3})(?:\s*hari)?", typed)
        if match is None or int(match[1]) > 365:
            raise forms.ValidationError(_("Tulis jumlah hari dengan angka, misalnya 3."))
        return int(match[1])

    def clean_capacity_per_day(self) -> int | None:
        typed = self.cleaned_data["capacity_per_day"].strip()
        if not typed:
            return None
        capacity = read_stock(typed)
        if capacity < 1:
            raise forms.ValidationError(_("Tulis berapa yang sanggup dibuat sehari, atau kosongkan."))
        return capacity

    def clean_category(self) -> str:
        """The slug of a category; chosen from the name where the seller left it to us."""
        chosen = self.cleaned_data["category"] or self.AUTO
        known = {slug for group in self.groups for slug, _name in group.leaves}
        if chosen in known:
            return str(chosen)
        suggested = suggest_categories(self.cleaned_data.get("name", ""), limit=1)
        if chosen != self.AUTO or not suggested:
            if self.cleaned_data.get("name"):
                raise forms.ValidationError(
                    _("Kami belum bisa menebak kategorinya. Pilih yang paling dekat.")
                )
            return ""
        return suggested[0]

    def clean(self) -> dict[str, Any]:
        # What is wrong in a row is said in the row.
        self.cleaned_data["offers"] = [row.offer() for row in self._used_rows() if row.is_valid()]
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and all(row.is_valid() for row in self._used_rows())

    def _used_rows(self) -> "list[OfferForm]":
        """Rows left empty are no sizes; the first one stands in where all are empty, to say so."""
        return [row for row in self.offer_forms if not row.is_blank] or self.offer_forms[:1]


class OfferForm(forms.Form):
    """A row: size or taste, price, how much is in it, stock."""

    name = text_field(gettext_lazy("Ukuran atau rasa"), 80, required=False)
    price = forms.CharField(
        label=gettext_lazy("Harga"),
        max_length=40,
        required=False,  # of a row that is filled at all it is: see clean_price
        error_messages={
            "max_length": gettext_lazy("Tulis harga dengan angka saja, misalnya 15000 atau 15.000.")
        },
    )
    amount = forms.CharField(label=gettext_lazy("Isi"), required=False, max_length=20)
    measure = forms.ChoiceField(
        label=gettext_lazy("Ukuran isi"),
        required=False,
        choices=[("", "–"), *MEASURES.items()],
    )
    on_hand = forms.CharField(label=gettext_lazy("Stok"), required=False, max_length=20)
    id = forms.IntegerField(required=False)
    seen_on_hand = forms.IntegerField(required=False)

    @property
    def is_blank(self) -> bool:
        return not any(str(self[field].value() or "").strip() for field in ("name", "price", "amount"))

    def clean_price(self) -> int:
        if not self.cleaned_data["price"]:
            if self.is_blank and self.prefix != FIRST_ROW:
                return 0  # no size, so nothing is wrong with it
            raise forms.ValidationError(_("Tulis harganya, misalnya 15.000."))
        return int(read_or_refuse(read_rupiah, self.cleaned_data["price"]))

    def clean_amount(self) -> Decimal | None:
        typed = self.cleaned_data["amount"].strip()
        if not typed:
            return None
        amount = read_number(typed)
        if amount is None or not Decimal("0.001") <= amount <= Decimal("999999"):
            raise forms.ValidationError(_("Tulis isinya dengan angka, misalnya 250 atau 0,5."))
        return amount

    def clean_on_hand(self) -> int:
        typed = self.cleaned_data["on_hand"].strip()
        if not typed:
            return 0
        return read_stock(typed)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("amount") is not None and not data.get("measure"):
            self.add_error("amount", _("Pilih ukurannya: gram, kg, liter, …"))
        return data

    def offer(self) -> Offer:
        data = self.cleaned_data
        has_amount = data["amount"] is not None
        return Offer(
            price_rp=data["price"],
            name=data["name"],
            amount=data["amount"],
            measure=data["measure"] if has_amount else "",
            on_hand=data["on_hand"],
            variant_id=data["id"],
            seen_on_hand=data["seen_on_hand"],
        )


def _offer_forms(data: Any, variants: list[dict[str, Any]]) -> list[OfferForm]:
    rows = len(variants)
    if data is not None:
        numbers = [int(m[1]) for key in data if (m := re.fullmatch(r"v(\d{1,2})-price", key))]
        rows = min(max(numbers, default=0) + 1, 20)
        return [OfferForm(data, prefix=f"v{row}") for row in range(rows)]
    filled = [OfferForm(initial=variant, prefix=f"v{row}") for row, variant in enumerate(variants)]
    spare = SPARE_ROWS if rows else SPARE_ROWS + 1
    return filled + [OfferForm(prefix=f"v{row}") for row in range(rows, rows + spare)]


@dataclass(frozen=True)
class QuickChange:
    version: int
    adjustments: list[Adjustment]


def read_quick_change(data: Mapping[str, Any]) -> QuickChange:
    """The little form of the list: price and stock of each variant. Raises UnableTo."""
    adjustments = []
    for key in data:
        match = re.fullmatch(r"price-(\d{1,18})", key)
        if match is None:
            continue
        variant_id = match[1]
        seen = _whole(data.get(f"seen-{variant_id}", ""))
        typed = str(data.get(f"stock-{variant_id}", "")).strip()
        try:
            on_hand = read_stock(typed) if typed else seen
        except forms.ValidationError as problem:
            raise UnableTo(problem.messages[0]) from problem
        adjustments.append(Adjustment(int(variant_id), read_rupiah(str(data[key])), on_hand, seen))
    return QuickChange(_whole(data.get("version", "")), adjustments)


def read_number(typed: str) -> Decimal | None:
    """ "250", "0,5", "0.5", "1.500" (a thousand and a half) → a number; None for anything else."""
    typed = typed.replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", typed):
        return Decimal(typed.replace(".", ""))
    if re.fullmatch(r"\d{1,6}([.,]\d{1,3})?", typed):
        return Decimal(typed.replace(",", "."))
    return None


def read_stock(typed: str) -> int:
    number = read_number(typed)
    if number is None or number != number.to_integral_value() or number > MOST_STOCK:
        raise forms.ValidationError(_("Tulis stok dengan angka bulat, misalnya 20."))
    return int(number)


def _whole(typed: Any) -> int:
    return int(typed) if re.fullmatch(r"\d{1,9}", str(typed)) else 0
