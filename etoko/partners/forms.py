"""What is typed about partners, cleaned. Nothing is decided here but whether it can be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from etoko.catalog.forms import text_field
from etoko.groups.forms import day_field
from etoko.partners.helices import HELICES, REACHES
from etoko.partners.models import Interest, Mandate
from etoko.people.forms import NameField, PhoneField


class OrganisationForm(forms.Form):
    """`record_name`: of the record on which it stands, whose name it has; `areas`: where to choose from,
    None where the place is given; `with_helix`: whether she may say which helix it is."""

    area = forms.ChoiceField(
        label=_("Mitra untuk wilayah"), error_messages={"required": _("Pilih wilayahnya.")}
    )
    name = text_field(_("Nama mitra"), 160, missing=_("Tulis nama mitranya."))
    helix = forms.ChoiceField(
        label=_("Unsur"),
        choices=HELICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih unsurnya.")},
    )
    kind = text_field(
        _("Jenis"),
        80,
        missing=_("Tulis jenisnya, misalnya Perguruan tinggi."),
        help_text=_("Misalnya Dinas, Perguruan tinggi, Hotel, Radio."),
    )
    reach = forms.ChoiceField(
        label=_("Tingkat"),
        choices=REACHES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih tingkatnya.")},
    )
    about = text_field(_("Tentang mitra ini"), 600, required=False, widget=forms.Textarea)
    offers = text_field(
        _("Yang bisa diberikan"),
        600,
        required=False,
        widget=forms.Textarea,
        help_text=_("Misalnya pelatihan kemasan, tempat pameran, pesanan rutin."),
    )
    wants = text_field(
        _("Yang dicari"),
        600,
        required=False,
        widget=forms.Textarea,
        help_text=_("Misalnya pemasok kue kotak, bahan penelitian, cerita untuk diliput."),
    )
    phone = PhoneField(
        label=_("Nomor HP atau WhatsApp kantor"), required=False, help_text=_("Semua orang bisa melihatnya.")
    )
    mail = forms.EmailField(
        label=_("Surel"),
        required=False,
        max_length=120,
        error_messages={"invalid": _("Tulis seperti nama@kantor.go.id, atau kosongkan.")},
    )
    website = forms.URLField(
        label=_("Situs"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("Tulis seperti kantor.go.id, atau kosongkan.")},
    )
    street = text_field(_("Alamat"), 200, required=False)

    def __init__(
        self,
        *args: Any,
        areas: Sequence[tuple[str, str]] | None = None,
        record_name: str = "",
        with_helix: bool = True,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if areas is None:
            del self.fields["area"]
        else:
            field = self.fields["area"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(areas)
        if record_name:
            del self.fields["name"]
        if not with_helix:
            del self.fields["helix"]


class MandateForm(forms.Form):
    phone = PhoneField(label=_("Nomor HP orangnya"))
    name = NameField(
        required=False, label=_("Nama"), help_text=_("Perlu diisi kalau nomor ini belum punya akun.")
    )
    kind = forms.ChoiceField(
        label=_("Jenis mandat"),
        choices=Mandate.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jenis mandatnya.")},
    )
    role = text_field(
        _("Jabatan"),
        80,
        missing=_("Tulis jabatannya."),
        help_text=_("Seperti tertulis di SK atau surat tugasnya."),
    )
    decree_number = text_field(
        _("Nomor SK, surat tugas, atau berita acara"),
        80,
        required=False,
        help_text=_("Tamu boleh tanpa nomor."),
    )
    starts_on = day_field(_("Mulai"))
    ends_on = day_field(
        _("Hari terakhir"), required=False, help_text=_("Kosong berarti sampai diakhiri. Tamu harus punya.")
    )


KIND_NOTES = {
    Mandate.LEAD: _("Bicara atas nama mitra, mengubah datanya, dan memberi mandat."),
    Mandate.SPEAKER: _("Bicara atas nama mitra: berjanji, menilai, memberi suara."),
    Mandate.GUEST: _("Bicara atas nama mitra untuk waktu tertentu, misalnya selama kunjungan."),
}


class EndForm(forms.Form):
    successor = forms.ChoiceField(label=_("Diserahkan kepada"), required=False, widget=forms.RadioSelect)
    reason = text_field(_("Alasan"), 300, required=False)

    def __init__(self, *args: Any, successors: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(successors)
        if not successors:
            del self.fields["successor"]


class InterestForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Apa hubungan Anda?"),
        choices=Interest.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih hubungannya.")},
    )
    note = text_field(
        _("Keterangan"), 300, required=False, help_text=_("Misalnya: adik ipar saya pemiliknya.")
    )
