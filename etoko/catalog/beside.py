"""What rooms above know of a shop or its goods and its public page shows. Whoever knows tells how to ask,
once, when the rooms are loaded (`config/apps.py`); until then the pages show nothing of it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol


class Offer(Protocol):
    """A voucher that everybody may use in the shop, ready to be shown."""

    @property
    def code(self) -> str: ...
    @property
    def benefit(self) -> str: ...
    @property
    def conditions(self) -> str: ...
    @property
    def href(self) -> str: ...
    @property
    def left(self) -> int | None: ...


Offers = Callable[[int, str, date], Sequence[Offer]]

_offers: list[Offers] = []


def ask_offers_by(provider: Offers) -> None:
    """`provider` gives the offers by the shop's id, its area code and the day; it asks the database at most
    three times, and once where there are none."""
    _offers[:] = [provider]


def offers_of(shop_id: int, area_code: str, on: date) -> Sequence[Offer]:
    return _offers[0](shop_id, area_code, on) if _offers else ()
