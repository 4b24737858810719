"""What is typed about groups, cleaned. Nothing is decided here but whether it can be read."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.forms import read_or_refuse, text_field
from etoko.foundation.money import read_rupiah
from etoko.foundation.phones import read_phone
from etoko.groups.models import LEVELS, Group, Member, Office
from etoko.groups.operations.founding import GroupFacts
from etoko.groups.operations.joining import MemberFacts
from etoko.groups.operations.meeting import Minutes
from etoko.registry.models import Business

_NO_DAY = dict.fromkeys(("required", "invalid"), gettext_lazy("Pilih harinya."))


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, error_messages=_NO_DAY, **more)


class MoneyField(forms.CharField):
    """Whole rupiah as an int; empty is nought where it may be empty."""

    def __init__(self, *, label: Any, required: bool = False, missing: Any = "", **more: Any) -> None:
        messages = {"required": missing or gettext_lazy("Tulis jumlahnya.")}
        super().__init__(label=label, required=required, max_length=40, error_messages=messages, **more)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return 0
        return read_or_refuse(lambda text: read_rupiah(text, least_rp=0), typed)


class GroupForm(forms.Form):
    area = forms.ChoiceField(
        label=gettext_lazy("Desa"), error_messages={"required": gettext_lazy("Pilih desanya.")}
    )
    name = text_field(gettext_lazy("Nama kelompok"), 120, missing=gettext_lazy("Tulis nama kelompoknya."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis"), choices=Group.KINDS, widget=forms.RadioSelect, initial=Group.POKSUS
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Tingkat sekarang"), choices=LEVELS, widget=forms.RadioSelect
    )
    hamlet = text_field(gettext_lazy("Kampung"), 120, required=False)
    founded_on = day_field(gettext_lazy("Berdiri"), required=False)
    monthly_saving_rp = MoneyField(label=gettext_lazy("Simpanan wajib sebulan"))
    monthly_dues_rp = MoneyField(label=gettext_lazy("Iuran sebulan"))
    charge_percent = text_field(
        gettext_lazy("Jasa pinjaman sebulan"), 6, required=False, help_text=gettext_lazy("Misalnya 1,5")
    )
    bank_account = text_field(gettext_lazy("Rekening kelompok"), 120, required=False)
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
        if villages:
            self.fields["area"].choices = villages  # type: ignore[attr-defined]
        else:  # of a group that is there already: its village stays, and the PKK gives its level
            del self.fields["area"], self.fields["level"]
        self.businesses = {one.public_id: one for one in businesses}
        if businesses:
            self.fields["business"].choices = [  # type: ignore[attr-defined]
                ("", _("Belum berjualan")),
                *((one.public_id, one.name) for one in businesses),
            ]
        else:
            del self.fields["business"]

    def clean_charge_percent(self) -> Decimal:
        typed = self.cleaned_data["charge_percent"].strip().rstrip("%").strip()
        if not typed:
            return Decimal(0)
        match = re.fullmatch(r"(\d{1,2})(?:[.,](\d{1,2}))?", typed)
        if match is None or Decimal(typed.replace(",", ".")) > 20:
            raise forms.ValidationError(_("Tulis persennya dengan angka, misalnya 1,5. Paling banyak 20."))
        return Decimal(typed.replace(",", "."))

    def facts(self) -> GroupFacts:
        data = self.cleaned_data
        names = set(GroupFacts.__slots__) - {"business"}
        business = self.businesses.get(data.get("business", ""))
        return GroupFacts(business=business, **{name: data[name] for name in names})


class MemberForm(forms.Form):
    name = text_field(gettext_lazy("Nama"), 200, missing=gettext_lazy("Tulis namanya."))
    gender = forms.ChoiceField(
        label=gettext_lazy("Jenis kelamin"),
        choices=Member.GENDERS,
        widget=forms.RadioSelect,
        initial="female",
    )
    phone = text_field(
        gettext_lazy("Nomor WhatsApp"),
        60,
        required=False,
        help_text=gettext_lazy("Dengan nomor ini ia bisa melihat simpanan dan pinjamannya sendiri."),
    )
    joined_on = day_field(gettext_lazy("Masuk"))
    business = forms.ChoiceField(label=gettext_lazy("Usahanya"), required=False)

    def __init__(self, data: Any = None, *, businesses: Sequence[Business] = (), **more: Any) -> None:
        super().__init__(data, **more)
        self.businesses = {one.public_id: one for one in businesses}
        self.fields["business"].choices = [  # type: ignore[attr-defined]
            ("", _("Tidak ada atau belum terdata")),
            *((one.public_id, one.name) for one in businesses),
        ]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return str(read_or_refuse(read_phone, typed)) if typed else ""

    def facts(self) -> MemberFacts:
        data = self.cleaned_data
        business = self.businesses.get(data["business"])
        return MemberFacts(data["name"], data["gender"], data["phone"], business)


class OfficeForm(forms.Form):
    office = forms.ChoiceField(
        label=gettext_lazy("Jabatan"),
        choices=[("", gettext_lazy("Anggota biasa")), *Office.NAMES],
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy("Yang sebelumnya memegang jabatan ini digantikan mulai hari ini."),
    )


class LeaveForm(forms.Form):
    left_on = day_field(gettext_lazy("Hari terakhir"))


class LevelForm(forms.Form):
    level = forms.ChoiceField(
        label=gettext_lazy("Tingkat"),
        choices=LEVELS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih tingkatnya.")},
    )
    from_on = day_field(gettext_lazy("Berlaku mulai"))
    reason = text_field(
        gettext_lazy("Alasan"), 300, missing=gettext_lazy("Tulis alasannya, misalnya hasil penilaian.")
    )


class MeetingForm(forms.Form):
    held_on = day_field(gettext_lazy("Hari rapat"))
    agenda = text_field(
        gettext_lazy("Acara"),
        200,
        missing=gettext_lazy("Tulis acaranya, misalnya Rapat bulanan."),
        initial=gettext_lazy("Rapat bulanan"),
    )
    place = text_field(gettext_lazy("Tempat"), 120, required=False)
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Yang hadir"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tandai siapa yang hadir.")},
    )
    notes = text_field(gettext_lazy("Pembicaraan"), 5000, required=False, widget=forms.Textarea)
    decisions = text_field(gettext_lazy("Keputusan"), 5000, required=False, widget=forms.Textarea)

    def __init__(self, data: Any = None, *, members: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["present"].choices = [(str(number), name) for number, name in members]  # type: ignore[attr-defined]

    def minutes(self) -> Minutes:
        return Minutes(**{name: self.cleaned_data[name] for name in Minutes.__slots__})

    def numbers(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["present"]]
