"""One row of a register becomes one record: what is certain, what is noted, and why it cannot be taken.

A row is returned only where taking it would be impossible or unsafe: no name, a place that is unknown or
outside of what was asked for. Whatever else cannot be read stays unknown and is noted on an accepted row.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median

from django.utils.translation import gettext as _

from etoko.foundation.tables.reading import Table
from etoko.places.finding import Gazetteer
from etoko.places.names import search_name
from etoko.registry.importing import cells
from etoko.registry.importing.calendars import read_month
from etoko.registry.importing.columns import Column
from etoko.registry.importing.fields import (
    DISABLED_PARTS,
    FIELD_BY_SLUG,
    IGNORE,
    NOT_FOR_EVERYBODY,
    SOURCE_FACTS,
    WORKER_PARTS,
)
from etoko.registry.importing.owners import read_details
from etoko.registry.importing.records import Columns, Problem, Record
from etoko.registry.importing.whereabouts import WhereaboutsReader
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
    "activity": 300,
    "kbli_text": 60,
    "kbli_category": 120,
    "source_photo": 300,
    "source_pulled_at": 40,
    "source_updated_at": 40,
    "source_page": 200,
    "products_text": 500,
    "opening_hours": 200,
}
_LICENCES = ("nib", "pirt", "halal", "bpom", "npwp", "brand")


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
        owners: Mapping[int, Mapping[str, str]] | None = None,
    ) -> None:
        self.columns = Columns(columns)
        self.whereabouts = WhereaboutsReader(table, self.columns, places=places, within=within)
        self.today, self.niks, self.owners = today, niks or {}, owners or {}
        unsaid = {IGNORE, *NOT_FOR_EVERYBODY, *SOURCE_FACTS}
        self.used = [c for c in columns if c.field and c.field not in unsaid]
        self.money_unit = money_unit
        self.unclear_money = {
            name
            for name in ("turnover", "turnover_month", "capital", "assets")
            if not money_unit and self._is_unclear(table, name)
        }

    def read(self, number: int, row: list[str]) -> Record:
        record = Record(number, row, self._fingerprint(row))
        self._read_names(record, row)
        self.whereabouts.read(record, row)
        self._read_phones(record, row)
        self._read_kind(record, row)
        self._read_size(record, row)
        self._read_licences(record, row)
        record.consents = cells.read_yes(self.columns.get(row, "consent")) is True
        record.source_ref = self.columns.get(row, "source_ref")[:80]
        if record.source_ref:
            record.values["source_ref"] = record.source_ref
        for name in SOURCE_FACTS:
            if text := " ".join(self.columns.get(row, name).split()):
                record.values[name] = text
        self._read_owner(record, number)
        for name, most in _LENGTHS.items():
            if len(record.values.get(name, "")) > most:
                record.values[name] = record.values[name][: most - 1].rstrip() + "…"
                self.columns.note(
                    record,
                    name,
                    _("Teks terlalu panjang"),
                    _("Teks dipotong menjadi %(most)s huruf.") % {"most": most},
                )
        return record

    def _fingerprint(self, row: list[str]) -> str:
        """Of what the used columns say, however the file is laid out."""
        said = sorted(
            (c.field, " ".join(row[c.position].split()).lower())
            for c in self.used
            if not cells.is_empty(row[c.position])
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    def _is_unclear(self, table: Table, name: str) -> bool:
        if name not in self.columns.at:
            return False
        read = [
            cells.read_money(self.columns.get(row, name))
            for _n, row in table.rows
            if self.columns.get(row, name)
        ]
        bare = [money.amount_rp for money in read if money and money.bare and money.amount_rp is not None]
        return bool(bare) and len(bare) > len(read) / 2 and median(bare) < LEAST_YEARLY_RP

    def _read_names(self, record: Record, row: list[str]) -> None:
        name = " ".join(self.columns.get(row, "name").split())
        record.owner = " ".join(self.columns.get(row, "owner").split())[:200]
        record.owner_key = search_name(cells.without_titles(record.owner))[:200]
        record.gender = cells.read_gender(self.columns.get(row, "gender"))
        record.values["name"] = record.name = name
        record.key = search_name(name)[:200]
        if not name:
            record.returned.append(
                Problem(
                    _("Nama usaha kosong"),
                    self.columns.header("name"),
                    _("Baris ini tidak menyebut nama usaha."),
                    _("Tulis nama usahanya; kalau belum bernama, tulis misalnya “Usaha %(owner)s”.")
                    % {"owner": record.owner or _("Ibu Fitri")},
                )
            )
        elif len(record.key) < 2 or record.key.isdigit():
            record.returned.append(
                Problem(
                    _("Nama usaha tidak berarti"),
                    self.columns.header("name"),
                    _("“%(name)s” bukan nama usaha yang bisa dikenali orang.") % {"name": name[:40]},
                    _("Tulis nama usaha seperti yang dikenal tetangga."),
                )
            )

    def _read_owner(self, record: Record, number: int) -> None:
        nik = self.niks.get(number, "")
        if cells.nik_is_possible(nik):
            record.nik = "".join(filter(str.isdigit, nik))
        elif nik and not re.search(r"[*•]", nik):  # masked: somebody has it, this file does not say it
            self.columns.note(
                record, "nik", _("NIK tidak sah"), _("NIK bukan 16 angka yang mungkin; tidak disimpan.")
            )
        record.details, unread = read_details(self.owners.get(number, {}), today=self.today)
        for name in unread:
            self.columns.note(
                record,
                name,
                _("Data pemilik tidak terbaca"),
                _("%(field)s tidak terbaca; dikosongkan.") % {"field": FIELD_BY_SLUG[name].name},
            )

    def _read_phones(self, record: Record, row: list[str]) -> None:
        for text in self.columns.all(row, "phone"):
            phones = cells.read_phones(text)
            record.phones.update(phones.numbers)
            if phones.destroyed:
                self.columns.note(
                    record, "phone", _("Nomor HP rusak oleh Excel"),
                    _("“%(text)s”: angka belakangnya hilang, tidak bisa dipulihkan; nomor dikosongkan.")
                    % {"text": text[:40]},
                    _("Tanyakan lagi nomornya, dan tulis sebagai teks."),
                )  # fmt: skip
            for unreadable in phones.unreadable:
                self.columns.note(
                    record, "phone", _("Nomor HP tidak dikenali"),
                    _("“%(text)s” bukan nomor telepon Indonesia yang mungkin; dikosongkan.")
                    % {"text": unreadable[:40]},
                    _("Periksa: kurang atau kelebihan angka?"),
                )  # fmt: skip

    def _read_kind(self, record: Record, row: list[str]) -> None:
        kind_text = ", ".join(
            " ".join(v.split()) for v in self.columns.all(row, "kind") if cells.read_scale(v) == "unknown"
        )
        products = ", ".join(" ".join(v.split()) for v in self.columns.all(row, "products"))
        profile = "\n".join(self.columns.all(row, "profile"))
        hours = " ".join(self.columns.get(row, "opening_hours").split())
        activity = " ".join(self.columns.get(row, "activity").split())
        for name, value in (
            ("kind_text", kind_text),
            ("activity", cells.mask_niks(activity)),
            ("kbli_category", " ".join(self.columns.get(row, "kbli_category").split())),
            ("products_text", products),
            ("profile", cells.mask_niks(profile)),
            ("opening_hours", hours),
        ):
            if value:
                record.values[name] = value
        record.guesses_kind = not kind_text
        for text in (f"{kind_text} {products}", record.name, activity, profile[:300]):
            kind = recognise_kind(text) if text.strip() else "unknown"
            if kind != "unknown":
                record.values["kind"] = kind
                break
        for value in self.columns.all(row, "kind"):
            if cells.read_scale(value) != "unknown":
                record.values.setdefault("scale_reported", cells.read_scale(value))
        self._read_kbli(record, row)
        form = (
            cells.read_legal_form(self.columns.get(row, "legal_form"))
            if self.columns.get(row, "legal_form")
            else "unknown"
        )
        if form != "unknown":
            record.values["legal_form"] = form
        scale = cells.read_scale(self.columns.get(row, "scale"))
        if scale != "unknown":
            record.values["scale_reported"] = scale

    def _read_kbli(self, record: Record, row: list[str]) -> None:
        text = " ".join(self.columns.get(row, "kbli").split())
        code = "".join(filter(str.isdigit, text))[:5]
        editions = editions_of(code) if code else []
        if editions:
            # Registers and licences of before 2026 carry codes of 2020.
            record.values["kbli_edition"] = 2020 if 2020 in editions else editions[0]
            record.values["kbli_code"] = code
        elif text:
            record.values["kbli_text"] = cells.mask_niks(text)
            self.columns.note(
                record,
                "kbli",
                _("Kode KBLI tidak dikenal"),
                _("Kode %(code)s tidak ada di KBLI; dicatat seperti tertulis saja.") % {"code": text[:40]},
            )

    def _read_size(self, record: Record, row: list[str]) -> None:
        for name in ("workers", *WORKER_PARTS, *DISABLED_PARTS):
            if text := self.columns.get(row, name):
                self._read_count(record, name, text)
        parts = [record.values.get(name) for name in WORKER_PARTS]
        if None in parts:
            texts = (row[c.position] for c in self.columns.at.get("workers_part", ()))
            parts = [cells.read_count(text) for text in texts if text.strip()]
        if parts and "workers" not in record.values and None not in parts:
            record.values["workers"] = sum(part or 0 for part in parts)
        year = self.columns.get(row, "started_year")
        if year:
            read = cells.read_year(year, latest=self.today.year)
            if read:
                record.values["started_year"] = read
            else:
                self.columns.note(
                    record,
                    "started_year",
                    _("Tahun mulai tidak terbaca"),
                    _("“%(text)s” bukan tahun yang mungkin; dikosongkan.") % {"text": year[:40]},
                )
        month = self.columns.get(row, "started_month")
        if read_month(month):
            record.values["started_month"] = read_month(month)
        elif month:
            self.columns.note(
                record,
                "started_month",
                _("Bulan mulai tidak terbaca"),
                _("“%(text)s” bukan bulan; dikosongkan.") % {"text": month[:40]},
            )
        self._read_money(record, row, "turnover", 1)
        self._read_money(record, row, "turnover_month", 12)
        self._read_money(record, row, "capital", 1)
        self._read_money(record, row, "assets", 1)
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

    def _read_count(self, record: Record, name: str, text: str) -> None:
        count = cells.read_count(text)
        if count is not None:
            record.values[name] = count
            return
        self.columns.note(
            record,
            name,
            _("Jumlah tenaga kerja tidak terbaca"),
            _("“%(text)s” bukan satu angka; dikosongkan.") % {"text": text[:40]},
        )

    def _read_money(self, record: Record, row: list[str], name: str, times: int) -> None:
        text = self.columns.get(row, name)
        if not text:
            return
        target = "turnover" if name == "turnover_month" else name
        bands = {"capital": CAPITAL_BANDS, "turnover": TURNOVER_BANDS}.get(target, ())
        money = cells.read_money(text, unit=self.money_unit or 1)
        if money and money.least_rp is not None and bands and money.least_rp >= (bands[-2].most_rp or 0):
            record.values.setdefault(f"{target}_band", bands[-1].slug)
            return
        if money is None or (money.amount_rp is None and (money.most_rp is None or not bands)):
            self.columns.note(
                record, name, _("Nilai uang tidak terbaca"),
                _("“%(text)s” tidak terbaca sebagai nilai uang; dikosongkan.") % {"text": text[:40]},
                _("Tulis misalnya 25.000.000 atau 25 juta."),
            )  # fmt: skip
            return
        if money.bare and name in self.unclear_money:
            self.columns.note(
                record, name, _("Nilai uang tanpa satuan"),
                _("“%(text)s” tanpa satuan: terlalu kecil untuk rupiah, mungkin juta; dikosongkan.")
                % {"text": text[:40]},
                _("Pilih satuan uangnya (ribu atau juta), lalu periksa ulang."),
            )  # fmt: skip
            return
        factor = 12 if money.monthly and name == "turnover" else times
        amount = money.amount_rp if money.amount_rp is not None else money.most_rp
        if amount is None or amount * factor > _MOST_RP:
            self.columns.note(
                record,
                name,
                _("Nilai uang tidak mungkin"),
                _("“%(text)s” terlalu besar; dikosongkan.") % {"text": text[:40]},
            )
            return
        if money.amount_rp is not None:
            record.values.setdefault(f"{target}_rp", money.amount_rp * factor)
        if bands:
            record.values.setdefault(f"{target}_band", band_of(bands, amount * factor))
        if factor == 12:
            self.columns.note(
                record,
                name,
                _("Omzet sebulan dihitung setahun"),
                _("“%(text)s” sebulan, dicatat dikali 12.") % {"text": text[:40]},
            )

    def _read_licences(self, record: Record, row: list[str]) -> None:
        for kind in _LICENCES:
            text = self.columns.get(row, kind)
            if not text:
                continue
            answer = cells.read_yes(text)
            digits = "".join(filter(str.isdigit, text))
            if answer is not None and not digits[1:]:
                record.licences.append((kind, "held" if answer else "none", ""))
            elif "proses" in text.lower() or "diurus" in text.lower():
                record.licences.append((kind, "in_process", ""))
            elif kind == "nib" and len(digits) != 13:
                self.columns.note(
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
