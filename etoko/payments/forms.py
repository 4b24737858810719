"""Clean input; nothing is decided here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.foundation.money import UnableToReadMoney, read_rupiah
from etoko.payments.models import Payment

HAND_METHODS = [choice for choice in Payment.METHODS if choice[0] != Payment.MIDTRANS]
"""What a person writes down herself; Midtrans reports its own."""


class AmountField(forms.CharField):
    """Whole rupiah as people type them."""

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return read_rupiah(text)
        except UnableToReadMoney as problem:
            raise forms.ValidationError(problem.sentence) from problem


class PaymentForm(forms.Form):
    amount_rp = AmountField(
        label=_("Jumlah uang"), error_messages={"required": _("Tulis jumlah uang yang diterima.")}
    )
    method = forms.ChoiceField(label=_("Lewat apa"), choices=HAND_METHODS, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("Hari diterima"),
        widget=forms.DateInput,
        error_messages={"invalid": _("Pilih harinya dari kalender."), "required": _("Pilih harinya.")},
    )
