from etoko.ordering.models.after import (
    Complaint,
    ComplaintPhoto,
    ComplaintPost,
    GoodsReturn,
    GoodsReturnLine,
    Holiday,
)
from etoko.ordering.models.order import (
    AmountClaim,
    Cart,
    CartLine,
    Order,
    OrderEvent,
    OrderGroup,
    OrderLine,
    Proposal,
    WaitingTimes,
)

__all__ = [
    "AmountClaim",
    "Cart",
    "CartLine",
    "Complaint",
    "ComplaintPhoto",
    "ComplaintPost",
    "GoodsReturn",
    "GoodsReturnLine",
    "Holiday",
    "Order",
    "OrderEvent",
    "OrderGroup",
    "OrderLine",
    "Proposal",
    "WaitingTimes",
]
