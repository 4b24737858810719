from etoko.ordering.operations.carting import (
    UnableToAdd,
    add_to_cart,
    change_quantity,
    merge_carts,
    take_out,
    take_what_is_left,
)
from etoko.ordering.operations.expiring import (
    cancel_unpaid_orders,
    complete_orders,
    expire_orders,
    forget_guest_carts,
)
from etoko.ordering.operations.moving import move_order
from etoko.ordering.operations.paying import UnableToPay, keep_paid, refuse_report, report_payment
from etoko.ordering.operations.placing import (
    Placed,
    Receiver,
    UnableToPlace,
    UnableToPlaceAll,
    UnableToPlaceAsShown,
    place_orders,
)
from etoko.ordering.operations.reminding import remind_of_deadlines
from etoko.ordering.operations.taking_back import (
    TAKE_BACK_WITHIN,
    UnableToTakeBack,
    move_to_take_back,
    take_back_move,
)
from etoko.ordering.operations.unique_amounts import (
    forget_amount_claims,
    give_back_unique_amount,
    take_unique_amounts,
)
from etoko.ordering.operations.waiting import UnableToSetWaitingTimes, set_waiting_times

__all__ = [
    "TAKE_BACK_WITHIN",
    "Placed",
    "Receiver",
    "UnableToAdd",
    "UnableToPay",
    "UnableToPlace",
    "UnableToPlaceAll",
    "UnableToPlaceAsShown",
    "UnableToSetWaitingTimes",
    "UnableToTakeBack",
    "add_to_cart",
    "cancel_unpaid_orders",
    "change_quantity",
    "complete_orders",
    "expire_orders",
    "forget_amount_claims",
    "forget_guest_carts",
    "give_back_unique_amount",
    "keep_paid",
    "merge_carts",
    "move_order",
    "move_to_take_back",
    "place_orders",
    "refuse_report",
    "remind_of_deadlines",
    "report_payment",
    "set_waiting_times",
    "take_back_move",
    "take_out",
    "take_unique_amounts",
    "take_what_is_left",
]
