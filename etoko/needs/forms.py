"""What is typed about needs, cleaned. Nothing is decided here but whether it can be read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.catalog.forms import text_field
from etoko.needs.capability import ANSWERS, STATEMENTS, Statement, statements_of
from etoko.needs.rubric import KINDS, SEVERITIES

SEVERITY_CHOICES = [(str(one.number), one.name) for one in SEVERITIES.values()]
SEVERITY_NOTES = {str(one.number): one.meaning for one in SEVERITIES.values()}


def severity_field(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=SEVERITY_CHOICES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih seberapa berat.")},
    )


class NeedForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Apa yang dibutuhkan?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jenis kebutuhannya.")},
    )
    text = text_field(
        _("Ceritakan"),
        1000,
        missing=_("Ceritakan apa yang dibutuhkan."),
        widget=forms.Textarea,
        help_text=_("Apa yang kurang, berapa, dan apa akibatnya. Dua kalimat cukup."),
    )
    severity = severity_field(_("Seberapa berat?"))


class VerifyForm(forms.Form):
    severity = severity_field(_("Seberapa berat menurut yang Anda lihat?"))
    reason = text_field(_("Yang Anda lihat atau tanyakan"), 500, required=False, widget=forms.Textarea)


class AssessmentForm(forms.Form):
    """One answer to each statement."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in STATEMENTS:
            self.fields[one.code] = _answer_field(one)

    def of_axis(self, axis: str) -> list[forms.BoundField]:
        return [self[one.code] for one in statements_of(axis)]


def _answer_field(statement: Statement) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=str(statement.text).rstrip("."),  # a colon may follow it
        choices=[(str(answer), words) for answer, words in ANSWERS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )
