"""Where a business of a register is: its area, its address, its point on the map.

The order of the questions is the rule: what is said of larger areas bounds the search for the village, and a
village that is only guessed is noted, never taken.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from etoko.foundation.tables.reading import Table
from etoko.places.addresses import GUESS, SURE, Address, parse_address, read_rt, read_rt_rw
from etoko.places.finding import AreaRow, Gazetteer
from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE
from etoko.places.names import search_name
from etoko.registry.importing import cells
from etoko.registry.importing.records import Columns, Problem, Record


@dataclass(frozen=True)
class Place:
    area: AreaRow | None
    address: Address
    returned: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


class WhereaboutsReader:
    """Reads the place of each row of one table; what many rows say alike is worked out once."""

    def __init__(self, table: Table, columns: Columns, *, places: Gazetteer, within: str) -> None:
        self.columns, self.places, self.within = columns, places, within
        self._places: dict[tuple[str, ...], Place] = {}
        points = Counter(point for _number, row in table.rows if all(point := self._point_texts(row)))
        self.stacked = {point for point, count in points.items() if count >= 5}

    def read(self, record: Record, row: list[str]) -> None:
        place = self._place(row)
        record.returned += place.returned
        record.notes += place.notes
        if place.area:
            record.area, record.is_village = place.area.code, place.area.level == VILLAGE
        self._read_address(record, row, place.address)
        self._read_point(record, row)

    def _place(self, row: list[str]) -> Place:
        names = ("area_code", "village", "district", "regency", "province")
        said = tuple(self.columns.get(row, name) for name in names)
        text = ", ".join(self.columns.all(row, "address"))
        key = (*said, text)
        if key not in self._places:
            self._places[key] = self._find_place(dict(zip(names, said, strict=True)), text)
        return self._places[key]

    def _find_place(  # noqa: PLR0911, PLR0912 - the order of these questions is the rule
        self, said: dict[str, str], text: str
    ) -> Place:
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
                around.append((self.columns.header(name), area))
            else:
                strange.append((name, said[name]))
        scope = self._narrow([a for _h, a in around])
        address = parse_address(text, places=self.places, within=scope)
        around += [(self.columns.header("address"), area) for area in address.around]
        for header, area in around:
            if not _touch(area.code, self.within):
                return Place(None, address, (self._outside(header, area),))
        scope = self._narrow([a for _h, a in around])

        if said["area_code"]:
            digits = "".join(filter(str.isdigit, said["area_code"]))
            code = ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)
            area_by_code = self.places.area(code)
            if area_by_code and _touch(area_by_code.code, self.within) and area_by_code.level == VILLAGE:
                return Place(area_by_code, address)
        if said["village"]:
            return self._village(said["village"], scope, address, self.columns.header("village"))
        for name, value in strange:
            if address.confidence != SURE:
                return Place(None, address, (self._unknown_place(self.columns.header(name), value, scope),))
        if address.confidence == SURE and address.village:
            if not _touch(address.village.code, self.within):
                return Place(None, address, (self._outside(self.columns.header("address"), address.village),))
            return Place(address.village, address)
        if address.claimed_village:
            here = self.places.area(self.within) if self.within.count(".") == 3 else None
            if here is None or search_name(here.name) != search_name(address.claimed_village):
                return self._village(address.claimed_village, scope, address, self.columns.header("address"))
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

    def _village(self, name: str, scope: str, address: Address, header: str) -> Place:
        village_here = self.places.area(scope) if scope.count(".") == 3 else None
        district = scope.rpartition(".")[0] if village_here else scope
        found = self.places.find(name, within=district)
        if found.area and _touch(found.area.code, self.within):
            return Place(found.area, address)
        if found.area:
            return Place(None, address, (self._outside(header, found.area),))
        here = self.places.area(scope)
        if here and search_name(here.name) == search_name(name):
            return self._wide(scope, address)
        if found.elsewhere:
            return Place(None, address, (self._outside(header, found.elsewhere),))
        return Place(None, address, (self._unknown_village(header, name, scope, found.suggestions),))

    def _wide(self, scope: str, address: Address) -> Place:
        area = self.places.area(scope) if scope else None
        if area is None:
            return Place(
                None,
                address,
                (
                    Problem(
                        _("Tempat usaha tidak diketahui"),
                        self.columns.header("village") or self.columns.header("address"),
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
                    self.columns.header("village") or self.columns.header("address"),
                    _("Desanya tidak tertulis; dicatat di %(area)s.") % {"area": area.full_name},
                    sure % {"likely": likely} if likely else _("Lengkapi desanya waktu verifikasi."),
                )
            )
        return Place(area, address, (), tuple(notes))

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
        both = read_rt_rw(self.columns.get(row, "rt_rw"))
        values = {
            "street": address.street,
            "rt": read_rt(self.columns.get(row, "rt")) or both[0] or address.rt,
            "rw": read_rt(self.columns.get(row, "rw")) or both[1] or address.rw,
            "landmark": self.columns.get(row, "landmark") or address.landmark,
        }
        record.values.update({name: value for name, value in values.items() if value})

    def _point_texts(self, row: list[str]) -> tuple[str, str]:
        pair = self.columns.get(row, "coordinates")
        return (
            (pair, pair) if pair else (self.columns.get(row, "latitude"), self.columns.get(row, "longitude"))
        )

    def _read_point(self, record: Record, row: list[str]) -> None:
        texts = self._point_texts(row)
        if not any(texts):
            return
        name = "coordinates" if self.columns.get(row, "coordinates") else "latitude"
        if not all(texts):
            self.columns.note(
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
            self.columns.note(
                record, name, _("Titik peta tidak terbaca"),
                _("“%(text)s” tidak terbaca sebagai titik peta; dikosongkan.")
                % {"text": ", ".join(dict.fromkeys(texts))[:60]},
                _("Tulis misalnya -6.312345 dan 106.512345."),
            )  # fmt: skip
            return
        if not _in_indonesia(latitude, longitude) and _in_indonesia(longitude, latitude):
            latitude, longitude = longitude, latitude
            self.columns.note(
                record,
                name,
                _("Lintang dan bujur tertukar"),
                _("Lintang dan bujur tertukar; sudah kami balik."),
            )
        if not _in_indonesia(latitude, longitude):
            self.columns.note(
                record, name, _("Titik peta di luar Indonesia"),
                _("Titik %(lat)s, %(lng)s ada di luar Indonesia; dikosongkan.")
                % {"lat": latitude, "lng": longitude},
                _("Ambil ulang titiknya di tempat usaha."),
            )  # fmt: skip
            return
        record.values["latitude"] = round(latitude, 6)
        record.values["longitude"] = round(longitude, 6)
        if texts in self.stacked:
            self.columns.note(
                record, name, _("Titik peta sama dengan banyak usaha lain"),
                _("Lima usaha atau lebih memakai titik yang sama; titiknya perlu dipastikan."),
            )  # fmt: skip


def _touch(one: str, other: str) -> bool:
    """Whether one of the two areas lies in the other."""
    return not one or not other or f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _in_indonesia(latitude: Decimal, longitude: Decimal) -> bool:
    return -11 <= latitude <= 7 and 94 <= longitude <= 142
