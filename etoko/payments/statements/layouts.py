"""Which column of a bank's file says what, recognised by its header.

The layouts are those that the internet banking of BCA, Mandiri, BRI and BNI exports (CSV and XLSX), as far as
public readers of such files show them; other banks use the same few words for the same columns.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

_SEARCHED_ROWS = 40
_WORDS: Mapping[str, str] = {
    "date": r"(tanggal|tgl|date|posting date|post date|postdate|transaction date|tanggal transaksi|tgl tran"
    r"|tgl transaksi|tanggal date|tanggal post)",
    "time": r"(jam|waktu|time|pukul)",
    "text": r"(keterangan|uraian|deskripsi|description|remarks?|desk tran|uraian transaksi|rincian transaksi"
    r"|transaction description|transaksi|additionaldesc|keterangan remarks|trremk|remark custom|berita)",
    "credit": r"(kredit|credit|mutasi kredit|credit amount|jumlah kredit|uang masuk)",
    "debit": r"(debet|debit|mutasi debet|mutasi debit|debit amount|jumlah debet|uang keluar)",
    "amount": r"(jumlah|nominal|amount|mutasi|nominal amount idr|jumlah transaksi)",
    "sign": r"(tipe|jenis|type|db cr|cr db|d k|dk|d c|glsign|db kr)",
}
_BANKS: Sequence[tuple[str, frozenset[str]]] = (
    ("BCA", frozenset({"keterangan", "cabang", "jumlah"})),
    ("BCA", frozenset({"keterangan", "cbg", "mutasi"})),
    ("Mandiri", frozenset({"account no", "val date"})),
    ("Mandiri", frozenset({"accountno", "postdate"})),
    ("Mandiri", frozenset({"keterangan remarks"})),
    ("BRI", frozenset({"tgl tran", "desk tran"})),
    ("BRI", frozenset({"teller", "kredit"})),
    ("BRI", frozenset({"transaksi", "debet", "kredit"})),
    ("BNI", frozenset({"journal", "branch"})),
    ("BNI", frozenset({"journal no", "branch"})),
    ("BNI", frozenset({"uraian transaksi", "tipe"})),
)
_NAMES = {
    "BCA": "bca|bank central asia",
    "Mandiri": "mandiri|livin",
    "BRI": "bri|rakyat indonesia",
    "BNI": "bni",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns by their place, from nought."""

    date: int
    texts: tuple[int, ...]
    amount: int | None = None
    """With its direction in the cell or in `sign`; without either all of it came in."""
    sign: int | None = None
    credit: int | None = None
    time: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Layout":
        return cls(**{**kept, "texts": tuple(kept["texts"])})


@dataclass(frozen=True, slots=True)
class Recognised:
    bank: str
    layout: Layout


def recognise(rows: list[list[str]]) -> Recognised | None:
    """None where no row looks like the header of a statement: then a person says which column is which."""
    for row in rows[:_SEARCHED_ROWS]:
        heads = [_plain(cell) for cell in row]
        if layout := _layout(heads):
            return Recognised(_bank(heads, rows), layout)
    return None


def shape_of(rows: list[list[str]]) -> str:
    """By what a seller's own mapping is found again: the words of the fullest row above or at the head."""
    fullest = max(rows[:_SEARCHED_ROWS], key=lambda row: sum(1 for cell in row if cell), default=[])
    words = [_plain(re.sub(r"\d", "", cell)) for cell in fullest]
    return hashlib.sha256(f"{len(fullest)}\n{chr(10).join(words)}".encode()).hexdigest()


def _layout(heads: list[str]) -> Layout | None:
    found = {
        what: [at for at, head in enumerate(heads) if re.fullmatch(pattern, head)]
        for what, pattern in _WORDS.items()
    }
    if not found["date"] or not found["text"] or not (found["amount"] or found["credit"]):
        return None
    amount = found["amount"][0] if found["amount"] and not found["credit"] else None
    sign = found["sign"][0] if found["sign"] and amount is not None else None
    if amount is not None and sign is None and amount + 1 < len(heads) and not heads[amount + 1]:
        sign = amount + 1  # KlikBCA: the column of CR and DB has no name
    return Layout(
        date=found["date"][0],
        texts=tuple(found["text"]),
        amount=amount,
        sign=sign,
        credit=found["credit"][0] if found["credit"] else None,
        time=found["time"][0] if found["time"] else None,
    )


def _bank(heads: list[str], rows: list[list[str]]) -> str:
    words = set(heads)
    for bank, signs in _BANKS:
        if signs <= words:
            return bank
    above = " ".join(" ".join(row) for row in rows[:10]).lower()
    return next((bank for bank, name in _NAMES.items() if re.search(rf"\b({name})\b", above)), "")


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", cell.lower()).split())
