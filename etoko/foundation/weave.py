"""The woven pattern (*anyaman*) that stands in for a picture: the same name always weaves the same cloth.

A strand is a stroked line; where it runs over and under the others is the dash pattern of that line. So a
whole mat of some hundred crossings is a dozen short paths, small enough to stand inside a page.
"""

import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

SIDE = 240
BAND = 1200
MAX_BYTES = 2048
SLUG_LENGTH = 60


class Dye(NamedTuple):
    """Colours of one mat: the dark between the strands, lying and standing strands, and the coloured ones."""

    ground: str
    weft: str
    warp: str
    accent: str


DYES = (
    Dye("#4a3720", "#ecdcb3", "#d8bd83", "#1d6b45"),
    Dye("#4a3720", "#f3e7c9", "#c99f57", "#b14a1f"),
    Dye("#0c3220", "#d9cf9f", "#2f7d54", "#e3a72f"),
    Dye("#0c3220", "#e9dcb4", "#1d6b45", "#b14a1f"),
    Dye("#4f2411", "#f0dcb6", "#c4622f", "#1d6b45"),
    Dye("#4f2411", "#e9c777", "#b14a1f", "#134d31"),
    Dye("#5a3c0c", "#f4e6bf", "#e3a72f", "#134d31"),
    Dye("#5a3c0c", "#ead7a2", "#d39a2c", "#1f658f"),
    Dye("#123a52", "#e8ddbd", "#3a7ca5", "#e3a72f"),
    Dye("#123a52", "#efe2c0", "#1f658f", "#b14a1f"),
    Dye("#3b2a1a", "#dcc692", "#a9793c", "#e3a72f"),
    Dye("#3b2a1a", "#ece0c2", "#8a5a33", "#1d6b45"),
)


class Lot:
    """Draws from a name: a row of small numbers that never differs for the same name."""

    def __init__(self, slug: str) -> None:
        self._number = int.from_bytes(hashlib.blake2b(slug.encode(), digest_size=16).digest(), "big")

    def draw(self, choices: int) -> int:
        self._number, drawn = divmod(self._number, choices)
        return drawn


def weave_slug(name: str) -> str:
    """The name as it stands in `/anyaman/<slug>.svg`; a name without a letter still gets a mat of its own."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-")
    return slug or hashlib.blake2b(name.encode(), digest_size=6).hexdigest()


def weave_svg(name: str, class_: str = "weave", label: str = "") -> Markup:
    """The pattern as SVG to stand inside a page; decoration for the eye unless a label is given."""
    role = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg class="{}" {} viewBox="0 0 240 240" preserveAspectRatio="xMidYMid slice">{}</svg>'
    ).format(class_, role, _mat(weave_slug(name)))


def weave_band(name: str) -> Markup:
    """The same cloth as a long strip, for the head of a shop's page."""
    return Markup(
        '<svg class="weave" aria-hidden="true" viewBox="0 60 {} 120" preserveAspectRatio="xMidYMid slice">'
        "{}</svg>"
    ).format(BAND, _mat(weave_slug(name), BAND))


def weave_url(name: str) -> str:
    """Where the pattern is an image of its own: for lists, where many patterns would weigh on the page."""
    return f"/anyaman/{weave_slug(name)}.svg"


def weave_image(slug: str) -> str:
    """The pattern as an SVG file of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">{_mat(weave_slug(slug))}</svg>'


@lru_cache(maxsize=2048)
def _mat(slug: str, wide: int = SIDE) -> Markup:
    lot = Lot(slug)
    dye = DYES[lot.draw(len(DYES))]
    motif = MOTIFS[lot.draw(len(MOTIFS))]
    ground = f'<path fill="{dye.ground}" d="M0 0h{wide}v240H0z"/>'
    return Markup(f'{ground}<g fill="none">{motif(lot, dye, wide)}</g>')


# -- mats of two directions ------------------------------------------------------------------------------


def _plain(lot: Lot, dye: Dye, wide: int) -> str:
    """Sasag: over one, under one, in broad strips."""
    cell = (20, 24, 30)[lot.draw(3)]
    return _two_ways(lot, dye, wide, cell, over=1, under=1, start=lambda column: column)


def _twill(lot: Lot, dye: Dye, wide: int) -> str:
    """Kepar: over two, under two, each strip one step on, so that slanting lines appear."""
    cell = (15, 20, 24)[lot.draw(3)]
    over, under = ((2, 2), (3, 3), (2, 1))[lot.draw(3)]
    lean = (1, -1)[lot.draw(2)]
    return _two_ways(lot, dye, wide, cell, over=over, under=under, start=lambda column: lean * column)


def _herringbone(lot: Lot, dye: Dye, wide: int) -> str:
    """Kepar that turns back every few strips: a zigzag."""
    cell = (15, 20)[lot.draw(2)]
    turn = (3, 4)[lot.draw(2)]
    return _two_ways(lot, dye, wide, cell, over=2, under=2, start=lambda column: _to_and_fro(column, turn))


def _diamond(lot: Lot, dye: Dye, wide: int) -> str:
    """Belah ketupat: a zigzag mirrored at the middle, so that diamonds grow inside each other."""
    cell = (20, 24)[lot.draw(2)]
    half = SIDE // cell // 2
    turn = (half, 3)[lot.draw(2)]
    shift = lot.draw(4)
    return _two_ways(
        lot,
        dye,
        wide,
        cell,
        over=2,
        under=2,
        start=lambda column: _to_and_fro(column + turn - half, turn) + shift,
        mirrored=True,
    )


def _to_and_fro(column: int, turn: int) -> int:
    step = column % (2 * turn)
    return min(step, 2 * turn - step)


def _two_ways(
    lot: Lot,
    dye: Dye,
    wide: int,
    cell: int,
    *,
    over: int,
    under: int,
    start: Callable[[int], int],
    mirrored: bool = False,
) -> str:
    rows = [f"M0 {_n((row + 0.5) * cell)}H{wide}" for row in range(SIDE // cell)]
    columns = [
        "".join(_over_runs((column + 0.5) * cell, start(column), cell, over, under, mirrored=mirrored))
        for column in range(wide // cell)
    ]
    dyed_rows, dyed_columns = _dyed(lot, len(rows), len(columns))
    lying = _strands(rows, dyed_rows, dye.weft, dye.accent, cell - 2)
    lying += f'<path stroke="#000" opacity=".08" stroke-width="{_n(cell * 0.28)}" d="{"".join(rows)}"/>'
    standing = f'<path stroke="{dye.ground}" opacity=".55" stroke-width="{cell + 1}" d="{"".join(columns)}"/>'
    standing += _strands(columns, dyed_columns, dye.warp, dye.accent, cell - 2)
    standing += f'<path stroke="#fff" opacity=".16" stroke-width="{_n(cell * 0.28)}" d="{"".join(columns)}"/>'
    dashes = f'stroke-dasharray="{over * cell - 1} {under * cell + 1}" stroke-dashoffset="-.5"'
    return f"{lying}<g {dashes}>{standing}</g>"


def _over_runs(x: float, phase: int, cell: int, over: int, under: int, *, mirrored: bool) -> Iterable[str]:
    """Lines that, dashed, show where one standing strand lies on top; the dash begins anew at each `M`."""
    repeat = over + under
    done = phase % repeat
    if not mirrored:
        yield f"M{_n(x)} {-done * cell}V240"
        return
    middle = SIDE // 2
    for way, edge in ((-1, 0), (1, SIDE)):
        if not done:
            yield f"M{_n(x)} {middle}V{edge}"
            continue
        if done < over:
            yield f"M{_n(x)} {middle}v{way * (over - done) * cell}"
        yield f"M{_n(x)} {middle + way * (repeat - done) * cell}V{edge}"


def _dyed(lot: Lot, rows: int, columns: int) -> tuple[frozenset[int], frozenset[int]]:
    """Which lying and which standing strands are dyed: as in hats and baskets, a band or every few."""
    kind = lot.draw(7)
    plain: frozenset[int] = frozenset()
    if kind == 0:
        return plain, plain
    lying, standing = (_band(rows), _band(columns)) if kind < 4 else (_every_few(rows), _every_few(columns))
    if kind in (1, 4):
        return lying, plain
    if kind in (2, 5):
        return plain, standing
    return lying, standing


def _band(count: int) -> frozenset[int]:
    return frozenset((count // 2 - 1, count // 2))


def _every_few(count: int) -> frozenset[int]:
    return frozenset(at for at in range(count) if at % 4 in (1, 2))


def _strands(lines: list[str], dyed: frozenset[int], plain: str, accent: str, width: int) -> str:
    drawn = ""
    for colour, chosen in (
        (plain, "".join(line for at, line in enumerate(lines) if at not in dyed)),
        (accent, "".join(line for at, line in enumerate(lines) if at in dyed)),
    ):
        if chosen:
            drawn += f'<path stroke="{colour}" stroke-width="{width}" d="{chosen}"/>'
    return drawn


# -- the mat of three directions -------------------------------------------------------------------------


def _kagome(lot: Lot, dye: Dye, wide: int) -> str:
    """Mata bilik: strips in three directions round six-sided eyes, as in the baskets for fish and chickens.

    Lying strips pass over the rising ones, rising over falling, falling over lying: each strip goes over
    and under by turns.
    """
    edge = (24, 30, 40)[lot.draw(3)]
    width = round(edge * (0.5, 0.58)[lot.draw(2)])
    lying, rising, falling = (
        (dye.weft, dye.warp, dye.accent),
        (dye.weft, dye.weft, dye.warp),
        (dye.warp, dye.weft, dye.weft),
    )[lot.draw(3)]
    reach = SIDE / math.sqrt(3)  # how far a slanting strip moves sideways from top to bottom
    rows = "".join(f"M0 {_n(at * math.sqrt(3) * edge)}H{wide}" for at in range(int(SIDE / 1.7 / edge) + 1))
    up = "".join(
        f"M{_n(x)} 0l{_n(reach)} 240" for x in range(-2 * edge * int(reach / 2 / edge + 1), wide, 2 * edge)
    )
    down = "".join(f"M{_n(x)} 0l{_n(-reach)} 240" for x in range(edge, int(wide + reach) + edge, 2 * edge))
    # Falling strips lie below both others, so they are drawn once more, only where they cross the lying ones.
    patch = round(width * 1.75)
    patches = f'stroke-dasharray="{patch} {2 * edge - patch}" stroke-dashoffset="{_n(patch / 2)}"'
    return (
        _edged(down, falling, dye.ground, width)
        + _edged(up, rising, dye.ground, width)
        + _edged(rows, lying, dye.ground, width)
        + f"<g {patches}>{_edged(down, falling, dye.ground, width)}</g>"
    )


def _edged(lines: str, colour: str, ground: str, width: int) -> str:
    return (
        f'<path stroke="{ground}" stroke-width="{width + 3}" d="{lines}"/>'
        f'<path stroke="{colour}" stroke-width="{width}" d="{lines}"/>'
    )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


MOTIFS = (_plain, _twill, _herringbone, _diamond, _kagome)
