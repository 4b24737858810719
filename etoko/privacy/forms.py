from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.privacy.models import Breach


class BreachForm(forms.ModelForm[Breach]):
    class Meta:
        model = Breach
        fields = ("found_at", "what", "leaked", "people", "handling")

    found_at = forms.DateTimeField(label=_("Kapan diketahui"), input_formats=["%Y-%m-%dT%H:%M"])
    what = forms.CharField(label=_("Apa yang terjadi"), max_length=4000)
    leaked = forms.CharField(label=_("Data apa yang kena"), max_length=4000)
    people = forms.IntegerField(label=_("Berapa orang"), min_value=0, max_value=2_000_000_000, required=False)
    handling = forms.CharField(label=_("Apa yang sudah dan akan dilakukan"), max_length=4000, required=False)


class ClosingForm(forms.Form):
    """`passphrase` is asked of those who have one and did not prove themselves lately."""

    sure = forms.BooleanField(
        label=_("Saya mengerti: akun tidak bisa dikembalikan."),
        error_messages={"required": _("Centang dulu bahwa Anda mengerti.")},
    )
    forget_owner = forms.BooleanField(required=False)
    passphrase = forms.CharField(required=False, strip=False)

    def __init__(self, *args: Any, asks_passphrase: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not asks_passphrase:
            del self.fields["passphrase"]
