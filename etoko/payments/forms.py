"""Clean input; nothing is decided here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.foundation.money import UnableToReadMoney, read_rupiah
from etoko.payments.models import Payment
from etoko.payments.operations.agreeing import Part, down_payment, monthly

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


class RefundForm(forms.Form):
    amount_rp = AmountField(
        label=_("Jumlah yang dikembalikan"), error_messages={"required": _("Tulis jumlah yang dikembalikan.")}
    )
    method = forms.ChoiceField(label=_("Lewat apa"), choices=HAND_METHODS, widget=forms.RadioSelect)
    returned_on = forms.DateField(
        label=_("Hari dikembalikan"),
        widget=forms.DateInput,
        error_messages={"invalid": _("Pilih harinya dari kalender."), "required": _("Pilih harinya.")},
    )
    picture = forms.FileField(label=_("Foto bukti"), required=False)


class TermsForm(forms.Form):
    DOWN_PAYMENT, MONTHLY, LATER = "dp", "monthly", "later"

    kind = forms.ChoiceField(
        label=_("Cara bayar"),
        choices=[
            (DOWN_PAYMENT, _("Uang muka (DP), sisanya nanti")),
            (MONTHLY, _("Dicicil tiap bulan")),
            (LATER, _("Tempo: semua pada satu hari")),
        ],
        initial=DOWN_PAYMENT,
        widget=forms.RadioSelect,
    )
    percent = forms.IntegerField(
        label=_("Uang muka (persen)"),
        min_value=1,
        max_value=99,
        initial=50,
        required=False,
        error_messages={"invalid": _("Tulis 1 sampai 99."), "min_value": _("Tulis 1 sampai 99.")},
    )
    count = forms.IntegerField(
        label=_("Berapa kali cicil"),
        min_value=2,
        max_value=24,
        initial=3,
        required=False,
        error_messages={"invalid": _("Tulis 2 sampai 24."), "min_value": _("Tulis 2 sampai 24.")},
    )
    first_on = forms.DateField(
        label=_("Jatuh tempo pertama"),
        widget=forms.DateInput,
        error_messages={"invalid": _("Pilih harinya dari kalender."), "required": _("Pilih harinya.")},
    )
    rest_on = forms.DateField(
        label=_("Sisa uang muka jatuh tempo"),
        widget=forms.DateInput,
        required=False,
        error_messages={"invalid": _("Pilih harinya dari kalender.")},
    )

    def parts(self, total_rp: int) -> list[Part]:
        given = self.cleaned_data
        if given["kind"] == self.DOWN_PAYMENT:
            rest_on = given["rest_on"] or given["first_on"]
            percent = given["percent"] or 50
            return down_payment(total_rp, percent=percent, due_on=given["first_on"], rest_on=rest_on)
        if given["kind"] == self.MONTHLY:
            return monthly(total_rp, count=given["count"] or 3, first_on=given["first_on"])
        return [Part(total_rp, given["first_on"])]
