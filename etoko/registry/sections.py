"""The parts in which a record is shown and edited, and the words of its facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etoko.registry.importing.fields import DISABLED_PARTS, WORKER_PARTS


@dataclass(frozen=True)
class Section:
    slug: str
    """What stands in the address."""
    title: Promise
    fields: tuple[str, ...]
    needs_new_look: bool
    """Whether a verified record goes back to the verifiers when its owner changes this part."""


SECTIONS: dict[str, Section] = {
    section.slug: section
    for section in (
        Section(
            "identitas",
            _("Usaha"),
            ("name", "legal_form", "started_month", "started_year", "profile"),
            needs_new_look=True,
        ),
        Section("kontak", _("Pemilik dan HP"), ("owners", "phones"), needs_new_look=True),
        Section(
            "alamat",
            _("Alamat dan letak"),
            ("area", "street", "rt", "rw", "landmark", "latitude", "longitude"),
            needs_new_look=True,
        ),
        Section(
            "produk",
            _("Jenis dan produk"),
            ("kind", "activity", "products_text", "opening_hours", "kbli_edition", "kbli_code"),
            needs_new_look=False,
        ),
        Section(
            "skala",
            _("Ukuran usaha"),
            (
                "workers",
                *WORKER_PARTS,
                *DISABLED_PARTS,
                "turnover_rp",
                "turnover_band",
                "capital_rp",
                "capital_band",
                "assets_rp",
                "scale_reported",
            ),
            needs_new_look=False,
        ),
    )
}

FIELD_NAMES: dict[str, Promise] = {
    "name": _("Nama usaha"),
    "legal_form": _("Bentuk usaha"),
    "started_year": _("Mulai tahun"),
    "status": _("Masih berjalan"),
    "profile": _("Tentang usaha"),
    "closed_reason": _("Alasan tutup"),
    "parts": _("Yang ikut"),
    "owners": _("Pemilik"),
    "owner": _("Pemilik"),
    "phones": _("Nomor HP"),
    "phone": _("Nomor HP"),
    "area": _("Desa"),
    "street": _("Jalan atau kampung"),
    "rt": _("RT"),
    "rw": _("RW"),
    "landmark": _("Patokan"),
    "latitude": _("Lintang"),
    "longitude": _("Bujur"),
    "kind": _("Jenis usaha"),
    "products_text": _("Produk"),
    "opening_hours": _("Jam buka"),
    "kbli_edition": _("Edisi KBLI"),
    "kbli_code": _("Kode KBLI"),
    "kbli_text": _("Kode KBLI di daftar asal"),
    "kbli_category": _("Kategori KBLI"),
    "activity": _("Kegiatan utama"),
    "started_month": _("Mulai bulan"),
    "assets_rp": _("Aset"),
    "paid_men": _("Dibayar, laki-laki"),
    "paid_women": _("Dibayar, perempuan"),
    "unpaid_men": _("Tidak dibayar, laki-laki"),
    "unpaid_women": _("Tidak dibayar, perempuan"),
    "paid_disabled_men": _("Dibayar, disabilitas laki-laki"),
    "paid_disabled_women": _("Dibayar, disabilitas perempuan"),
    "unpaid_disabled_men": _("Tidak dibayar, disabilitas laki-laki"),
    "unpaid_disabled_women": _("Tidak dibayar, disabilitas perempuan"),
    "source_ref": _("Nomor di sumbernya"),
    "source_photo": _("Foto di sumbernya"),
    "source_pulled_at": _("Ditarik dari sumbernya"),
    "source_updated_at": _("Diubah di sumbernya"),
    "source_page": _("Halaman sumbernya"),
    "nik": _("NIK"),
    "owner_details": _("Data pribadi pemilik"),
    "born_on": _("Tanggal lahir"),
    "disability": _("Penyandang disabilitas"),
    "education": _("Pendidikan"),
    "home_province": _("Provinsi rumah"),
    "home_regency": _("Kabupaten rumah"),
    "home_district": _("Kecamatan rumah"),
    "home_village": _("Desa rumah"),
    "home_street": _("Alamat rumah"),
    "home_rt": _("RT rumah"),
    "home_rw": _("RW rumah"),
    "workers": _("Tenaga kerja"),
    "turnover_rp": _("Omzet setahun"),
    "turnover_band": _("Kisaran omzet setahun"),
    "capital_rp": _("Modal usaha"),
    "capital_band": _("Kisaran modal usaha"),
    "scale_reported": _("Skala menurut pemilik"),
    "scale_computed": _("Skala menurut hitungan"),
    "verification": _("Verifikasi"),
    "consents": _("Yang boleh dilihat umum"),
    "consent_text": _("Teks persetujuan"),
    "number": _("Nomor izin"),
    "issuer": _("Penerbit"),
    "issued_on": _("Terbit"),
    "expires_on": _("Berlaku sampai"),
    "scan": _("Berkas"),
    "check_state": _("Pemeriksaan izin"),
    "businesses": _("Target"),
}


def as_text(value: Any) -> str:
    """A value as it travels through a form and comes back: what was seen is compared with what is now."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, models.Model):
        return str(value.pk)
    return str(value).replace("\r\n", "\n").strip()


def differing(seen: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Names of what stands otherwise now than it was seen; what was not seen at all counts as other."""
    return [name for name, value in now.items() if seen.get(name) != value]
