"""Every deed has words for people: `config/words.py` misses none that the code records."""

import ast
from collections.abc import Iterator

from etoko.audit.words import known_deeds
from etoko.foundation.drawings import ROOT


def recorded_deeds() -> Iterator[tuple[str, str]]:
    """(deed, file) of each call that names its deed in so many words."""
    for file in sorted((ROOT / "etoko").rglob("*.py")):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for word in node.keywords:
                    if word.arg == "deed" and isinstance(word.value, ast.Constant):
                        yield str(word.value.value), file.relative_to(ROOT).as_posix()


def test_every_deed_has_its_words() -> None:
    missing = sorted({f"{deed} ({file})" for deed, file in recorded_deeds() if deed not in known_deeds()})
    assert missing == [], "give the deed its words in etoko/config/words.py"
