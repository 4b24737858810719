from etoko.promises.operations.moving import (
    UnableToMovePromise,
    follow_handover,
    move_promise,
    report_promise,
)
from etoko.promises.operations.objecting import UnableToObject, answer_objection, object_to_count
from etoko.promises.operations.promising import PromiseFacts, UnableToPromise, make_promise
from etoko.promises.operations.reminding import remind_of_promises

__all__ = [
    "PromiseFacts",
    "UnableToMovePromise",
    "UnableToObject",
    "UnableToPromise",
    "answer_objection",
    "follow_handover",
    "make_promise",
    "move_promise",
    "object_to_count",
    "remind_of_promises",
    "report_promise",
]
