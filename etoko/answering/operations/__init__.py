from etoko.answering.operations.answering import UnableToAnswer, answer_by_link, take_back_answer
from etoko.answering.operations.renewing import UnableToRenew, may_renew, renew_link

__all__ = [
    "UnableToAnswer",
    "UnableToRenew",
    "answer_by_link",
    "may_renew",
    "renew_link",
    "take_back_answer",
]
