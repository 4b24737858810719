"""English beside Indonesian: collect the texts, check that none lacks its English, compile at start-up.

Indonesian is the source language: the texts in the code are what Indonesians read. `python3 dev.py
translate` collects them into `etoko/locale/en/LC_MESSAGES/django.po`, where each is given its English;
`--check` fails while one is missing or no longer in use. The compiled form is made when the rooms are
loaded and lies in the data folder, so nobody can forget it.
"""

import os
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
CATALOG = HERE / "locale" / "en" / "LC_MESSAGES" / "django.po"

_READERS = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**.html", "jinja2"),
]
_OPTIONS = {
    "**.html": {
        "extensions": "jinja2.ext.do",
        "newstyle_gettext": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
}
_KEYWORDS = {
    "_": None,
    "_t": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def collect() -> Any:
    """All texts of the code as a Babel catalogue without translations."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    found = Catalog(project="e-Toko PKK", charset="utf-8")
    for _file, _line, message, comments, context in extract_from_dir(
        str(HERE), method_map=_READERS, options_map=_OPTIONS, keywords=_KEYWORDS
    ):
        if message and message != ("", ""):
            found.add(message, auto_comments=comments, context=context)
    return found


def _read_po(path: Path) -> Any:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    """Write the catalogue anew: new texts come in without English, unused ones go. Says how many lack it."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = _read_po(CATALOG) if CATALOG.exists() else Catalog(locale="en")
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for message in catalog:
        # Places and dates would make every branch collide with every other.
        message.locations = []
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, omit_header=True, no_location=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Language: en\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    CATALOG.write_bytes(header.encode() + out.getvalue())
    return len(problems())


def problems(path: Path = CATALOG) -> list[str]:
    """What is wrong with the catalogue, a line each: missing, unused, or other blanks than the source."""
    wanted = {(m.context, m.id if isinstance(m.id, str) else m.id[0]): m for m in collect() if m.id}
    have = {(m.context, m.id if isinstance(m.id, str) else m.id[0]): m for m in _read_po(path) if m.id}
    found = [f"not in the catalogue: {key[1]!r}" for key in wanted.keys() - have.keys()]
    found += [f"no longer in use: {key[1]!r}" for key in have.keys() - wanted.keys()]
    for key in wanted.keys() & have.keys():
        strings = have[key].string if isinstance(have[key].string, tuple | list) else [have[key].string]
        if not all(strings):
            found.append(f"no English yet: {key[1]!r}")
        elif any(_blanks(text) != _blanks(key[1]) for text in strings):
            found.append(f"other blanks than the source: {key[1]!r} / {strings[0]!r}")
    return sorted(found)


def _blanks(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%[sd]|\{\w*\}", text))


def compile_into(folder: Path) -> None:
    """The compiled catalogue in `folder/en/LC_MESSAGES/`, if it is not there yet or older than its source."""
    compiled = folder / "en" / "LC_MESSAGES" / "django.mo"
    source_time = CATALOG.stat().st_mtime_ns
    if compiled.exists() and compiled.stat().st_mtime_ns >= source_time:
        return
    from babel.messages.mofile import write_mo

    compiled.parent.mkdir(parents=True, exist_ok=True)
    # Renamed into place: several workers start at once, and none may read half a file.
    fresh = compiled.with_name(f"django.{os.getpid()}.tmp")
    with fresh.open("wb") as file:
        write_mo(file, _read_po(CATALOG))
    fresh.replace(compiled)


def main(words: list[str]) -> int:
    if words == ["--check"]:
        found = problems()
        sys.stdout.writelines(f"{line}\n" for line in found)
        return 1 if found else 0
    sys.stdout.write(f"{update()} texts lack their English: {CATALOG.relative_to(HERE.parent)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
