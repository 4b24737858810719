"""Each record is new, matched or returned; and who may be one business without saying so.

Nothing is merged on likeness. Matched is only what names itself: the same row as in an earlier import, the
source's own number, phone and name, or name, place and owner; a name at the very same point when one file
follows another. All else that looks alike is new, and proposed to somebody as a suspicion.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from etoko.places.names import search_name
from etoko.registry.importing.records import Problem, Record

SAME_POINT_M = 15
NEAR_M = 150
NEAR_NAME = 88
MOST_SUSPICIONS = 3
"""Per record: a market with fifty stalls of one name is one question, not a thousand."""
MOST_IN_BLOCK = 80
_CELL = 0.0015  # degrees: about NEAR_M


@dataclass(slots=True)
class Known:
    """A business, of the register (`id`) or of this file (`record`), as far as likeness needs it."""

    key: str
    area: str
    id: int = 0
    record: Record | None = None
    owners: set[str] = field(default_factory=set)
    """Names without titles, and the keyed hashes of NIKs where they are kept."""
    phones: set[str] = field(default_factory=set)
    point: tuple[float, float] | None = None
    street: str = ""
    source_ref: str = ""
    is_alias: bool = False
    """What was known of a record that became a part of the business `id`: its rows still come in."""


@dataclass(slots=True)
class Suspicion:
    first: Known
    second: Known
    why: str
    likeness: int


@dataclass(slots=True)
class Judged:
    record: Record
    outcome: str
    target: Known | None = None
    """The business that a new row becomes or a matched row is; none for a returned one."""


def judge(
    records: Iterable[Record], *, known: Iterable[Known], imported: Mapping[str, int]
) -> tuple[list[Judged], list[Suspicion]]:
    """`imported`: fingerprints of rows of earlier imports, and the business each of them is."""
    register = _Index()
    by_id: dict[int, Known] = {}
    for entry in known:
        register.add(entry)
        if not entry.is_alias:
            by_id[entry.id] = entry
    of_file = _Index()
    taken: dict[int, Record] = {}
    seen: dict[str, Judged] = {}
    judged: list[Judged] = []
    suspicions: list[Suspicion] = []
    for record in records:
        if record.returned:
            judged.append(Judged(record, "returned"))
            continue
        twin = seen.get(record.fingerprint)
        if twin:
            record.notes.append(
                Problem(
                    _("Baris kembar di berkas ini"),
                    "",
                    _("Sama persis dengan baris %(number)s; dicatat satu kali.")
                    % {"number": twin.record.number},
                )
            )
            judged.append(Judged(record, "matched", twin.target))
            continue
        entry = _entry(record)
        target = by_id.get(imported.get(record.fingerprint, 0))
        if target is None:
            same = {c.id: c for c in register.same_as(entry) if c.is_alias or c.id not in taken}
            candidates = list(same.values())
            target = candidates[0] if len(candidates) == 1 else None
            if len(candidates) > 1:
                record.returned.append(
                    Problem(
                        _("Cocok dengan beberapa usaha"),
                        "",
                        _("Nama, tempat, dan pemiliknya cocok dengan %(count)s usaha yang sudah tercatat.")
                        % {"count": len(candidates)},
                        _("Tambahkan nomor HP atau alamat yang membedakannya."),
                    )
                )
                judged.append(Judged(record, "returned"))
                continue
        if target is not None:
            taken.setdefault(target.id, record)
            done = Judged(record, "matched", target)
        else:
            suspicions += _suspect(entry, register, of_file)
            of_file.add(entry)
            done = Judged(record, "new", entry)
        seen[record.fingerprint] = done
        judged.append(done)
    return judged, suspicions


class _Index:
    def __init__(self) -> None:
        self.by_phone: dict[str, list[Known]] = defaultdict(list)
        self.by_ref: dict[str, list[Known]] = defaultdict(list)
        self.by_key: dict[str, list[Known]] = defaultdict(list)
        self.by_owner: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.by_cell: dict[tuple[int, int], list[Known]] = defaultdict(list)
        self.by_shape: dict[tuple[str, str], list[Known]] = defaultdict(list)

    def add(self, entry: Known) -> None:
        for phone in entry.phones:
            self.by_phone[phone].append(entry)
        if entry.source_ref:
            self.by_ref[entry.source_ref].append(entry)
        self.by_key[entry.key].append(entry)
        for owner in entry.owners:
            self.by_owner[owner, entry.area].append(entry)
        if entry.point:
            self.by_cell[_cell(entry.point)].append(entry)
        for shape in _shapes(entry):
            self.by_shape[shape].append(entry)

    def same_as(self, entry: Known) -> list[Known]:
        """Those of the register that name themselves as this one; several: nobody can tell which."""
        if entry.source_ref:
            by_ref = [c for c in self.by_ref[entry.source_ref] if fuzz.ratio(c.key, entry.key) >= 60]
            if by_ref:
                return by_ref[:1]
        alike = self.by_key.get(entry.key, ())
        by_phone = [c for c in alike if c.phones & entry.phones]
        if by_phone:
            return _narrowed(by_phone, entry)
        by_owner = [c for c in alike if c.owners & entry.owners and _same_place(c.area, entry.area)]
        if by_owner:
            return _narrowed(by_owner, entry)
        at_point = [
            c
            for c in alike
            if c.point
            and entry.point
            and _metres(c.point, entry.point) <= SAME_POINT_M
            and not (c.owners and entry.owners)
            and not (c.phones and entry.phones)
        ]
        return at_point if len(at_point) == 1 else []


def _narrowed(candidates: list[Known], entry: Known) -> list[Known]:
    if len(candidates) > 1 and entry.street:
        return [c for c in candidates if c.street == entry.street] or candidates
    return candidates


def _suspect(entry: Known, *indexes: _Index) -> list[Suspicion]:
    found: dict[int, Suspicion] = {}

    def propose(other: Known, why: str, likeness: int) -> None:
        if other is not entry and id(other) not in found:
            found[id(other)] = Suspicion(other, entry, why, likeness)

    for index in indexes:
        for phone in entry.phones:
            for other in _few(index.by_phone.get(phone)):
                propose(other, "same_phone", max(80, round(fuzz.ratio(other.key, entry.key))))
        for other in _few(index.by_key.get(entry.key)):
            if _same_place(other.area, entry.area) and not _clearly_apart(other, entry):
                propose(other, "same_name", 95)
        for other in _neighbours(index, entry):
            if len(entry.key) >= 6 and not _clearly_apart(other, entry):
                likeness = fuzz.ratio(other.key, entry.key, score_cutoff=NEAR_NAME)
                if likeness and not _other_people(other, entry):
                    propose(other, "near_name", round(likeness))
        for owner in entry.owners:
            # In a whole district many bear one name; in a village it says something.
            same = index.by_owner.get((owner, entry.area)) if entry.area.count(".") == 3 else None
            for other in _few(same):
                likeness = fuzz.token_set_ratio(other.key, entry.key)
                if likeness >= 70 or (entry.street and other.street == entry.street):
                    propose(other, "same_owner", round(max(likeness, 70)))
    return sorted(found.values(), key=lambda s: -s.likeness)[:MOST_SUSPICIONS]


def _few(block: list[Known] | None) -> list[Known]:
    """The latest of a block: what hundreds share says nothing, and all its pairs would take minutes."""
    return block[-MOST_IN_BLOCK:] if block else []


def _neighbours(index: _Index, entry: Known) -> Iterable[Known]:
    if entry.point:
        row, column = _cell(entry.point)
        for i in (row - 1, row, row + 1):
            for j in (column - 1, column, column + 1):
                yield from _few(index.by_cell.get((i, j)))
    elif entry.area.count(".") == 3:
        for shape in _shapes(entry):
            yield from _few(index.by_shape.get(shape))


def _shapes(entry: Known) -> tuple[tuple[str, str], ...]:
    """A slip of the pen changes the beginning or the end of a name, seldom both."""
    if entry.area.count(".") != 3:
        return ()
    return ((entry.area, "^" + entry.key[:4]), (entry.area, "$" + entry.key[-4:]))


def _clearly_apart(one: Known, other: Known) -> bool:
    return bool(one.point and other.point and _metres(one.point, other.point) > NEAR_M)


def _other_people(one: Known, other: Known) -> bool:
    return bool(one.owners and other.owners and not one.owners & other.owners and one.phones != other.phones)


def _same_place(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")


def _entry(record: Record) -> Known:
    return Known(
        key=record.key,
        area=record.area,
        record=record,
        owners={sign for sign in (record.owner_key, record.nik_hash) if sign},
        phones=set(record.phones),
        point=record.point,
        street=search_name(record.values.get("street", "")),
        source_ref=record.source_ref,
    )


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    return math.floor(point[0] / _CELL), math.floor(point[1] / _CELL)


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    north = (one[0] - other[0]) * 111_320
    east = (one[1] - other[1]) * 111_320 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)
