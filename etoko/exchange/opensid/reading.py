"""From the files that a village exports to sellers with their goods. Tables and columns as OpenSID has them:
`pelapak`, `produk`, `produk_kategori` (migrations of 2023-12-22), and of `tweb_penduduk` only the name."""

import html
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from etoko.catalog.units import ALL_UNITS, DEFAULT_UNIT
from etoko.exchange.opensid.dump import Rows, looks_like_dump, rows_of
from etoko.foundation.money import percent_of, show_rupiah
from etoko.foundation.tables.reading import MOST_BYTES, UnableToRead, read_file, too_large

SELLERS, GOODS, CATEGORIES, PEOPLE = "pelapak", "produk", "produk_kategori", "tweb_penduduk"
COLUMNS = {
    SELLERS: ("id", "config_id", "id_pend", "telepon", "lat", "lng", "status"),
    GOODS: (
        *("id", "config_id", "id_pelapak", "id_produk_kategori", "nama", "harga", "satuan"),
        *("tipe_potongan", "potongan", "deskripsi", "foto", "status"),
    ),
    CATEGORIES: ("id", "kategori"),
    PEOPLE: ("id", "nama"),
}
_SIGNS = {
    GOODS: {"id_pelapak", "harga"},
    SELLERS: {"id_pend", "telepon"},
    CATEGORIES: {"kategori", "slug"},
    PEOPLE: {"id", "nama", "nik"},
}
"""Columns by which a CSV is known."""
MOST_RP = 1_000_000_000
_UNITS = dict(
    pair.split("=")
    for pair in (
        "pcs=buah pc=buah bh=buah unit=buah pack=pak bks=bungkus kilo=kg kilogram=kg gr=gram "
        "g=gram ltr=liter lt=liter l=liter btl=botol box=kotak dos=dus mtr=meter lbr=lembar ptg=potong "
        "psg=pasang stel=setel"
    ).split()
)
"""What people write, and how it is called here."""


@dataclass
class Goods:
    ref: str
    name: str
    price_rp: int
    unit: str
    description: str
    category: str
    problem: str = ""
    """Why it cannot be taken; empty: it can."""
    notes: list[str] = field(default_factory=list)


@dataclass
class Seller:
    ref: str
    name: str
    """Of the person; empty where the file does not tell."""
    phone: str
    latitude: str
    longitude: str
    problem: str = ""
    goods: list[Goods] = field(default_factory=list)


@dataclass
class Lapak:
    sellers: list[Seller]
    remarks: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Lapak":
        sellers = [
            Seller(**{**one, "goods": [Goods(**goods) for goods in one["goods"]]}) for one in told["sellers"]
        ]
        return cls(sellers, told["remarks"])


def read_lapak(files: Sequence[tuple[Path, str]]) -> Lapak:
    """`files`: where each lies, and its name. One SQL dump, or a CSV for each table. Raises UnableToRead."""
    tables: dict[str, Rows] = {}
    for path, name in files:
        for table, rows in _tables_in(path, name).items():
            tables.setdefault(table, []).extend(rows)
    if not tables.get(SELLERS):
        raise UnableToRead(
            _(
                "Tidak ada pelapak di berkas ini. Ekspor tabel pelapak, produk, dan produk_kategori dari "
                "OpenSID, sebagai SQL atau satu CSV untuk tiap tabel, lalu pilih semuanya sekaligus."
            )
        )
    return _joined(tables)


def _tables_in(path: Path, name: str) -> dict[str, Rows]:
    if path.stat().st_size > MOST_BYTES:
        raise too_large(path.stat().st_size)
    with path.open("rb") as file:
        start = file.read(200_000).decode("utf-8", "replace")
    if looks_like_dump(start):
        return rows_of(path.read_bytes().decode("utf-8", "replace").replace("\x00", ""), COLUMNS)
    table = read_file(path, name=name)
    headers = [header.strip().strip("`").lower() for header in table.headers]
    meant = next((one for one, signs in _SIGNS.items() if signs <= set(headers)), None)
    if meant is None:
        raise UnableToRead(
            _("Berkas %(name)s bukan tabel lapak OpenSID: kolomnya tidak dikenal.") % {"name": name}
        )
    keep = set(COLUMNS[meant])
    return {
        meant: [
            {header: cell for header, cell in zip(headers, row, strict=True) if header in keep}
            for _number, row in table.rows
        ]
    }


def _joined(tables: dict[str, Rows]) -> Lapak:
    names = {row.get("id"): _name(_text(row, "nama", 200)) for row in tables.get(PEOPLE, [])}
    categories = {row.get("id"): _text(row, "kategori", 50) for row in tables.get(CATEGORIES, [])}
    sellers: dict[tuple[str, str], Seller] = {}
    for row in tables[SELLERS]:
        ref = _text(row, "config_id", 12), _text(row, "id", 12)
        if not ref[1] or ref in sellers:
            continue
        sellers[ref] = Seller(
            ref=":".join(ref),
            name=names.get(row.get("id_pend"), ""),
            phone=_text(row, "telepon", 40),
            latitude=_text(row, "lat", 24),
            longitude=_text(row, "lng", 24),
            problem="" if _is_on(row) else _("Lapak ini tidak aktif di OpenSID."),
        )
    lapak, lost, seen = Lapak(list(sellers.values())), 0, set[str]()
    for row in tables.get(GOODS, []):
        goods = _goods(row, categories)
        owner = sellers.get((_text(row, "config_id", 12), _text(row, "id_pelapak", 12)))
        if owner is None:
            lost += 1
        elif goods.ref not in seen:
            seen.add(goods.ref)
            owner.goods.append(goods)
    if lost:
        lapak.remarks.append(_("%d produk tidak dibaca: pelapaknya tidak ada di berkas ini.") % lost)
    if any(goods.name for seller in lapak.sellers for goods in seller.goods):
        lapak.remarks.append(
            _("Foto produk tidak ikut di berkas ini; penjual menambahkannya sebelum menjual.")
        )
    return lapak


def _goods(row: dict[str, str | None], categories: dict[str | None, str]) -> Goods:
    price_rp = _rupiah(row.get("harga"))
    goods = Goods(
        ref=f"{_text(row, 'config_id', 12)}:{_text(row, 'id', 12)}",
        name=_text(row, "nama", 200),
        price_rp=price_rp or 0,
        unit=DEFAULT_UNIT,
        description=_plain(row.get("deskripsi")),
        category=categories.get(row.get("id_produk_kategori"), ""),
    )
    if not goods.name:
        goods.problem = _("Nama produknya kosong.")
    elif not price_rp:
        goods.problem = _("Harganya kosong, nol, atau tidak terbaca.")
    elif not _is_on(row):
        goods.problem = _("Produk ini tidak aktif di OpenSID.")
    else:
        _measure(goods, row)
        _discount(goods, row)
    return goods


def _measure(goods: Goods, row: dict[str, str | None]) -> None:
    said = _text(row, "satuan", 30).lower().strip(". ")
    unit = _UNITS.get(said, said)
    if unit in ALL_UNITS:
        goods.unit = unit
    elif said:
        goods.notes.append(
            _("Satuan “%(said)s” belum ada di sini; ditulis %(unit)s.") % {"said": said, "unit": DEFAULT_UNIT}
        )
        goods.description = "\n".join(part for part in (goods.description, f"Satuan: {said}.") if part)


def _discount(goods: Goods, row: dict[str, str | None]) -> None:
    """`tipe_potongan` 1 is percent, else rupiah. The draft asks what a buyer would have paid."""
    said = _rupiah(row.get("potongan")) or 0
    if not said:
        return
    off_rp = percent_of(goods.price_rp, said) if _text(row, "tipe_potongan", 2) == "1" else said
    if off_rp >= goods.price_rp:
        goods.notes.append(_("Potongannya sebesar harganya atau lebih; tidak dipakai."))
        return
    goods.notes.append(
        _("Harga %(price)s sesudah potongan %(off)s.")
        % {"price": show_rupiah(goods.price_rp - off_rp), "off": show_rupiah(off_rp)}
    )
    usual = f"Harga biasa {show_rupiah(goods.price_rp)}."
    goods.description = "\n".join(part for part in (goods.description, usual) if part)
    goods.price_rp -= off_rp


def _rupiah(said: str | None) -> int | None:
    """A whole figure as a database writes it; None where it is none, or cannot be a price."""
    try:
        amount = Decimal((said or "").strip())
    except InvalidOperation:
        return None
    return int(amount) if amount.is_finite() and 0 <= amount <= MOST_RP else None


def _is_on(row: dict[str, str | None]) -> bool:
    return (row.get("status") or "1").strip().lower() not in ("0", "false", "tidak")


def _name(said: str) -> str:
    """OpenSID has names in capitals."""
    return said.title() if said.isupper() else said


def _text(row: dict[str, str | None], name: str, most: int) -> str:
    return " ".join((row.get(name) or "").split())[:most]


def _plain(said: str | None) -> str:
    """Without the marks of a web page; lines stay lines."""
    text = re.sub(r"(?i)<(br|/p|/li|/div)\b[^>]*>", "\n", (said or "")[:20_000])
    lines = [" ".join(line.split()) for line in html.unescape(strip_tags(text)).splitlines()]
    return "\n".join(line for line in lines if line)[:2_000]
