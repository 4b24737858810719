from etoko.ordering.operations.carting import (
    UnableToAdd,
    add_to_cart,
    change_quantity,
    merge_carts,
    take_out,
    take_what_is_left,
)
from etoko.ordering.operations.changing import Destination, change_order
from etoko.ordering.operations.complaining import (
    MOST_PHOTOS,
    UnableToComplain,
    answer_complaint,
    complain,
    escalate_complaint,
    escalate_complaints,
    may_complain,
    settle_complaint,
)
from etoko.ordering.operations.expiring import (
    cancel_unpaid_orders,
    complete_orders,
    expire_orders,
    forget_guest_carts,
)
from etoko.ordering.operations.holidays import UnableToKeepHoliday, add_holiday, drop_holiday
from etoko.ordering.operations.merging import merge_orders
from etoko.ordering.operations.moving import move_order
from etoko.ordering.operations.paying import UnableToPay, keep_paid, keep_terms, refuse_report, report_payment
from etoko.ordering.operations.placing import (
    Placed,
    Receiver,
    UnableToPlace,
    UnableToPlaceAll,
    UnableToPlaceAsShown,
    place_orders,
)
from etoko.ordering.operations.proposing import (
    Weighed,
    answer_proposal,
    expire_proposals,
    proposal_in_words,
    propose_substitute,
    weigh_line,
)
from etoko.ordering.operations.recording import CLOCKWORK, Actor, as_buyer, as_seller
from etoko.ordering.operations.reducing import NOT_YET_GONE, UnableToChange, reduce_order
from etoko.ordering.operations.reminding import remind_of_deadlines
from etoko.ordering.operations.returning import (
    UnableToReturn,
    answer_return,
    ask_return,
    may_return,
    receive_return,
    take_goods_back,
)
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
    "CLOCKWORK",
    "MOST_PHOTOS",
    "NOT_YET_GONE",
    "TAKE_BACK_WITHIN",
    "Actor",
    "Destination",
    "Placed",
    "Receiver",
    "UnableToAdd",
    "UnableToChange",
    "UnableToComplain",
    "UnableToKeepHoliday",
    "UnableToPay",
    "UnableToPlace",
    "UnableToPlaceAll",
    "UnableToPlaceAsShown",
    "UnableToReturn",
    "UnableToSetWaitingTimes",
    "UnableToTakeBack",
    "Weighed",
    "add_holiday",
    "add_to_cart",
    "answer_complaint",
    "answer_proposal",
    "answer_return",
    "as_buyer",
    "as_seller",
    "ask_return",
    "cancel_unpaid_orders",
    "change_order",
    "change_quantity",
    "complain",
    "complete_orders",
    "drop_holiday",
    "escalate_complaint",
    "escalate_complaints",
    "expire_orders",
    "expire_proposals",
    "forget_amount_claims",
    "forget_guest_carts",
    "give_back_unique_amount",
    "keep_paid",
    "keep_terms",
    "may_complain",
    "may_return",
    "merge_carts",
    "merge_orders",
    "move_order",
    "move_to_take_back",
    "place_orders",
    "proposal_in_words",
    "propose_substitute",
    "receive_return",
    "reduce_order",
    "refuse_report",
    "remind_of_deadlines",
    "report_payment",
    "set_waiting_times",
    "settle_complaint",
    "take_back_move",
    "take_goods_back",
    "take_out",
    "take_unique_amounts",
    "take_what_is_left",
    "weigh_line",
]
