"""What the orders announce; `config/effects.py` says who answers, inside the transaction of the deed.

An answer reads the order anew: it is written already when the fact is announced.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """It stands there with its lines and its stock held."""

    order_pk: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderMoved:
    """`move` is a move of ORDER_FLOW; the order already stands in its target."""

    order_pk: int
    move: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderTotalChanged:
    """What is due for it is another sum now; whole rupiah."""

    order_pk: int
    before_rp: int
    after_rp: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ComplaintEscalated:
    """Buyer and seller did not settle it between them: somebody of the area should look."""

    complaint_pk: int
    at: datetime
