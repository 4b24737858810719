"""How a fact can stand in a text: a number with any signs between its digits, a day in words, a cut point."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.house.town_office import CANARIES


def spellings(canary: Any) -> Callable[[str, str], bool]:
    """Whether the text, or the same without the signs between its digits, holds the fact in any spelling."""
    if isinstance(canary, date):
        months = ("Maret", "Mar", "March", "03", "3")
        days = {f"{canary.day}{s}{m}{s}{canary.year}" for m in months for s in " -/."}
        return lambda text, _digits: canary.isoformat() in text or any(day in text for day in days)
    if isinstance(canary, int):
        return lambda _text, digits: str(canary) in digits
    if canary.startswith("+62"):
        return lambda _text, digits: canary[3:] in digits
    if canary.startswith("-6."):  # cut to a hundred metres it still leads to her door
        return lambda text, _digits: canary[1:6] in text or canary[1:6].replace(".", ",") in text
    if canary.isdecimal():  # a mask leaves four digits; letters beside them make it a name of something
        runs = [canary[i : i + 5] for i in range(len(canary) - 4)]
        return lambda _text, digits: any(
            run in digits and re.search(rf"(?<![A-Za-z_]){run}(?![A-Za-z_])", digits) for run in runs
        )
    return lambda text, _digits: canary in text


FINDERS = {name: spellings(canary) for name, canary in CANARIES.items()}
SIGNS = re.compile(r"(?<=\d)(?:[\s.,/()–-]|&nbsp;){1,2}(?=\d)")
