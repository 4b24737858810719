from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.registry.forms import LineField, TypedPhoneField
from etoko.registry.models import UNKNOWN, Owner


class CloseForm(forms.Form):
    reason = LineField(label=_("Mengapa usahanya tutup?"), max_length=200)


class MergeForm(forms.Form):
    kept = forms.ChoiceField(label=_("Catatan mana yang dipakai?"), widget=forms.RadioSelect)
    reason = LineField(label=_("Alasan"), max_length=200, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["kept"]
        field.choices = choices


class SplitForm(forms.Form):
    name = LineField(label=_("Nama usaha yang baru"), max_length=200)
    parts = forms.MultipleChoiceField(
        label=_("Yang menjadi milik usaha baru"), widget=forms.CheckboxSelectMultiple
    )
    reason = LineField(label=_("Alasan"), max_length=200, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["parts"]
        field.choices = choices


class HandOverForm(forms.Form):
    owner = forms.ChoiceField(label=_("Pemilik yang digantikan"))
    name = LineField(label=_("Pemilik yang baru"), max_length=200)
    gender = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=Owner._meta.get_field("gender").flatchoices, initial=UNKNOWN
    )
    phone = TypedPhoneField(label=_("Nomor WhatsApp pemilik baru"), max_length=60, required=False)
    reason = LineField(label=_("Alasan"), max_length=200, required=False)

    def __init__(self, *args: Any, owners: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["owner"]
        field.choices = owners
