"""The sheet as a form: what a phone sends, what is typed from paper, in the order of both."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from etoko.census.facts import LICENCES, NAMES, position_text
from etoko.registry.forms import (
    UNKNOWN_LABEL,
    DegreesField,
    LineField,
    NewBusinessForm,
    PlaceForm,
    TypedPhoneField,
    WholeField,
)
from etoko.registry.kinds import KIND_CHOICES
from etoko.registry.models import UNKNOWN, Licence, PublicConsent
from etoko.registry.sections import as_text
from etoko.registry.sizes import TURNOVER_BANDS

RUNNING, CLOSED, MOVED = "active", "closed", "moved"


class PositionField(LineField):
    """ "-6.3012, 106.5010" """

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        parts = re.split(r"\s*;\s*|,\s+|\s+|(?<=\d),(?=-?\d{2,3}\.)", text)
        if len(parts) != 2:
            raise forms.ValidationError(_t("Tulis dua angka, misalnya -6.3012, 106.5010, atau kosongkan."))
        latitude, longitude = (
            DegreesField(label="", least=least, most=most).clean(part)
            for part, (least, most) in zip(parts, ((-11, 7), (94, 142)), strict=True)
        )
        return position_text(latitude, longitude)


class KbliField(forms.CharField):
    """ "2020:10794"; "" is unknown. Whether the code exists the register knows."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if text and not re.fullmatch(r"20\d\d:\d{5}", text):
            raise forms.ValidationError(_t("Pilih salah satu kode dari hasil pencarian."))
        return text


def _licence_fields(kind: str) -> dict[str, forms.Field]:
    return {
        f"{kind}_status": forms.ChoiceField(
            label=NAMES[f"{kind}_status"], choices=[(UNKNOWN, UNKNOWN_LABEL), *Licence.STATUSES[:-1]]
        ),
        f"{kind}_number": LineField(label=NAMES[f"{kind}_number"], max_length=60, required=False),
    }


class SheetForm(forms.Form):
    name = LineField(label=NAMES["name"], max_length=200)
    owner_name = LineField(label=NAMES["owner_name"], max_length=200)
    phone = TypedPhoneField(label=NAMES["phone"], max_length=60, required=False)
    kind = forms.ChoiceField(label=NAMES["kind"], choices=KIND_CHOICES)
    products_text = LineField(label=NAMES["products_text"], max_length=500, required=False)
    street = LineField(label=NAMES["street"], max_length=300, required=False)
    rt = LineField(label="RT", max_length=10, required=False)
    rw = LineField(label="RW", max_length=10, required=False)
    landmark = LineField(label=NAMES["landmark"], max_length=200, required=False)
    position = PositionField(label=NAMES["position"], max_length=60, required=False)
    kbli = KbliField(label=_("Kode KBLI"), max_length=20, required=False)
    workers = WholeField(label=NAMES["workers"], required=False, least=0, most=100_000)
    turnover_band = forms.ChoiceField(
        label=NAMES["turnover_band"],
        choices=[(UNKNOWN, UNKNOWN_LABEL), *((band.slug, band.name) for band in TURNOVER_BANDS)],
    )
    nib_status, nib_number = _licence_fields("nib").values()
    pirt_status, pirt_number = _licence_fields("pirt").values()
    halal_status, halal_number = _licence_fields("halal").values()
    shown = forms.MultipleChoiceField(
        label=NAMES["shown"],
        choices=PublicConsent.WHAT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.ChoiceField(
        label=_("Persetujuan diberikan"),
        choices=[("kader", _("Lisan, saat saya datang")), ("paper", _("Di surat persetujuan"))],
        required=False,
        widget=forms.RadioSelect,
    )
    status = forms.ChoiceField(
        label=_("Keadaan usaha"),
        choices=[
            (RUNNING, _("Masih berjalan")),
            (CLOSED, _("Sudah tutup")),
            (MOVED, _("Pindah dari desa ini")),
        ],
        widget=forms.RadioSelect,
    )
    moved_to = LineField(label=_("Pindah ke mana"), max_length=200, required=False)
    is_right = forms.BooleanField(
        label=_("Saya sudah datang, dan data ini benar"),
        help_text=_("Usaha langsung terverifikasi."),
        required=False,
    )

    clean_name = NewBusinessForm.clean_name
    clean_rt, clean_rw = PlaceForm.clean_rt, PlaceForm.clean_rw

    def clean_nib_number(self) -> str:
        # Read off a paper in groups; thirteen digits are what counts.
        return re.sub(r"[\s.-]", "", self.cleaned_data["nib_number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("status") == MOVED and not cleaned.get("moved_to"):
            self.add_error("moved_to", _t("Tulis pindah ke mana, misalnya “Desa Daru” atau “tidak tahu”."))
        for kind in LICENCES:
            if cleaned.get(f"{kind}_number") and cleaned.get(f"{kind}_status") == UNKNOWN:
                cleaned[f"{kind}_status"] = "held"
        return cleaned

    def facts(self) -> dict[str, str]:
        """What it says, as the register would say it. Where a business went to is no fact of the register."""
        given = self.cleaned_data
        facts = {field: as_text(given[field]) for field in NAMES if field != "shown"}
        facts["shown"] = ",".join(sorted(given["shown"]))
        if facts["status"] == MOVED:
            facts["status"] = RUNNING
        return facts
