"""The file with all that is kept about somebody (UU 27/2022 art. 7 and 13)."""

import json
from datetime import datetime

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.audit.words import field_words, value_words
from etoko.foundation.tables.writing import as_xlsx
from etoko.people.models import Person
from etoko.privacy.holdings import HOLDINGS
from etoko.privacy.rows import Row, plain


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
    sheets: dict[str, list[list[object]]] = {}
    for slug, rows in kinds.items():
        lines: list[list[object]] = [[str(HOLDINGS[slug].name)]]
        heads: tuple[str, ...] = ()
        for row in rows:
            if tuple(row) != heads:
                heads = tuple(row)
                lines += [[], [_words(name) for name in heads]]
            lines.append([_cell(value) for value in row.values()])
        sheets[slug] = lines
    return as_xlsx(sheets)


def _words(name: str) -> str:
    return field_words(name.removesuffix("__name")).replace("__", " ")


def _cell(value: object) -> object:
    """Constants as people say them."""
    if isinstance(value, str):
        return value_words(value)
    return value if isinstance(value, int | float | bool) or value is None else str(value)
