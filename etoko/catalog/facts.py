"""What the shops announce; `config/effects.py` says who answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProductChanged:
    """Something of it that buyers see or find it by: name, words, price, category, photo, state."""

    product_id: int


@dataclass(frozen=True)
class ShopChanged:
    """Something of it that buyers see, or whether it is open at all."""

    shop_id: int
