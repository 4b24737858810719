"""What stands in a post: paragraphs, addresses that can be pressed, and people who are mentioned.

A mention is typed as a name (`@Rahma`) and kept as a number (`@{17}`): it is drawn with the name that the
account has today, and with none once it is closed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from etoko.people.models import Person
from etoko.people.sessions import first_name

_TAKEN = ("balas", "ikuti")
"""What stands in an address where the slug of a thread stands."""
MARK = re.compile(r"@\{(\d{1,18})\}")
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)]")
_PIECE = re.compile(f"{MARK.pattern}|({_ADDRESS.pattern})")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: str = ""
    """Empty, "name" or "address"."""


def byline(person: Person) -> str:
    """As everybody reads who wrote it: first name and village. Read it with `select_related("home_area")`."""
    if person.closed_at is not None:
        return _("Akun ditutup")
    return ", ".join(
        part for part in (first_name(person), person.home_area and person.home_area.name) if part
    )


def kept_text(text: str, known: Sequence[Person]) -> tuple[str, list[Person]]:
    """As the post keeps it, and who of `known` is mentioned. A name that two of them bear mentions nobody."""
    text = text.strip().replace("\r\n", "\n").replace("@{", "@ {")
    named: dict[int, Person] = {}

    def mark(found: re.Match[str]) -> str:
        after = text[found.end() :].casefold()
        person, length = _named(after, known)
        if person is None:
            return found.group(0)
        named[person.pk] = person
        lengths[found.start()] = length
        return f"@{{{person.pk}}}"

    lengths: dict[int, int] = {}
    pieces, at = [], 0
    for found in re.finditer(r"(?<!\w)@(?=\w)", text):
        if found.start() < at:
            continue
        marked = mark(found)
        pieces += [text[at : found.start()], marked]
        at = found.end() + lengths.get(found.start(), 0)
    return "".join([*pieces, text[at:]]), list(named.values())


def pieces_of(text: str, names: Mapping[int, str]) -> list[list[list[Piece]]]:
    """Paragraphs of lines of pieces, ready to be drawn."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [[_line(line, names) for line in paragraph.split("\n")] for paragraph in paragraphs]


def mentioned_in(texts: Iterable[str]) -> set[int]:
    return {int(number) for text in texts for number in MARK.findall(text)}


def beginning(text: str, most: int = 160) -> str:
    """Of a text, in one line; who is mentioned stands as "@…"."""
    plain = " ".join(MARK.sub("@…", text).split())
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0] + "…"


def slug_of(title: str) -> str:
    """Of a thread in its address. Without title where it is not shown any more."""
    slug = slugify(title)[:50].strip("-") or "diskusi"
    return f"{slug}-1" if slug in _TAKEN else slug


def _line(line: str, names: Mapping[int, str]) -> list[Piece]:
    pieces, at = [], 0
    for found in _PIECE.finditer(line):
        if found.start() > at:
            pieces.append(Piece(line[at : found.start()]))
        if found.group(1):
            pieces.append(Piece("@" + names.get(int(found.group(1)), "…"), "name"))
        else:
            pieces.append(Piece(found.group(2), "address"))
        at = found.end()
    return [*pieces, Piece(line[at:])] if at < len(line) else pieces


def _named(after: str, known: Sequence[Person]) -> tuple[Person | None, int]:
    """Whose name stands there, the longest first; and how many letters it has."""
    for name_of in (str, first_name):
        fitting = {
            person.pk: (person, len(name))
            for person in known
            if (name := name_of(person).casefold()) and re.match(re.escape(name) + r"(?!\w)", after)
        }
        if len(fitting) == 1:
            return next(iter(fitting.values()))
        if fitting:
            longest = max(length for _person, length in fitting.values())
            best = [one for one in fitting.values() if one[1] == longest]
            return best[0] if len(best) == 1 else (None, 0)
    return None, 0
