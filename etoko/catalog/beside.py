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


class ShownReview(Protocol):
    """A review, ready to be shown."""

    @property
    def stars(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def at(self) -> str: ...


Reviews = Callable[[int], Sequence[ShownReview]]

_reviews: list[Reviews] = []


def ask_reviews_by(provider: Reviews) -> None:
    """`provider` gives the first reviews of a product by its id, with one question to the database."""
    _reviews[:] = [provider]


def reviews_of(product_id: int) -> Sequence[ShownReview]:
    return _reviews[0](product_id) if _reviews else ()


Maker = Callable[[int], tuple[str, str] | None]

_makers: list[Maker] = []


def ask_maker_by(provider: Maker) -> None:
    """`provider` gives (name, address) of the business that makes a product which another shop sells for it,
    by the product's id, with one question to the database."""
    _makers[:] = [provider]


def maker_of(product_id: int) -> tuple[str, str] | None:
    return _makers[0](product_id) if _makers else None
