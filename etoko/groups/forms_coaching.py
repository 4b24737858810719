"""What is typed about a visit, cleaned."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.forms import text_field
from etoko.groups.forms import day_field
from etoko.groups.operations.visiting import NewAction

ACTIONS = 3


class VisitForm(forms.Form):
    visited_on = day_field(gettext_lazy("Hari kunjungan"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Lamanya"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Tulis berapa menit.")),
    )
    findings = text_field(
        gettext_lazy("Yang ditemukan"),
        5000,
        missing=gettext_lazy("Tulis apa yang ditemukan."),
        widget=forms.Textarea,
    )
    next_on = day_field(gettext_lazy("Kunjungan berikutnya"))

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        for number in range(ACTIONS):
            self.fields[f"what_{number}"] = text_field(
                _("Tindak lanjut %(number)s") % {"number": number + 1}, 200, required=False
            )
            self.fields[f"who_{number}"] = text_field(_("Siapa yang mengerjakan"), 120, required=False)
            self.fields[f"until_{number}"] = day_field(_("Sampai"), required=False)
        self.order_fields([name for name in self.fields if name != "next_on"] + ["next_on"])

    def actions(self) -> list[NewAction]:
        data = self.cleaned_data
        return [
            NewAction(
                data[f"what_{number}"], data[f"who_{number}"], data[f"until_{number}"] or data["next_on"]
            )
            for number in range(ACTIONS)
            if data[f"what_{number}"] or data[f"who_{number}"]
        ]


class PlanForm(forms.Form):
    next_on = day_field(gettext_lazy("Kunjungan berikutnya"))
