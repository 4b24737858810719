"""Every deed has words for people: `config/words.py` misses none that the code records."""

import ast
from collections.abc import Iterator

from etoko.audit.words import known_deeds
from etoko.catalog.states import PRODUCT_FLOW
from etoko.foundation.drawings import ROOT
from etoko.ordering.states import ORDER_FLOW


def recorded_deeds() -> Iterator[tuple[str, str]]:
    """(deed, file) of each call that names its deed in so many words: `record_deed(deed="…")`, or a helper
    of the room, `_record("…", …)`, `_change(…, "…", …)`."""
    for file in sorted((ROOT / "etoko").rglob("*.py")):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            named: list[ast.expr] = []
            if node.func.id == "record_deed":
                named = [word.value for word in node.keywords if word.arg == "deed"]
            elif node.func.id == "_change" or node.func.id.startswith("_record"):
                named = node.args
            for word in named:
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value, file.relative_to(ROOT).as_posix()


def test_it_sees_every_way_of_naming_a_deed() -> None:
    assert {"grant_role", "use_activation_link", "set_holiday"} <= {deed for deed, _file in recorded_deeds()}


def test_every_deed_has_its_words() -> None:
    missing = sorted({f"{deed} ({file})" for deed, file in recorded_deeds() if deed not in known_deeds()})
    assert missing == [], "give the deed its words in etoko/config/words.py"


def test_moves_that_are_deeds_have_their_words() -> None:
    deeds = [f"{move}_product" for move in PRODUCT_FLOW.moves] + [
        f"{move}_order" for move in ORDER_FLOW.moves
    ]
    assert [deed for deed in deeds if deed not in known_deeds()] == []
