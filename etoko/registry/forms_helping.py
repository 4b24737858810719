from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.registry.forms import LineField


class AskHelpForm(forms.Form):
    kind = forms.ChoiceField(label=_("Izin yang mau diurus"))
    day_on = forms.DateField(label=_("Hari yang Anda inginkan"), widget=forms.DateInput)
    note = LineField(label=_("Pesan untuk petugas"), max_length=300, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["kind"]
        field.choices = choices


class DayForm(forms.Form):
    day_on = forms.DateField()
    answer = LineField(max_length=300, required=False)
