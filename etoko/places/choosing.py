"""Which areas to choose from: those one step further down, be the whole a sub-district or a province."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q

from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE, Area

CODE_LENGTHS = {PROVINCE: 2, REGENCY: 5, DISTRICT: 8, VILLAGE: 13}
"""Signs in Kemendagri's code of an area, by level: "36", "36.03", "36.03.04", "36.03.04.2002"."""


def areas_to_choose(codes: Sequence[str], chosen: str = "") -> list[Area]:
    """For somebody who sees these areas ("" is everywhere): in a sub-district its villages; in a province its
    regencies, and once one of them is chosen that one and its sub-districts. One query."""
    wide = _wide(codes)
    opened = _opened(wide, chosen)
    if opened:
        steps = [opened[:length] for length in CODE_LENGTHS.values() if length <= len(opened)]
        above = [code for code in steps if code not in wide and _inside(code, wide)]
        wanted = Q(parent=opened) | Q(code__in=above)
    else:
        wanted = Q(code__in=wide)
    return list(Area.objects.filter(wanted).order_by("code"))


def length_below(codes: Sequence[str], chosen: str = "") -> int:
    """How many signs of a code tell the areas apart that `areas_to_choose` gives."""
    wide = _wide(codes)
    opened = _opened(wide, chosen)
    if not opened:
        return max(len(code) for code in wide)
    return next(length for length in CODE_LENGTHS.values() if length > len(opened))


def _wide(codes: Sequence[str]) -> list[str]:
    return [code or settings.HOME_AREA for code in codes]


def _opened(wide: Sequence[str], chosen: str) -> str:
    """The area whose parts are shown; "" where there is only a list of areas."""
    at = chosen if _inside(chosen, wide) else ""
    if not at and len(wide) == 1:
        at = wide[0]
    if len(at) == CODE_LENGTHS[VILLAGE]:
        at = at[: CODE_LENGTHS[DISTRICT]]
    return at if _inside(at, wide) else ""


def _inside(code: str, wide: Sequence[str]) -> bool:
    return len(code) in CODE_LENGTHS.values() and any(f"{code}.".startswith(f"{one}.") for one in wide)
