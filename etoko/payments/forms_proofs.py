"""What comes with the picture of a proof, and what the seller found in her bank app; cleaned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.payments.forms import AmountField

_DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
_NO_DAY = {"invalid": _("Tulis tanggal seperti 24/11/2026."), "required": _("Pilih harinya.")}


class _AmountIfAny(AmountField):
    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else None


class ProofForm(forms.Form):
    picture = forms.FileField(
        label=_("Tangkapan layar bukti bayar"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": _("Pilih dulu gambar buktinya.")},
    )
    told_rp = _AmountIfAny(label=_("Jumlah yang dibayar"), required=False, max_length=40)
    told_on = forms.DateField(
        label=_("Tanggal bayar"),
        required=False,
        widget=forms.DateInput,
        input_formats=_DAYS,
        error_messages=_NO_DAY,
    )


class AcceptForm(forms.Form):
    amount_rp = AmountField(
        label=_("Uang yang masuk"),
        max_length=40,
        error_messages={"required": _("Tulis berapa uang yang masuk.")},
    )
    received_on = forms.DateField(
        label=_("Hari diterima"), widget=forms.DateInput, input_formats=_DAYS, error_messages=_NO_DAY
    )
