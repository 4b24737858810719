"""The file with all that is kept about somebody (UU 27/2022 art. 7 and 13)."""

import json
from datetime import datetime
from io import BytesIO

from django.db import transaction
from openpyxl import Workbook

from etoko.audit.operations import record_deed
from etoko.audit.words import field_words, value_words
from etoko.people.models import Person
from etoko.privacy.holdings import HOLDINGS, Row, plain


@transaction.atomic
def take_away(*, person: Person, form: str, at: datetime) -> bytes:
    """`form` is "xlsx", for reading, or "json", for another system. That it was taken is traced."""
    kinds = {slug: list(holding.rows_of(person)) for slug, holding in HOLDINGS.items()}
    record_deed(deed="take_away_data", subject=person, by=person, at=at, changes={"form": ("", form)})
    return _as_json(kinds, at) if form == "json" else _as_sheets(kinds)


def _as_json(kinds: dict[str, list[Row]], at: datetime) -> bytes:
    register = {
        slug: {
            "nama": str(HOLDINGS[slug].name),
            "tujuan": str(HOLDINGS[slug].purpose),
            "dasar": str(HOLDINGS[slug].basis),
            "disimpan": str(HOLDINGS[slug].kept),
            "data": rows,
        }
        for slug, rows in kinds.items()
    }
    return json.dumps({"dibuat": plain(at), **register}, ensure_ascii=False, indent=1).encode()


def _as_sheets(kinds: dict[str, list[Row]]) -> bytes:
    """One sheet for each kind; one table below the other where its rows differ."""
    book = Workbook(write_only=True)
    for slug, rows in kinds.items():
        sheet = book.create_sheet(slug)
        sheet.append([str(HOLDINGS[slug].name)])
        heads: tuple[str, ...] = ()
        for row in rows:
            if tuple(row) != heads:
                heads = tuple(row)
                sheet.append([])
                sheet.append([_words(name) for name in heads])
            sheet.append([_cell(value) for value in row.values()])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _words(name: str) -> str:
    return field_words(name.removesuffix("__name")).replace("__", " ")


def _cell(value: object) -> object:
    """A text that begins like a formula stays a text: it is written by strangers."""
    if isinstance(value, str):
        shown = value_words(value)
        return f"'{shown}" if shown[:1] in ("=", "+", "-", "@") else shown
    return value if isinstance(value, int | float | bool) or value is None else str(value)
