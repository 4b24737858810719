"""Rows out of an SQL dump of MySQL or MariaDB: only what INSERT puts into the wanted tables, only literals.

Nothing is run. The text is cut into words once, from its beginning to its end, so that whatever stands inside
a text can never be taken for a statement. No pattern goes back, so that no file takes longer than its length.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from etoko.foundation.tables.reading import UnableToRead

Rows = list[dict[str, str | None]]

MOST_ROWS = 50_000
_WORDS = re.compile(
    r"""
      (?P<space>\s++)
    | (?P<comment>--(?=\s|$)[^\n]*+|\#[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+)
    | (?P<text>'(?:[^'\\]++|\\.|'')*+'?+|"(?:[^"\\]++|\\.|"")*+"?+)
    | (?P<name>`(?:[^`]++|``)*+`?+)
    | (?P<number>[+-]?+(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][+-]?+\d++)?+(?![\w$]))
    | (?P<hex>0[xX][0-9a-fA-F]++(?![\w$]))
    | (?P<word>[A-Za-z_][\w$]*+)
    | (?P<sign>[(),;.])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "", "Z": ""}
_PAIR = re.compile(r"\\(.)|''|\"\"", re.DOTALL)

Word = tuple[str, str]


def looks_like_dump(text: str) -> bool:
    return (
        re.search(r"\b(INSERT\s+(IGNORE\s+)?INTO|CREATE\s+TABLE)\b", text[:200_000], re.IGNORECASE)
        is not None
    )


def rows_of(text: str, wanted: Mapping[str, Sequence[str]]) -> dict[str, Rows]:
    """`wanted`: tables, and the columns that are kept of each. Raises UnableToRead with a sentence."""
    found: dict[str, Rows] = {}
    columns: dict[str, list[str]] = {}
    words = _significant(text)
    for kind, word in words:
        deed = word.upper() if kind == "word" else ""
        if deed == "CREATE":
            _learn_columns(words, columns)
        elif deed in ("INSERT", "REPLACE"):
            _take(words, wanted, columns, found)
        elif word != ";":
            _skip(words)
    return found


def _significant(text: str) -> Iterator[Word]:
    for match in _WORDS.finditer(text):
        if (kind := match.lastgroup or "") not in ("space", "comment"):
            yield kind, match[0]


def _skip(words: Iterator[Word]) -> None:
    for kind, word in words:
        if kind == "sign" and word == ";":
            return


def _learn_columns(words: Iterator[Word], columns: dict[str, list[str]]) -> None:
    """CREATE TABLE [IF NOT EXISTS] `name` ( `column` …, KEY … ). What else is created is skipped."""
    if next(words, ("", ""))[1].upper() != "TABLE":
        _skip(words)
        return
    name, depth, begins = "", 0, False
    for kind, word in words:
        if kind == "sign" and word == ";":
            return
        if depth == 0 and (
            kind == "name" or (kind == "word" and word.upper() not in ("IF", "NOT", "EXISTS"))
        ):
            name = name if name in columns else _bare(word)
            columns.setdefault(name, [])
        elif kind == "sign" and word in "()":
            depth += 1 if word == "(" else -1
            begins = depth == 1 and word == "("
            if depth == 0:
                _skip(words)
                return
        elif depth == 1 and kind == "sign" and word == ",":
            begins = True
        else:
            if depth == 1 and begins and kind == "name":
                columns[name].append(_bare(word))
            begins = False


def _take(
    words: Iterator[Word],
    wanted: Mapping[str, Sequence[str]],
    columns: Mapping[str, list[str]],
    found: dict[str, Rows],
) -> None:
    """[IGNORE] INTO [`db`.]`table` [(columns)] VALUES (…), (…);"""
    table, named = "", list[str]()
    in_names = False
    for kind, word in words:
        if kind == "sign" and word == ";":
            return
        if kind == "sign" and word in "()":
            in_names = word == "("
        elif in_names and kind in ("name", "word"):
            named.append(_bare(word))
        elif kind == "name" or (
            kind == "word"
            and word.upper() not in ("IGNORE", "INTO", "DELAYED", "LOW_PRIORITY", "VALUES", "VALUE")
        ):
            table = _bare(word)  # the last of `db`.`table`
        elif kind == "word" and word.upper() in ("VALUES", "VALUE"):
            break
    if table not in wanted:
        _skip(words)
        return
    names = named or columns.get(table, [])
    keep = set(wanted[table])
    rows = found.setdefault(table, [])
    for values in _tuples(words, table):
        if len(values) != len(names):
            raise UnableToRead(
                _(
                    "Tabel %(table)s di berkas ini tidak menyebut nama kolomnya, atau jumlah isinya tidak "
                    "cocok. Ekspor lagi dari phpMyAdmin dengan pilihan “masukkan nama kolom”."
                )
                % {"table": table}
            )
        rows.append({name: value for name, value in zip(names, values, strict=True) if name in keep})
        if len(rows) > MOST_ROWS:
            raise UnableToRead(
                _("Tabel %(table)s lebih dari %(most)s baris. Bagi menjadi beberapa berkas.")
                % {"table": table, "most": f"{MOST_ROWS:,}".replace(",", ".")}
            )


def _tuples(words: Iterator[Word], table: str) -> Iterator[list[str | None]]:
    values: list[str | None] | None = None
    for kind, word in words:
        if values is None:
            if word == ";" and kind == "sign":
                return
            if word == "(" and kind == "sign":
                values = []
            elif (kind, word) != ("sign", ","):
                _skip(words)  # ON DUPLICATE KEY UPDATE …
                return
        elif kind == "sign":
            if word == ")":
                yield values
                values = None
            elif word != ",":
                raise _no_literal(table)
        elif kind == "word" and word.startswith("_"):
            continue  # _utf8mb4'…'
        else:
            values.append(_literal(kind, word, table))
    raise UnableToRead(
        _("Berkas SQL ini terpotong di tabel %(table)s. Ekspor lagi dari OpenSID atau phpMyAdmin.")
        % {"table": table}
    )


def _literal(kind: str, word: str, table: str) -> str | None:
    if kind == "text":
        return _PAIR.sub(_unescaped, word[1:-1])
    if kind == "number":
        return word
    if kind == "hex":
        return bytes.fromhex(word[2:].rjust(len(word[2:]) + len(word) % 2, "0")).decode(errors="replace")
    if kind == "word" and word.upper() in ("NULL", "TRUE", "FALSE"):
        return {"NULL": None, "TRUE": "1", "FALSE": "0"}[word.upper()]
    raise _no_literal(table)


def _unescaped(match: re.Match[str]) -> str:
    after = match[1]
    return match[0][0] if after is None else _ESCAPED.get(after, after)


def _no_literal(table: str) -> UnableToRead:
    return UnableToRead(
        _(
            "Tabel %(table)s memuat isi yang bukan teks atau angka, atau berkasnya terpotong. Ekspor lagi "
            "dari OpenSID atau phpMyAdmin."
        )
        % {"table": table}
    )


def _bare(word: str) -> str:
    return word.strip("`").replace("``", "`").lower()
