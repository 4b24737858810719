"""Twins of a business as hurried people type them, and neighbours that only look like twins: labelled, to
measure how well the linkage tells them apart. Always the same for the same seed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from etoko.registry.linking import Sketch

_NEAR = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "u": "yi",
    "n": "bm",
    "m": "n",
    "r": "et",
    "k": "jl",
    "s": "ad",
}
_SAID = (("kerupuk", "krupuk"), ("keripik", "kripik"), ("ibu", "bu"), ("bapak", "pak"), ("haji", "h"),
         ("warung", "wr"), ("toko", "tk"), ("jaya", "jy"), ("y", "i"), ("u", "oe"),
         ("j", "dj"), ("f", "p"))  # fmt: skip


def mistyped(text: str, chance: Random) -> str:  # noqa: PLR0911 - one answer for each slip
    """One slip: a letter doubled, left out, swapped or beside; another spelling; words turned around."""
    letters = [i for i, sign in enumerate(text) if sign.isalpha()]
    if len(letters) < 4:
        return text
    at = chance.choice(letters[1:])
    match chance.randrange(7):
        case 0:
            return text[:at] + text[at] + text[at:]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        case 3:
            return text[:at] + chance.choice(_NEAR.get(text[at].lower(), "e")) + text[at + 1 :]
        case 4:
            fitting = [(old, new) for old, new in _SAID if old in text.lower()]
            old, new = chance.choice(fitting or [("", "")])
            return re.sub(re.escape(old), new, text, count=1, flags=re.I) if old else text.upper()
        case 5:
            words = text.split()
            return " ".join([*words[1:], words[0]]) if len(words) > 1 else text.upper()
        case _:
            return text.upper()


def twin_of(one: Sketch, chance: Random) -> Sketch:
    """The same business once more, by somebody who heard half of it and typed in a hurry."""
    name = one.name
    for _slip in range(chance.choice((0, 1, 1, 1, 2))):
        name = mistyped(name, chance)
    owners = one.owners
    if owners:
        said = min(owners)
        roll = chance.random()
        if roll < 0.15:
            owners = frozenset()
        elif roll < 0.3:
            owners = frozenset({said.split()[0]})
        elif roll < 0.5:
            owners = frozenset({mistyped(said, chance)})
        elif roll < 0.65:
            owners = frozenset({f"{chance.choice(('Ibu', 'Bu', 'Hj.', 'Bpk', 'H.'))} {said}"})
    phones = one.phones
    if phones:
        roll, said = chance.random(), min(phones)
        if roll < 0.2:
            phones = frozenset()
        elif roll < 0.28:
            at = chance.randrange(6, len(said))
            phones = frozenset({said[:at] + str((int(said[at]) + 1) % 10) + said[at + 1 :]})
        elif roll < 0.36:
            phones = frozenset({f"+62857{chance.randrange(10**7, 10**8)}"})
    point = one.point
    if point:
        point = (point[0] + chance.gauss(0, 0.00012), point[1] + chance.gauss(0, 0.00012))
        point = None if chance.random() < 0.25 else point
    area = one.area
    if area.count(".") == 3 and chance.random() < 0.08:
        area = area.rpartition(".")[0]
    knows_rt = chance.random() >= 0.35
    return replace(
        one, name=name, owners=owners, phones=phones, point=point, area=area,
        rt=one.rt if knows_rt else "", rw=one.rw if knows_rt else "",
        street="" if chance.random() < 0.3 else one.street,
        kind="unknown" if chance.random() < 0.2 else one.kind,
    )  # fmt: skip


def labelled(
    originals: Sequence[Sketch], chance: Random, *, share: float = 0.3
) -> tuple[list[Sketch], set[tuple[int, int]], list[int]]:
    """All originals, twins of a share of them, and a second business of some owners; which pairs are one; and
    of which original each was made.

    The second businesses are what makes it hard: the same person, phone and place, another trade.
    """
    sketches, origins = list(originals), list(range(len(originals)))
    same: set[tuple[int, int]] = set()
    for i, one in enumerate(originals):
        roll = chance.random()
        if roll < share:
            same.add((i, len(sketches)))
            sketches.append(twin_of(one, chance))
            origins.append(i)
        elif roll < share + 0.07 and one.owners:
            other = chance.randrange(len(originals))
            if originals[other].name != one.name:
                sketches.append(replace(one, name=originals[other].name, kind=originals[other].kind))
                origins.append(other)
    return sketches, same, origins
