from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.exchange.scopes import SCOPES

LASTS = [("30", _("30 hari")), ("90", _("90 hari")), ("365", _("1 tahun"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Nama kunci"), max_length=60, help_text=_("Dipakai di mana, misalnya Situs desa Taban.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Boleh membaca"),
        choices=[(scope, words[0]) for scope, words in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    lasts = forms.TypedChoiceField(label=_("Berlaku"), choices=LASTS, coerce=int, initial="90")
