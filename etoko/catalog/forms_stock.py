"""What sellers type about their stock, cleaned."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.forms import text_field
from etoko.catalog.forms_product import read_stock
from etoko.catalog.models import StockMovement

_NOTE = gettext_lazy("Catatan")
_OURS = (StockMovement.OPENING, StockMovement.RETYPED)
COUNT_REASONS = [(key, word) for key, word in StockMovement.REASONS if key not in _OURS]


class AddStockForm(forms.Form):
    quantity = forms.CharField(
        label=gettext_lazy("Berapa yang ditambah"),
        max_length=20,
        error_messages={"required": gettext_lazy("Tulis berapa yang ditambah, misalnya 20.")},
    )
    note = text_field(_NOTE, 200, required=False)

    def clean_quantity(self) -> int:
        quantity = read_stock(self.cleaned_data["quantity"])
        if quantity < 1:
            raise forms.ValidationError(_("Tulis berapa yang ditambah, misalnya 20."))
        return quantity


class RecountForm(forms.Form):
    on_hand = forms.CharField(
        label=gettext_lazy("Jumlah yang benar-benar ada"),
        max_length=20,
        error_messages={"required": gettext_lazy("Hitung barangnya, lalu tulis jumlahnya.")},
    )
    seen_on_hand = forms.IntegerField()
    reason = forms.ChoiceField(
        label=gettext_lazy("Mengapa berbeda"),
        choices=COUNT_REASONS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Pilih alasannya.")),
    )
    note = text_field(_NOTE, 200, required=False)

    def clean_on_hand(self) -> int:
        return read_stock(self.cleaned_data["on_hand"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("reason") == StockMovement.OTHER and not data.get("note"):
            self.add_error("note", _("Tulis alasannya dengan kata sendiri."))
        return data


class LowMarkForm(forms.Form):
    low_at = forms.CharField(label=gettext_lazy("Kabari saya kalau tinggal"), required=False, max_length=20)

    def clean_low_at(self) -> int | None:
        typed = self.cleaned_data["low_at"].strip()
        return read_stock(typed) if typed else None
