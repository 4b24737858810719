"""Rahma's shop and an order of Siti's, as the room below has them."""

from etoko.ordering.tests.conftest import (
    everything,
    hat,
    hat_shop,
    kerupuk,
    kerupuk_shop,
    placed,
)

__all__ = ["everything", "hat", "hat_shop", "kerupuk", "kerupuk_shop", "placed"]
