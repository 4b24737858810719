"""The register as a sheet that officers take along, in CSV and XLSX."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from etoko.foundation.phones import show_phone
from etoko.foundation.tables.writing import Row, as_csv, as_xlsx
from etoko.registry.kbli import kbli_title
from etoko.registry.kinds import kind_name
from etoko.registry.models import Business
from etoko.registry.states import VERIFICATION_FLOW


def register_csv(found: QuerySet[Business]) -> tuple[bytes, int]:
    """And how many rows."""
    rows = list(_rows(found))
    return as_csv(rows), len(rows) - 1


def register_xlsx(found: QuerySet[Business]) -> tuple[bytes, int]:
    rows = list(_rows(found))
    return as_xlsx({"Register": rows}, stays="B2"), len(rows) - 1


def _rows(found: QuerySet[Business]) -> Iterator[Row]:
    yield [
        _("Kode"),
        _("Nama usaha"),
        _("Pemilik"),
        _("Nomor HP"),
        _("Kode desa"),
        _("Desa"),
        _("Jalan atau kampung"),
        "RT",
        "RW",
        _("Patokan"),
        _("Lintang"),
        _("Bujur"),
        _("Jenis usaha"),
        _("Produk"),
        _("Edisi KBLI"),
        _("Kode KBLI"),
        _("Judul KBLI"),
        _("Bentuk usaha"),
        _("Tenaga kerja"),
        _("Omzet setahun"),
        _("Modal usaha"),
        _("Skala menurut pemilik"),
        _("Skala menurut hitungan"),
        _("Izin"),
        _("Verifikasi"),
        _("Masih berjalan"),
    ]
    related = found.select_related("area").prefetch_related("owners", "phones", "licences")
    for one in related.iterator(chunk_size=500):
        yield [
            one.public_id,
            one.name,
            ", ".join(owner.name for owner in one.owners.all()),
            ", ".join(show_phone(phone.phone) for phone in one.phones.all()),
            one.area_id,
            one.area.name,
            one.street,
            one.rt,
            one.rw,
            one.landmark,
            _number(one.latitude),
            _number(one.longitude),
            str(kind_name(one.kind)),
            one.products_text,
            one.kbli_edition or "",
            one.kbli_code,
            kbli_title(one.kbli_edition, one.kbli_code),
            str(one.get_legal_form_display()),
            one.workers if one.workers is not None else _unknown(),
            one.turnover_rp if one.turnover_rp is not None else _unknown(),
            one.capital_rp if one.capital_rp is not None else _unknown(),
            str(one.get_scale_reported_display()),
            str(one.get_scale_computed_display()),
            ", ".join(f"{licence} ".strip() for licence in one.licences.all() if licence.status == "held"),
            str(VERIFICATION_FLOW.states[one.verification]),
            str(one.get_status_display()),
        ]


def _number(value: Any) -> Any:
    return "" if value is None else float(value)


def _unknown() -> str:
    return _("Tidak diketahui")
