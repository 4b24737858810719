from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from etoko.foundation.tables.columns import Column
from etoko.places.models import Area

OPEN_LICENCE = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/deed.id)"
"""Whoever passes it on names the source. What may be done with data of people, the law says."""
CLOSED_LICENCE = (
    "Bukan data terbuka. Berisi data pribadi (UU 27/2022): "
    "hanya untuk tugas pemegang haknya, tidak disebarkan"
)


@dataclass(frozen=True)
class Dataset:
    slug: str
    title: str | Promise
    about: str | Promise
    rows: Callable[[Area], Iterator[Any]]
    """All things of an area, in a fixed order."""
    columns: tuple[Column, ...]
    source: str
    count: Callable[[Area], int] = lambda area: 0
    """How many things; asked only where it is written down who took them."""
    licence: str = OPEN_LICENCE
    point: tuple[str, str] = ("", "")
    """Columns of longitude and latitude; empty: its things have no place on a map."""
    remarks: tuple[str, ...] = ()
