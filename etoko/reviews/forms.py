"""Clean input; nothing is decided here."""

from django import forms
from django.utils.translation import gettext_lazy

from etoko.catalog.rating import LEAST, MOST


class ReviewForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=gettext_lazy("Bintang"),
        coerce=int,
        choices=[(number, number) for number in range(LEAST, MOST + 1)],
        error_messages={
            "required": gettext_lazy("Ketuk bintangnya dulu, satu sampai lima."),
            "invalid_choice": gettext_lazy("Ketuk bintangnya dulu, satu sampai lima."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Ceritakan sedikit"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("Tulis paling banyak 2.000 huruf.")},
    )
    named = forms.BooleanField(label=gettext_lazy("Tampilkan nama depan dan desa saya"), required=False)
