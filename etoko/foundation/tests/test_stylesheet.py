import re
from pathlib import Path

import brotli
import django_htmx
import pytest

from etoko.foundation import stylesheet

STATIC = stylesheet.SHEET.parent
CSS_BYTES = 12 * 1024
FIRST_VISIT_BYTES = 40 * 1024
SCRIPT_BYTES = 5_600

TEXTS = ["ink", "muted", "leaf", "leaf-dark", "clay", "sky", "danger"]
GROUNDS = ["paper", "surface"]
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("ink", "sunken"),
    ("muted", "sunken"),
    ("on-leaf", "leaf"),
    ("on-leaf", "leaf-dark"),
    ("on-danger", "danger"),
    ("paper", "clay"),
    ("paper", "ink"),
    ("leaf-dark", "leaf-tint"),
    ("leaf", "leaf-tint"),
    ("muted", "leaf-tint"),
    ("clay", "clay-tint"),
    ("turmeric-ink", "turmeric-tint"),
    ("turmeric-ink", "surface"),
    ("sky", "sky-tint"),
    ("danger", "danger-tint"),
    *(("ink", f"{tint}-tint") for tint in ("leaf", "clay", "turmeric", "sky", "danger")),
]
EDGES = [("edge", "surface"), ("edge", "paper"), ("focus", "surface"), ("focus", "paper"), ("leaf", "line")]


def test_the_kept_sheet_is_what_the_chapters_say() -> None:
    assert stylesheet.SHEET.read_text() == stylesheet.build_stylesheet(), (
        "run: python -m etoko.foundation.stylesheet"
    )


def test_the_sheet_stays_small() -> None:
    assert len(brotli.compress(stylesheet.SHEET.read_bytes())) <= CSS_BYTES


def test_all_of_a_first_visit_stays_small() -> None:
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    files = [stylesheet.SHEET, STATIC / "etoko.js", STATIC / "suggest.js", STATIC / "swap.js", htmx]
    assert sum(len(brotli.compress(file.read_bytes())) for file in files) <= FIRST_VISIT_BYTES


def test_the_own_script_stays_small() -> None:
    assert (STATIC / "etoko.js").stat().st_size <= SCRIPT_BYTES


def test_both_ways_to_each_scheme_give_the_same_colours() -> None:
    light, dark, chosen_light, chosen_dark = _schemes()
    assert light == chosen_light
    assert dark == chosen_dark
    assert light.keys() == dark.keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_on_its_ground(scheme: str, text: str, ground: str) -> None:
    colours = _schemes()[scheme == "dark"]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_stand_out(scheme: str, edge: str, ground: str) -> None:
    colours = _schemes()[scheme == "dark"]
    assert contrast(colours[edge], colours[ground]) >= 3


def _schemes() -> list[dict[str, str]]:
    """The four sets of colours: light, dark by device; light, dark by choice."""
    text = (stylesheet.CHAPTERS / "01-tokens.css").read_text()
    sets = re.findall(r"\{\s*color-scheme: \w+;(.*?)\}", text, flags=re.DOTALL)
    assert len(sets) == 4
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", one)) for one in sets]
    return [found[0], found[1], found[2], found[3]]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_black_on_white_has_the_contrast_that_the_standard_gives_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
