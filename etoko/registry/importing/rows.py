"""One row of a register becomes one record: what is certain, what is noted, and why it cannot be taken.

A row is returned only where taking it would be impossible or unsafe: no name, a place that is unknown or
outside of what was asked for. Whatever else cannot be read stays unknown and is noted on an accepted row.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from etoko.foundation.phones import show_phone
from etoko.places.addresses import GUESS, SURE, Address, parse_address, read_rt, read_rt_rw
from etoko.places.finding import AreaRow, Gazetteer
from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE
from etoko.places.names import search_name
from etoko.registry.importing import cells
from etoko.registry.importing.columns import Column
from etoko.registry.importing.fields import IGNORE, PERSONAL
from etoko.registry.importing.reading import Table
from etoko.registry.kbli import editions_of
from etoko.registry.kinds import recognise_kind
from etoko.registry.sizes import CAPITAL_BANDS, TURNOVER_BANDS, band_of, compute_scale

LEAST_YEARLY_RP = 100_000
"""No business lives on less in a year: bare figures below it are thousands or millions."""
_MOST_RP = 10**15
_LENGTHS = {
    "name": 200,
    "street": 300,
    "landmark": 200,
    "kind_text": 200,
    "products_text": 500,
    "opening_hours": 200,
}
_LICENCES = ("nib", "pirt", "halal", "bpom", "npwp", "brand")


@dataclass(frozen=True)
class Problem:
    reason: str
    """Short, the same for all rows of this trouble: what is counted."""
    column: str
    sentence: str
    """About this row."""
    advice: str = ""

    def as_json(self) -> dict[str, str]:
        return {
            "reason": self.reason,
            "column": self.column,
            "sentence": self.sentence,
            "advice": self.advice,
        }


@dataclass
class Record:
    number: int
    cells: list[str]
    fingerprint: str
    name: str = ""
    key: str = ""
    owner: str = ""
    owner_key: str = ""
    gender: str = "unknown"
    area: str = ""
    is_village: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    """Of the fields of a business, those that are known."""
    phones: dict[str, str] = field(default_factory=dict)
    licences: list[tuple[str, str, str]] = field(default_factory=list)
    consents: bool = False
    nik: str = ""
    nik_hash: str = ""
    source_ref: str = ""
    returned: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def point(self) -> tuple[float, float] | None:
        latitude, longitude = self.values.get("latitude"), self.values.get("longitude")
        return (float(latitude), float(longitude)) if latitude is not None and longitude is not None else None


@dataclass(frozen=True)
class _Place:
    area: AreaRow | None
    address: Address
    returned: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


class RowReader:
    """Reads the rows of one table; places and units are worked out once for all of them."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[Column],
        *,
        places: Gazetteer,
        within: str,
        today: date,
        money_unit: int = 0,
        niks: Mapping[int, str] | None = None,
    ) -> None:
        self.places, self.within, self.today, self.niks = places, within, today, niks or {}
        self.at: dict[str, list[Column]] = {}
        for column in columns:
            self.at.setdefault(column.field, []).append(column)
        self.used = [c for c in columns if c.field and c.field not in (IGNORE, PERSONAL, "nik")]
        self.money_unit = money_unit
        self.unclear_money = {
            name
            for name in ("turnover", "turnover_month", "capital")
            if not money_unit and self._is_unclear(table, name)
        }
        self._places: dict[tuple[str, ...], _Place] = {}
        points: dict[tuple[str, str], int] = {}
        for _number, row in table.rows:
            point = self._point_texts(row)
            if all(point):
                points[point] = points.get(point, 0) + 1
        self.stacked = {point for point, count in points.items() if count >= 5}

    def read(self, number: int, row: list[str]) -> Record:
        record = Record(number, row, self._fingerprint(row))
        self._read_names(record, row)
        place = self._place(row)
        record.returned += place.returned
        record.notes += place.notes
        if place.area:
            record.area, record.is_village = place.area.code, place.area.level == VILLAGE
        self._read_address(record, row, place.address)
        self._read_point(record, row)
        self._read_phones(record, row)
        self._read_kind(record, row)
        self._read_size(record, row)
        self._read_licences(record, row)
        record.consents = cells.read_yes(self._get(row, "consent")) is True
        record.source_ref = self._get(row, "source_ref")[:80]
        if record.source_ref:
            record.values["source_ref"] = record.source_ref
        if nik := self.niks.get(number, ""):
            if cells.nik_is_possible(nik):
                record.nik = "".join(filter(str.isdigit, nik))
            else:
                self._note(
                    record, "nik", _("NIK tidak sah"), _("NIK bukan 16 angka yang mungkin; tidak disimpan.")
                )
        for name, most in _LENGTHS.items():
            if len(record.values.get(name, "")) > most:
                record.values[name] = record.values[name][: most - 1].rstrip() + "…"
                self._note(
                    record,
                    name,
                    _("Teks terlalu panjang"),
                    _("Teks dipotong menjadi %(most)s huruf.") % {"most": most},
                )
        return record

    # ------------------------------------------------------------------------------ helpers

    def _get(self, row: list[str], name: str) -> str:
        for column in self.at.get(name, ()):
            value = row[column.position].strip()
            if not cells.is_empty(value):
                return value
        return ""

    def _all(self, row: list[str], name: str) -> list[str]:
        values = [row[column.position].strip() for column in self.at.get(name, ())]
        return list(dict.fromkeys(value for value in values if not cells.is_empty(value)))

    def _header(self, name: str) -> str:
        return self.at[name][0].header if name in self.at else ""

    def _note(self, record: Record, name: str, reason: str, sentence: str, advice: str = "") -> None:
        record.notes.append(Problem(reason, self._header(name), sentence, advice))

    def _fingerprint(self, row: list[str]) -> str:
        """Of what the used columns say, however the file is laid out."""
        said = sorted(
            (c.field, " ".join(row[c.position].split()).lower())
            for c in self.used
            if not cells.is_empty(row[c.position])
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    def _is_unclear(self, table: Table, name: str) -> bool:
        if name not in self.at:
            return False
        read = [cells.read_money(self._get(row, name)) for _n, row in table.rows if self._get(row, name)]
        bare = [money.amount_rp for money in read if money and money.bare and money.amount_rp is not None]
        return bool(bare) and len(bare) > len(read) / 2 and median(bare) < LEAST_YEARLY_RP

    # -------------------------------------------------------------------------------- names

    def _read_names(self, record: Record, row: list[str]) -> None:
        name = " ".join(self._get(row, "name").split())
        record.owner = " ".join(self._get(row, "owner").split())[:200]
        record.owner_key = search_name(cells.without_titles(record.owner))[:200]
        record.gender = cells.read_gender(self._get(row, "gender"))
        record.values["name"] = record.name = name
        record.key = search_name(name)[:200]
        if not name:
            record.returned.append(
                Problem(
                    _("Nama usaha kosong"),
                    self._header("name"),
                    _("Baris ini tidak menyebut nama usaha."),
                    _("Tulis nama usahanya; kalau belum bernama, tulis misalnya “Usaha %(owner)s”.")
                    % {"owner": record.owner or _("Ibu Fitri")},
                )
            )
        elif len(record.key) < 2 or record.key.isdigit():
            record.returned.append(
                Problem(
                    _("Nama usaha tidak berarti"),
                    self._header("name"),
                    _("“%(name)s” bukan nama usaha yang bisa dikenali orang.") % {"name": name[:40]},
                    _("Tulis nama usaha seperti yang dikenal tetangga."),
                )
            )

    # -------------------------------------------------------------------------------- place

    def _place(self, row: list[str]) -> _Place:
        names = ("area_code", "village", "district", "regency", "province")
        said = tuple(self._get(row, name) for name in names)
        text = ", ".join(self._all(row, "address"))
        key = (*said, text)
        if key not in self._places:
            self._places[key] = self._find_place(dict(zip(names, said, strict=True)), text)
        return self._places[key]

    def _find_place(  # noqa: PLR0911, PLR0912 - the order of these questions is the rule
        self, said: dict[str, str], text: str
    ) -> _Place:
        around: list[tuple[str, AreaRow]] = []
        strange: list[tuple[str, str]] = []
        for name, levels in (
            ("province", (PROVINCE,)),
            ("regency", (REGENCY, DISTRICT, PROVINCE)),
            ("district", (DISTRICT, REGENCY)),
        ):
            if not said[name]:
                continue
            area = self._named(said[name], levels, [a for _n, a in around])
            if area:
                around.append((self._header(name), area))
            else:
                strange.append((name, said[name]))
        scope = self._narrow([a for _h, a in around])
        address = parse_address(text, places=self.places, within=scope)
        around += [(self._header("address"), area) for area in address.around]
        for header, area in around:
            if not _touch(area.code, self.within):
                return _Place(None, address, (self._outside(header, area),))
        scope = self._narrow([a for _h, a in around])

        if said["area_code"]:
            digits = "".join(filter(str.isdigit, said["area_code"]))
            code = ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)
            area_by_code = self.places.area(code)
            if area_by_code and _touch(area_by_code.code, self.within) and area_by_code.level == VILLAGE:
                return _Place(area_by_code, address)
        if said["village"]:
            return self._village(said["village"], scope, address, self._header("village"))
        for name, value in strange:
            if address.confidence != SURE:
                return _Place(None, address, (self._unknown_place(self._header(name), value, scope),))
        if address.confidence == SURE and address.village:
            if not _touch(address.village.code, self.within):
                return _Place(None, address, (self._outside(self._header("address"), address.village),))
            return _Place(address.village, address)
        if address.claimed_village:
            here = self.places.area(self.within) if self.within.count(".") == 3 else None
            if here is None or search_name(here.name) != search_name(address.claimed_village):
                return self._village(address.claimed_village, scope, address, self._header("address"))
        return self._wide(scope, address)

    def _named(self, text: str, levels: tuple[int, ...], around: list[AreaRow]) -> AreaRow | None:
        scope = self._narrow(around)
        for level in levels:
            for inside in dict.fromkeys((scope, around[-1].code if around else "", "")):
                # A sub-district's name alone says little: only within what is known around it.
                if level == DISTRICT and not inside and not self.within:
                    continue
                found = self.places.find(text, within=inside, levels=(level,))
                if found.area:
                    return found.area
                own = [a for a in found.suggestions if search_name(a.name) == search_name(text)]
                mine = [a for a in own if self.within and _touch(a.code, self.within)]
                if len(mine) == 1:
                    return mine[0]
        return None

    def _narrow(self, around: list[AreaRow]) -> str:
        codes = [area.code for area in around if _touch(area.code, self.within)]
        return max([self.within, *codes], key=len)

    def _village(self, name: str, scope: str, address: Address, header: str) -> _Place:
        village_here = self.places.area(scope) if scope.count(".") == 3 else None
        district = scope.rpartition(".")[0] if village_here else scope
        found = self.places.find(name, within=district)
        if found.area and _touch(found.area.code, self.within):
            return _Place(found.area, address)
        if found.area:
            return _Place(None, address, (self._outside(header, found.area),))
        here = self.places.area(scope)
        if here and search_name(here.name) == search_name(name):
            return self._wide(scope, address)
        if found.elsewhere:
            return _Place(None, address, (self._outside(header, found.elsewhere),))
        return _Place(None, address, (self._unknown_village(header, name, scope, found.suggestions),))

    def _wide(self, scope: str, address: Address) -> _Place:
        area = self.places.area(scope) if scope else None
        if area is None:
            return _Place(
                None,
                address,
                (
                    Problem(
                        _("Tempat usaha tidak diketahui"),
                        self._header("village") or self._header("address"),
                        _("Baris ini tidak menyebut desa, kecamatan, atau kabupatennya."),
                        _("Isi desa dan kecamatannya, atau impor dengan memilih wilayahnya."),
                    ),
                ),
            )
        notes: list[Problem] = []
        if area.level < VILLAGE:
            likely = ", ".join(a.full_name for a in address.suggestions[:3] if a.code.startswith(scope))
            sure = (
                _("Kampung bernama sama dengan %(likely)s; desanya perlu dipastikan.")
                if address.confidence == GUESS
                else _("Mungkin: %(likely)s.")
            )
            notes.append(
                Problem(
                    _("Desa belum diketahui"),
                    self._header("village") or self._header("address"),
                    _("Desanya tidak tertulis; dicatat di %(area)s.") % {"area": area.full_name},
                    sure % {"likely": likely} if likely else _("Lengkapi desanya waktu verifikasi."),
                )
            )
        return _Place(area, address, (), tuple(notes))

    def _outside(self, header: str, area: AreaRow) -> Problem:
        here = self.places.area(self.within)
        return Problem(
            _("Di luar %(here)s: %(area)s (%(code)s)")
            % {"here": here.full_name if here else "", "area": area.full_name, "code": area.code},
            header,
            _("Baris ini menyebut %(area)s, bukan bagian dari %(here)s.")
            % {"area": area.full_name, "here": here.full_name if here else ""},
            _("Impor dengan wilayah %(code)s, atau perbaiki tempatnya.") % {"code": area.code},
        )

    def _unknown_village(self, header: str, name: str, scope: str, likely: Sequence[AreaRow]) -> Problem:
        here = self.places.area(scope)
        if len(likely) > 1 and all(search_name(area.name) == search_name(likely[0].name) for area in likely):
            districts = [self.places.area(area.code.rpartition(".")[0]) for area in likely]
            return Problem(
                _("Desa bernama sama di beberapa kecamatan"),
                header,
                _("Ada beberapa desa bernama “%(name)s” di %(here)s.")
                % {"name": likely[0].name, "here": here.full_name if here else _("wilayah yang dimuat")},
                _("Tulis kecamatannya: %(names)s.") % {"names": ", ".join(d.name for d in districts if d)},
            )
        names = ", ".join(area.name for area in likely)
        return Problem(
            _("Desa tidak dikenal"),
            header,
            _("“%(name)s” bukan desa di %(here)s.")
            % {"name": name[:60], "here": here.full_name if here else _("wilayah yang dimuat")},
            (_("Mungkin maksudnya: %(names)s. Perbaiki ejaannya.") % {"names": names})
            if names
            else _("Periksa nama desanya, atau impor dengan wilayah yang benar."),
        )

    def _unknown_place(self, header: str, name: str, scope: str) -> Problem:
        here = self.places.area(scope)
        return Problem(
            _("Kecamatan atau kabupaten tidak dikenal"),
            header,
            _("“%(name)s” tidak dikenal di %(here)s.")
            % {"name": name[:60], "here": here.full_name if here else _("wilayah yang dimuat")},
            _("Perbaiki ejaannya, atau muat wilayahnya dulu dengan perintah load_areas."),
        )

    def _read_address(self, record: Record, row: list[str], address: Address) -> None:
        both = read_rt_rw(self._get(row, "rt_rw"))
        values = {
            "street": address.street,
            "rt": read_rt(self._get(row, "rt")) or both[0] or address.rt,
            "rw": read_rt(self._get(row, "rw")) or both[1] or address.rw,
            "landmark": self._get(row, "landmark") or address.landmark,
        }
        record.values.update({name: value for name, value in values.items() if value})

    # -------------------------------------------------------------------------------- point

    def _point_texts(self, row: list[str]) -> tuple[str, str]:
        pair = self._get(row, "coordinates")
        return (pair, pair) if pair else (self._get(row, "latitude"), self._get(row, "longitude"))

    def _read_point(self, record: Record, row: list[str]) -> None:
        texts = self._point_texts(row)
        if not any(texts):
            return
        name = "coordinates" if self._get(row, "coordinates") else "latitude"
        if not all(texts):
            self._note(
                record, name, _("Titik peta hanya separuh"),
                _("Hanya lintang atau bujur yang terisi; titik peta dikosongkan."), _("Lengkapi keduanya."),
            )  # fmt: skip
            return
        if name == "coordinates":
            pair = cells.read_pair(texts[0])
            latitude, longitude = pair or (None, None)
        else:
            latitude, longitude = cells.read_degrees(texts[0]), cells.read_degrees(texts[1])
        if latitude is None or longitude is None:
            self._note(
                record, name, _("Titik peta tidak terbaca"),
                _("“%(text)s” tidak terbaca sebagai titik peta; dikosongkan.")
                % {"text": ", ".join(dict.fromkeys(texts))[:60]},
                _("Tulis misalnya -6.312345 dan 106.512345."),
            )  # fmt: skip
            return
        if not _in_indonesia(latitude, longitude) and _in_indonesia(longitude, latitude):
            latitude, longitude = longitude, latitude
            self._note(
                record,
                name,
                _("Lintang dan bujur tertukar"),
                _("Lintang dan bujur tertukar; sudah kami balik."),
            )
        if not _in_indonesia(latitude, longitude):
            self._note(
                record, name, _("Titik peta di luar Indonesia"),
                _("Titik %(lat)s, %(lng)s ada di luar Indonesia; dikosongkan.")
                % {"lat": latitude, "lng": longitude},
                _("Ambil ulang titiknya di tempat usaha."),
            )  # fmt: skip
            return
        record.values["latitude"] = round(latitude, 6)
        record.values["longitude"] = round(longitude, 6)
        if texts in self.stacked:
            self._note(
                record, name, _("Titik peta sama dengan banyak usaha lain"),
                _("Lima usaha atau lebih memakai titik yang sama; titiknya perlu dipastikan."),
            )  # fmt: skip

    # ------------------------------------------------------------------------------- phones

    def _read_phones(self, record: Record, row: list[str]) -> None:
        for text in self._all(row, "phone"):
            phones = cells.read_phones(text)
            record.phones.update(phones.numbers)
            if phones.destroyed:
                self._note(
                    record, "phone", _("Nomor HP rusak oleh Excel"),
                    _("“%(text)s”: angka belakangnya hilang, tidak bisa dipulihkan; nomor dikosongkan.")
                    % {"text": text[:40]},
                    _("Tanyakan lagi nomornya, dan tulis sebagai teks."),
                )  # fmt: skip
            for unreadable in phones.unreadable:
                self._note(
                    record, "phone", _("Nomor HP tidak dikenali"),
                    _("“%(text)s” bukan nomor telepon Indonesia yang mungkin; dikosongkan.")
                    % {"text": unreadable[:40]},
                    _("Periksa: kurang atau kelebihan angka?"),
                )  # fmt: skip

    # --------------------------------------------------------------------------- kind, size

    def _read_kind(self, record: Record, row: list[str]) -> None:
        kind_text = ", ".join(
            " ".join(v.split()) for v in self._all(row, "kind") if cells.read_scale(v) == "unknown"
        )
        products = ", ".join(" ".join(v.split()) for v in self._all(row, "products"))
        profile = "\n".join(self._all(row, "profile"))
        hours = " ".join(self._get(row, "opening_hours").split())
        for name, value in (
            ("kind_text", kind_text),
            ("products_text", products),
            ("profile", cells.mask_niks(profile)),
            ("opening_hours", hours),
        ):
            if value:
                record.values[name] = value
        for text in (f"{kind_text} {products}", record.name, profile[:300]):
            kind = recognise_kind(text) if text.strip() else "unknown"
            if kind != "unknown":
                record.values["kind"] = kind
                break
        for value in self._all(row, "kind"):
            if cells.read_scale(value) != "unknown":
                record.values.setdefault("scale_reported", cells.read_scale(value))
        code = "".join(filter(str.isdigit, self._get(row, "kbli")))[:5]
        if code:
            editions = editions_of(code)
            if editions:
                # Registers and licences of before 2026 carry codes of 2020.
                record.values["kbli_edition"] = 2020 if 2020 in editions else editions[0]
                record.values["kbli_code"] = code
            else:
                self._note(
                    record,
                    "kbli",
                    _("Kode KBLI tidak dikenal"),
                    _("Kode %(code)s tidak ada di KBLI; dikosongkan.") % {"code": code},
                )
        form = (
            cells.read_legal_form(self._get(row, "legal_form")) if self._get(row, "legal_form") else "unknown"
        )
        if form != "unknown":
            record.values["legal_form"] = form
        scale = cells.read_scale(self._get(row, "scale"))
        if scale != "unknown":
            record.values["scale_reported"] = scale

    def _read_size(self, record: Record, row: list[str]) -> None:
        workers = self._get(row, "workers")
        if workers:
            count = cells.read_count(workers)
            if count is not None:
                record.values["workers"] = count
            else:
                self._note(
                    record,
                    "workers",
                    _("Jumlah tenaga kerja tidak terbaca"),
                    _("“%(text)s” bukan satu angka; dikosongkan.") % {"text": workers[:40]},
                )
        parts = [
            cells.read_count(value)
            for value in (row[c.position] for c in self.at.get("workers_part", ()))
            if value.strip()
        ]
        if parts and "workers" not in record.values and all(part is not None for part in parts):
            record.values["workers"] = sum(part or 0 for part in parts)
        year = self._get(row, "started_year")
        if year:
            read = cells.read_year(year, latest=self.today.year)
            if read:
                record.values["started_year"] = read
            else:
                self._note(
                    record,
                    "started_year",
                    _("Tahun mulai tidak terbaca"),
                    _("“%(text)s” bukan tahun yang mungkin; dikosongkan.") % {"text": year[:40]},
                )
        self._read_money(record, row, "turnover", 1)
        self._read_money(record, row, "turnover_month", 12)
        self._read_money(record, row, "capital", 1)
        scale = compute_scale(
            on=self.today,
            capital_rp=record.values.get("capital_rp"),
            turnover_rp=record.values.get("turnover_rp"),
            capital_band=record.values.get("capital_band", "unknown"),
            turnover_band=record.values.get("turnover_band", "unknown"),
            started_year=record.values.get("started_year"),
        )
        if scale != "unknown":
            record.values["scale_computed"] = scale

    def _read_money(self, record: Record, row: list[str], name: str, times: int) -> None:
        text = self._get(row, name)
        if not text:
            return
        target = "capital" if name == "capital" else "turnover"
        money = cells.read_money(text, unit=self.money_unit or 1)
        if money is None or (money.amount_rp is None and money.most_rp is None):
            self._note(
                record, name, _("Nilai uang tidak terbaca"),
                _("“%(text)s” tidak terbaca sebagai nilai uang; dikosongkan.") % {"text": text[:40]},
                _("Tulis misalnya 25.000.000 atau 25 juta."),
            )  # fmt: skip
            return
        if money.bare and name in self.unclear_money:
            self._note(
                record, name, _("Nilai uang tanpa satuan"),
                _("“%(text)s” tanpa satuan: terlalu kecil untuk rupiah, mungkin juta; dikosongkan.")
                % {"text": text[:40]},
                _("Pilih satuan uangnya (ribu atau juta), lalu periksa ulang."),
            )  # fmt: skip
            return
        factor = 12 if money.monthly and name == "turnover" else times
        bands = CAPITAL_BANDS if target == "capital" else TURNOVER_BANDS
        amount = money.amount_rp if money.amount_rp is not None else money.most_rp
        if amount is None or amount * factor > _MOST_RP:
            self._note(
                record,
                name,
                _("Nilai uang tidak mungkin"),
                _("“%(text)s” terlalu besar; dikosongkan.") % {"text": text[:40]},
            )
            return
        if money.amount_rp is not None:
            record.values.setdefault(f"{target}_rp", money.amount_rp * factor)
        record.values.setdefault(f"{target}_band", band_of(bands, amount * factor))
        if factor == 12:
            self._note(
                record,
                name,
                _("Omzet sebulan dihitung setahun"),
                _("“%(text)s” sebulan, dicatat dikali 12.") % {"text": text[:40]},
            )

    def _read_licences(self, record: Record, row: list[str]) -> None:
        for kind in _LICENCES:
            text = self._get(row, kind)
            if not text:
                continue
            answer = cells.read_yes(text)
            digits = "".join(filter(str.isdigit, text))
            if answer is not None and not digits[1:]:
                record.licences.append((kind, "held" if answer else "none", ""))
            elif "proses" in text.lower() or "diurus" in text.lower():
                record.licences.append((kind, "in_process", ""))
            elif kind == "nib" and len(digits) != 13:
                self._note(
                    record,
                    kind,
                    _("NIB bukan 13 angka"),
                    _("“%(text)s” bukan NIB; dikosongkan.") % {"text": cells.mask_niks(text)[:40]},
                )
            elif kind == "npwp" and len(digits) == 16:
                # The new NPWP of a person is her NIK: that she has one is kept, the number is not.
                record.licences.append((kind, "held", ""))
            else:
                record.licences.append((kind, "held", cells.mask_niks(text)[:60]))


def show_value(name: str, value: Any) -> str:
    return show_phone(value) if name == "phone" else str(value)


def _touch(one: str, other: str) -> bool:
    """Whether one of the two areas lies in the other."""
    return not one or not other or f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _in_indonesia(latitude: Decimal, longitude: Decimal) -> bool:
    return -11 <= latitude <= 7 and 94 <= longitude <= 142
