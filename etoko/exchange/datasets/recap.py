"""Figures of each village in which no single business can be seen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import SearchEntry
from etoko.exchange.datasets.dataset import Dataset
from etoko.foundation.tables.columns import WHOLE, Column
from etoko.people.access import within
from etoko.places.models import Area
from etoko.registry.kinds import kind_name
from etoko.registry.models import ACTIVE, LISTED, SCALES, Business
from etoko.registry.states import VERIFIED

LEAST = 3
"""A class with fewer businesses than this is not told: with one or two a neighbour knows who they are."""


@dataclass(frozen=True)
class Figure:
    area: Area
    measure: str
    label: str
    count: int | None
    """None: too few to be told."""


def masked(counts: dict[str, int]) -> dict[str, int | None]:
    """The figures of one village that add up to its total, without those that are too small.

    A single hidden one could be reckoned from the total; the next smallest is then hidden with it.
    """
    hidden = {name for name, count in counts.items() if 0 < count < LEAST}
    rest = [name for name in counts if name not in hidden and counts[name]]
    if hidden and sum(counts[name] for name in hidden) < LEAST and rest:
        hidden.add(min(rest, key=lambda name: (counts[name], name)))
    return {name: None if name in hidden else count for name, count in counts.items()}


def figures(area: Area) -> Iterator[Figure]:
    """Six queries, however many businesses there are."""
    found = Business.objects.filter(within([area.code]), status=ACTIVE, merged_into__isnull=True).order_by()
    totals = found.values("area_id").annotate(
        all=Count("pk"),
        verified=Count("pk", filter=Q(verification=VERIFIED)),
        listed=Count("pk", filter=Q(listing=LISTED)),
    )
    kinds = _by(found.values_list("area_id", "kind").annotate(Count("pk")))
    scales = _by(found.values_list("area_id", "scale_computed").annotate(Count("pk")))
    on_sale = SearchEntry.objects.filter(within([area.code], "area_code")).order_by()
    sold: Counter[tuple[str, str]] = Counter(
        {
            (code, kind): count
            for code, kind, count in on_sale.values_list("area_code", "kind").annotate(Count("pk"))
        }
    )
    by_code = {row["area_id"]: row for row in totals}
    scale_names = dict(SCALES)
    for place in Area.objects.filter(pk__in=by_code).select_related("parent").order_by("code"):
        row = by_code[place.code]
        yield Figure(place, "terdata", "Semua usaha yang berjalan", row["all"])
        yield Figure(place, "terverifikasi", "Sudah dipastikan kader atau petugas", row["verified"])
        yield Figure(place, "tampil", "Tampil untuk umum dengan izin pemiliknya", row["listed"])
        yield Figure(place, "toko", "Toko yang buka", sold[place.code, SearchEntry.SHOP])
        yield Figure(place, "produk", "Produk yang dijual", sold[place.code, SearchEntry.PRODUCT])
        for slug, count in masked(kinds[place.code]).items():
            yield Figure(place, "jenis", str(kind_name(slug)), count)
        for slug, count in masked(scales[place.code]).items():
            yield Figure(place, "skala", str(scale_names[slug]), count)


def _by(rows: Iterable[tuple[Any, ...]]) -> defaultdict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for code, name, count in sorted(rows):
        found[code][name] = count
    return found


RECAP = Dataset(
    slug="rekap",
    title=_("Rekap per desa"),
    about=_("Jumlah usaha per desa: terdata, terverifikasi, menurut jenis dan skala; toko dan produk."),
    rows=figures,
    source="Hitungan dari register usaha dan katalog e-Toko PKK",
    remarks=(
        f"Jumlah jenis dan skala di bawah {LEAST} dikosongkan, begitu juga yang terkecil berikutnya bila "
        "tanpa itu angkanya bisa dihitung dari jumlah seluruhnya.",
        "Usaha yang desanya belum jelas dihitung pada kecamatannya.",
    ),
    columns=(
        Column(
            "kode_wilayah",
            "Kode wilayah",
            "Desa atau kelurahan; kecamatan untuk usaha yang desanya belum jelas",
            lambda one: one.area.code,
            classes="Kode wilayah Kemendagri",
        ),
        Column("wilayah", "Wilayah", "Nama wilayah", lambda one: one.area.name),
        Column(
            "kode_bps",
            "Kode BPS",
            "Kode wilayah BPS; kosong bila belum dimuat",
            lambda one: one.area.bps_code,
            classes="Kode wilayah BPS",
        ),
        Column(
            "ukuran",
            "Ukuran",
            "Apa yang dihitung: terdata, terverifikasi, tampil, toko, produk, jenis, atau skala",
            lambda one: one.measure,
        ),
        Column("rincian", "Rincian", "Golongan di dalam ukuran itu", lambda one: one.label),
        Column(
            "jumlah",
            "Jumlah",
            "Banyaknya pada saat diambil; kosong bila terlalu sedikit untuk disebut",
            lambda one: one.count,
            WHOLE,
            "usaha, toko, atau produk",
        ),
    ),
)
