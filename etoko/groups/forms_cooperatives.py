"""What is typed about cooperatives, cleaned."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.forms import text_field
from etoko.foundation.days import INDONESIAN_MONTHS
from etoko.groups.forms import MoneyField, day_field
from etoko.groups.models_cooperatives import Cooperative, Permission
from etoko.groups.operations.cooperating import CooperativeFacts
from etoko.registry.models import Business

_NUMBER = dict.fromkeys(("required", "invalid", "min_value"), gettext_lazy("Tulis dengan angka."))


class CooperativeForm(forms.Form):
    area = forms.ChoiceField(
        label=gettext_lazy("Desa"), error_messages={"required": gettext_lazy("Pilih desanya.")}
    )
    name = text_field(gettext_lazy("Nama koperasi"), 120, missing=gettext_lazy("Tulis nama koperasinya."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis"),
        choices=Cooperative.KINDS,
        widget=forms.RadioSelect,
        initial=Cooperative.ORDINARY,
    )
    trade = text_field(gettext_lazy("Jenis usaha"), 120, required=False)
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Layanan"),
        choices=Cooperative.SERVICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    legal = forms.ChoiceField(
        label=gettext_lazy("Status hukum"),
        choices=Cooperative.LEGAL,
        widget=forms.RadioSelect,
        initial=Cooperative.NOT_YET,
    )
    legal_number = text_field(gettext_lazy("Nomor badan hukum"), 60, required=False)
    founded_on = day_field(gettext_lazy("Berdiri"), required=False)
    women = forms.IntegerField(
        label=gettext_lazy("Anggota perempuan"), required=False, min_value=0, error_messages=_NUMBER
    )
    men = forms.IntegerField(
        label=gettext_lazy("Anggota laki-laki"), required=False, min_value=0, error_messages=_NUMBER
    )
    rat_month = forms.TypedChoiceField(
        label=gettext_lazy("RAT setiap bulan"),
        choices=list(enumerate(INDONESIAN_MONTHS, 1)),
        coerce=int,
        initial=3,
    )
    business = forms.ChoiceField(label=gettext_lazy("Berjualan sebagai"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        villages: Sequence[tuple[str, str]] = (),
        businesses: Sequence[Business] = (),
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.businesses = {one.public_id: one for one in businesses}
        if villages:
            self.fields["area"].choices = villages  # type: ignore[attr-defined]
            del self.fields["business"]
        else:
            del self.fields["area"]
            self.fields["business"].choices = [  # type: ignore[attr-defined]
                ("", _("Belum berjualan")),
                *((one.public_id, one.name) for one in businesses),
            ]

    def facts(self) -> CooperativeFacts:
        data = dict(self.cleaned_data)
        data.pop("area", None)
        business = self.businesses.get(data.pop("business", ""))
        return CooperativeFacts(business=business, **{**data, "services": tuple(data["services"])})


class YearlyMeetingForm(forms.Form):
    about_year = forms.IntegerField(label=gettext_lazy("Tahun buku"), error_messages=_NUMBER)
    held_on = day_field(gettext_lazy("Hari RAT"))
    present = forms.IntegerField(
        label=gettext_lazy("Anggota yang hadir"), min_value=1, error_messages=_NUMBER
    )
    turnover_rp = MoneyField(label=gettext_lazy("Omzet tahun itu"))
    surplus_rp = MoneyField(
        label=gettext_lazy("SHU tahun itu"), help_text=gettext_lazy("Kosongkan kalau belum diketahui.")
    )


class ProposalForm(forms.Form):
    product = forms.TypedChoiceField(
        label=gettext_lazy("Barang di toko koperasi"),
        coerce=int,
        error_messages={"required": gettext_lazy("Pilih barangnya.")},
    )
    business = forms.ChoiceField(
        label=gettext_lazy("Buatan usaha anggota"),
        error_messages={"required": gettext_lazy("Pilih usahanya.")},
    )
    member_rp = MoneyField(label=gettext_lazy("Untuk anggota, setiap barang"), required=True)
    sees = forms.ChoiceField(
        label=gettext_lazy("Anggota melihat"),
        choices=Permission.SEES,
        widget=forms.RadioSelect,
        initial=Permission.SUMS,
    )
    edits = forms.ChoiceField(
        label=gettext_lazy("Yang boleh mengubah"),
        choices=Permission.EDITS,
        widget=forms.RadioSelect,
        initial=Permission.NOTHING,
    )
    note = text_field(gettext_lazy("Catatan"), 300, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        products: Sequence[tuple[int, str]],
        businesses: Sequence[Business],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.businesses = {one.public_id: one for one in businesses}
        self.fields["product"].choices = products  # type: ignore[attr-defined]
        self.fields["business"].choices = [(one.public_id, one.name) for one in businesses]  # type: ignore[attr-defined]
