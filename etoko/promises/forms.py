"""What is typed about promises, cleaned. Nothing is decided here but whether it can be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.catalog.forms import text_field
from etoko.groups.forms import day_field
from etoko.promises.models import Promise


class PromiseForm(forms.Form):
    """`partners`: (public id, name) of whom the promise may be for."""

    what = text_field(
        _("Apa yang dijanjikan?"),
        300,
        missing=_("Tulis apa yang dijanjikan."),
        widget=forms.Textarea,
        help_text=_("Satu janji, yang bisa dilihat selesai atau belum: “Melatih 20 perajin membuat label”."),
    )
    for_organisation = forms.ChoiceField(label=_("Untuk mitra"), required=False)
    for_words = text_field(
        _("Atau untuk siapa"),
        160,
        required=False,
        help_text=_("Kalau bukan satu mitra, misalnya: penjual kerupuk di Taban."),
    )
    due_on = day_field(_("Paling lambat"))
    origin = forms.ChoiceField(
        label=_("Asal janji"), choices=Promise.ORIGINS, widget=forms.RadioSelect, initial=Promise.OWN_WORD
    )
    origin_words = text_field(
        _("Kesepakatan, rapat, atau masalah yang mana"),
        160,
        required=False,
        help_text=_("Kosong untuk janji sendiri."),
    )

    def __init__(self, *args: Any, partners: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["for_organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Bukan satu mitra")), *partners]


class ReportForm(forms.Form):
    reason = text_field(
        _("Apa yang sudah dilakukan?"),
        500,
        missing=_("Tulis apa yang sudah dilakukan."),
        widget=forms.Textarea,
    )


class ObjectionForm(forms.Form):
    text = text_field(
        _("Mengapa tidak seharusnya dihitung?"),
        500,
        missing=_("Tulis mengapa janji ini tidak seharusnya dihitung."),
        widget=forms.Textarea,
    )
