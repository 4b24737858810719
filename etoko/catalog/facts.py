"""What the shops announce; `config/effects.py` says who answers."""

from dataclasses import dataclass
from datetime import datetime

from etoko.registry.access import Acting


@dataclass(frozen=True)
class ProductChanged:
    """Something of it that buyers see or find it by: name, words, price, category, photo, state."""

    product_id: int


@dataclass(frozen=True)
class ShopChanged:
    """Something of it that buyers see, or whether it is open at all."""

    shop_id: int


@dataclass(frozen=True)
class ShopStarted:
    """A business has a shop, which is not open yet."""

    shop_id: int
    acting: Acting
    """Who started it, for which business."""
    at: datetime
