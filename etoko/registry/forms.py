"""Forms clean what was typed; whether it may be done is decided by the deeds."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from etoko.foundation.money import UnableToReadMoney, read_rupiah
from etoko.foundation.phones import UnableToReadPhone, read_phone, show_phone
from etoko.places.models import Area
from etoko.registry.importing.fields import DISABLED_PARTS, WORKER_PARTS
from etoko.registry.kinds import KIND_CHOICES
from etoko.registry.models import LEGAL_FORMS, SCALES, UNKNOWN, Business, Licence, Owner, PublicConsent
from etoko.registry.operations.editing import OwnerEntry, PhoneEntry
from etoko.registry.sections import FIELD_NAMES, as_text
from etoko.registry.sizes import CAPITAL_BANDS, TURNOVER_BANDS

MOST_OWNERS, MOST_PHONES = 5, 3
MOST_AMOUNT_RP = 999_999_999_999
UNKNOWN_LABEL = _("Tidak diketahui")


class LineField(forms.CharField):
    """One line: inner white space is folded, signs that show nothing are thrown away."""

    def to_python(self, value: Any) -> str:
        text = "".join(sign for sign in str(value or "") if sign.isprintable() or sign.isspace())
        return " ".join(text.split())


class TypedPhoneField(LineField):
    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return read_phone(text)
        except UnableToReadPhone as problem:
            raise forms.ValidationError(problem.sentence) from problem


class RupiahField(LineField):
    """A whole amount or nothing; nothing is unknown."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_rupiah(str(text), least_rp=0, most_rp=MOST_AMOUNT_RP)
        except UnableToReadMoney as problem:
            raise forms.ValidationError(problem.sentence) from problem


class WholeField(LineField):
    """A whole number within bounds, or nothing."""

    def __init__(self, *, least: int, most: int, **more: Any) -> None:
        super().__init__(max_length=20, **more)
        self.least, self.most = least, most

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).replace(".", "")
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            raise forms.ValidationError(
                _t("Tulis angka antara %(least)s dan %(most)s, atau kosongkan.")
                % {"least": self.least, "most": self.most}
            )
        return int(text)


class DegreesField(LineField):
    """Degrees with point or comma: "-6.3012" or "-6,3012"; nothing is unknown."""

    def __init__(self, *, least: int, most: int, **more: Any) -> None:
        super().__init__(max_length=30, required=False, **more)
        self.least, self.most = least, most

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).replace(",", ".")
        if not text:
            return None
        plain = re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?°?", text)
        degrees = Decimal(text.rstrip("°")).quantize(Decimal("0.000001")) if plain else None
        if degrees is None or not self.least <= degrees <= self.most:
            raise forms.ValidationError(
                _t("Letaknya harus di Indonesia: tulis angka antara %(least)s dan %(most)s.")
                % {"least": self.least, "most": self.most}
            )
        return degrees


def _rt_field(label: str) -> LineField:
    return LineField(label=label, required=False, max_length=10)


def clean_rt(text: str) -> str:
    """ "3", "RT. 03" → "003"."""
    digits = re.sub(r"[^0-9]", "", text)
    if not digits:
        return ""
    if len(digits) > 3:
        raise forms.ValidationError(_t("RT dan RW paling banyak tiga angka."))
    return digits.zfill(3)


class NewBusinessForm(forms.Form):
    name = LineField(label=_("Nama usaha"), max_length=200)
    owner_name = LineField(label=_("Nama pemilik"), max_length=200)
    phone = TypedPhoneField(label=_("Nomor WhatsApp"), max_length=60, required=False)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Desa"), empty_label=None)
    kind = forms.ChoiceField(label=_("Jenis usaha"), choices=KIND_CHOICES)
    products_text = LineField(label=_("Produk"), max_length=500, required=False)

    def __init__(self, *args: Any, villages: Sequence[Area], **more: Any) -> None:
        super().__init__(*args, **more)
        _offer_villages(self.fields["area"], villages)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not any(sign.isalnum() for sign in name):
            raise forms.ValidationError(_t("Tulis nama usaha dengan huruf, misalnya Kerupuk Bu Rahma."))
        return name


class IdentityForm(forms.Form):
    name = LineField(label=_("Nama usaha"), max_length=200)
    legal_form = forms.ChoiceField(label=_("Bentuk usaha"), choices=LEGAL_FORMS)
    started_month = WholeField(label=_("Mulai bulan"), required=False, least=1, most=12)
    started_year = WholeField(label=_("Mulai tahun"), required=False, least=1900, most=2100)
    profile = forms.CharField(
        label=_("Tentang usaha"), max_length=2_000, required=False, widget=forms.Textarea
    )

    def clean_name(self) -> str:
        return NewBusinessForm.clean_name(self)  # type: ignore[arg-type]

    def clean_profile(self) -> str:
        return str(self.cleaned_data["profile"]).replace("\r\n", "\n").strip()

    def clean_started_year(self) -> int | None:
        year: int | None = self.cleaned_data["started_year"]
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError(_t("Tahun itu belum tiba."))
        return year


class PlaceForm(forms.Form):
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Desa"), empty_label=None)
    street = LineField(label=_("Jalan atau kampung"), max_length=300, required=False)
    rt = _rt_field("RT")
    rw = _rt_field("RW")
    landmark = LineField(label=_("Patokan"), max_length=200, required=False)
    latitude = DegreesField(label=_("Lintang"), least=-11, most=7)
    longitude = DegreesField(label=_("Bujur"), least=94, most=142)

    def __init__(self, *args: Any, villages: Sequence[Area], **more: Any) -> None:
        super().__init__(*args, **more)
        _offer_villages(self.fields["area"], villages)

    def clean_rt(self) -> str:
        return clean_rt(self.cleaned_data["rt"])

    def clean_rw(self) -> str:
        return clean_rt(self.cleaned_data["rw"])


class ProductsForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis usaha"), choices=KIND_CHOICES)
    activity = LineField(label=_("Kegiatan utama"), max_length=300, required=False)
    products_text = LineField(label=_("Produk"), max_length=500, required=False)
    opening_hours = LineField(label=_("Jam buka"), max_length=200, required=False)
    kbli = forms.CharField(label=_("Kode KBLI"), max_length=20, required=False)
    """ "2020:10794"; "" is unknown."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        edition, _colon, code = str(cleaned.get("kbli", "")).partition(":")
        if cleaned.get("kbli") and not (edition.isdigit() and re.fullmatch(r"\d{5}", code)):
            self.add_error("kbli", _t("Pilih salah satu kode dari hasil pencarian."))
        cleaned["kbli_edition"] = int(edition) if code and edition.isdigit() else None
        cleaned["kbli_code"] = code
        return cleaned


class SizeForm(forms.Form):
    workers = WholeField(label=_("Tenaga kerja"), required=False, least=0, most=100_000)
    turnover_band = forms.ChoiceField(
        label=_("Omzet setahun"),
        choices=[(UNKNOWN, UNKNOWN_LABEL), *((band.slug, band.name) for band in TURNOVER_BANDS)],
    )
    turnover_rp = RupiahField(label=_("Omzet setahun, kalau tahu angkanya"), required=False, max_length=30)
    capital_band = forms.ChoiceField(
        label=_("Modal usaha"),
        choices=[(UNKNOWN, UNKNOWN_LABEL), *((band.slug, band.name) for band in CAPITAL_BANDS)],
    )
    capital_rp = RupiahField(label=_("Modal usaha, kalau tahu angkanya"), required=False, max_length=30)
    assets_rp = RupiahField(label=_("Aset"), required=False, max_length=30)
    scale_reported = forms.ChoiceField(label=_("Skala menurut pemilik"), choices=SCALES)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in (*WORKER_PARTS, *DISABLED_PARTS):
            self.fields[name] = WholeField(label=FIELD_NAMES[name], required=False, least=0, most=100_000)


SECTION_FORMS: dict[str, type[forms.Form]] = {
    "identitas": IdentityForm,
    "alamat": PlaceForm,
    "produk": ProductsForm,
    "skala": SizeForm,
}


class ContactsForm(forms.Form):
    """Owners and phones as numbered rows; an emptied row is taken away, the last ones are new."""

    def __init__(self, *args: Any, business: Business, **more: Any) -> None:
        self.owners = list(business.owners.order_by("pk"))[:MOST_OWNERS]
        phones = list(business.phones.all())[:MOST_PHONES]
        super().__init__(*args, **more)
        genders = Owner._meta.get_field("gender").flatchoices
        self.owner_rows = min(len(self.owners) + 1, MOST_OWNERS)
        for at in range(1, self.owner_rows + 1):
            owner = self.owners[at - 1] if at <= len(self.owners) else None
            self.fields[f"owner_{at}_name"] = LineField(
                label=_("Nama pemilik") if owner or at == 1 else _("Pemilik lain"),
                max_length=200,
                required=at == 1,
                initial=owner.name if owner else "",
            )
            self.fields[f"owner_{at}_gender"] = forms.ChoiceField(
                label=_("Jenis kelamin"), choices=genders, initial=owner.gender if owner else UNKNOWN
            )
        for at in range(1, MOST_PHONES + 1):
            phone = phones[at - 1] if at <= len(phones) else None
            self.fields[f"phone_{at}"] = TypedPhoneField(
                label=_("Nomor WhatsApp") if at == 1 else _("Nomor lain"),
                max_length=60,
                required=False,
                initial=show_phone(phone.phone) if phone else "",
            )
            self.fields[f"note_{at}"] = LineField(
                label=_("Milik siapa"), max_length=60, required=False, initial=phone.note if phone else ""
            )

    def entries(self) -> tuple[list[OwnerEntry], list[PhoneEntry]]:
        given = self.cleaned_data
        owners = [
            OwnerEntry(
                given[f"owner_{at}_name"],
                given[f"owner_{at}_gender"],
                self.owners[at - 1].pk if at <= len(self.owners) else None,
            )
            for at in range(1, self.owner_rows + 1)
            if given[f"owner_{at}_name"]
        ]
        phones: dict[str, PhoneEntry] = {}
        for at in range(1, MOST_PHONES + 1):
            if given[f"phone_{at}"]:
                phones.setdefault(given[f"phone_{at}"], PhoneEntry(given[f"phone_{at}"], given[f"note_{at}"]))
        return owners, list(phones.values())


class LicenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis izin"), choices=Licence.KINDS)
    status = forms.ChoiceField(label=_("Status"), choices=Licence.STATUSES)
    number = LineField(label=_("Nomor izin"), max_length=60, required=False)
    issuer = LineField(label=_("Penerbit"), max_length=100, required=False)
    issued_on = forms.DateField(label=_("Tanggal terbit"), required=False, widget=forms.DateInput)
    expires_on = forms.DateField(label=_("Berlaku sampai"), required=False, widget=forms.DateInput)
    scan = forms.FileField(label=_("Foto atau PDF izin"), required=False)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        # A NIB is read off a paper in groups; thirteen digits are what counts.
        return re.sub(r"[\s.-]", "", number) if self.cleaned_data.get("kind") == "nib" else number


class ConsentForm(forms.Form):
    shown = forms.MultipleChoiceField(
        label=_("Yang boleh dilihat umum"),
        choices=PublicConsent.WHAT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.ChoiceField(
        label=_("Persetujuan diberikan"),
        choices=[
            ("kader", _("Lisan, saat saya datang")),
            ("paper", _("Di surat persetujuan")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    text_version = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    """The text that stood on the page."""


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Yang perlu diperbaiki"), max_length=1_000, widget=forms.Textarea)


def section_initial(business: Business, fields: Sequence[str]) -> dict[str, Any]:
    """What a part of the record puts into its form."""
    initial: dict[str, Any] = {
        field: business.area_id if field == "area" else getattr(business, field) for field in fields
    }
    if "kbli_code" in initial:
        code = initial["kbli_code"]
        initial["kbli"] = f"{initial['kbli_edition']}:{code}" if code else ""
    for field in ("latitude", "longitude"):
        if initial.get(field) is not None:
            initial[field] = as_text(initial[field])
    return initial


def _offer_villages(field: Any, villages: Sequence[Area]) -> None:
    field.queryset = Area.objects.filter(pk__in=[village.pk for village in villages])
    field.choices = [(village.pk, village.name) for village in villages]
