from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from etoko.exchange.datasets.dataset import CLOSED_LICENCE, Dataset
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.queries.office import RegisterFilter, register_rows
from etoko.registry.spreadsheets import REGISTER_COLUMNS, whole_records


def _found(area: Area) -> QuerySet[Business]:
    return register_rows([area.code], RegisterFilter())


def _rows(area: Area) -> Iterator[Business]:
    return whole_records(_found(area))


REGISTER = Dataset(
    slug="register",
    title=_("Register usaha lengkap"),
    about=_("Semua usaha yang terdata, dengan pemilik, nomor HP, alamat, letak, dan omzetnya."),
    rows=_rows,
    count=lambda area: _found(area).count(),
    source="Register usaha e-Toko PKK",
    licence=CLOSED_LICENCE,
    point=("bujur", "lintang"),
    remarks=(
        "Sel kosong berarti tidak diketahui, bukan nol.",
        "NIK dan data pribadi pemilik lainnya tidak dimuat; lihat bentuk SIDT-KUMKM di halaman Register.",
    ),
    columns=REGISTER_COLUMNS,
)
