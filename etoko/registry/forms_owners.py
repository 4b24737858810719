from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from etoko.registry.forms import LineField, clean_rt
from etoko.registry.models import DISABILITIES, EDUCATIONS


class OwnerDetailsForm(forms.Form):
    born_on = forms.DateField(label=_("Tanggal lahir"), required=False, widget=forms.DateInput)
    disability = forms.ChoiceField(label=_("Penyandang disabilitas"), choices=DISABILITIES)
    education = forms.ChoiceField(label=_("Pendidikan terakhir"), choices=EDUCATIONS)
    home_street = LineField(label=_("Alamat rumah"), max_length=300, required=False)
    home_rt = LineField(label="RT", required=False, max_length=10)
    home_rw = LineField(label="RW", required=False, max_length=10)
    home_village = LineField(label=_("Desa/Kelurahan"), max_length=100, required=False)
    home_district = LineField(label=_("Kecamatan"), max_length=100, required=False)
    home_regency = LineField(label=_("Kabupaten/Kota"), max_length=100, required=False)
    home_province = LineField(label=_("Provinsi"), max_length=100, required=False)

    def clean_born_on(self) -> date | None:
        born_on: date | None = self.cleaned_data["born_on"]
        if born_on and not date(1900, 1, 1) <= born_on <= timezone.localdate():
            raise forms.ValidationError(_t("Periksa tanggal lahirnya: belum tiba, atau terlalu lama lalu."))
        return born_on

    def clean_home_rt(self) -> str:
        return clean_rt(self.cleaned_data["home_rt"])

    def clean_home_rw(self) -> str:
        return clean_rt(self.cleaned_data["home_rw"])
