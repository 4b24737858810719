from etoko.privacy.operations.breaches import (
    UnableToHandle,
    close_breach,
    record_breach,
    remind_of_breaches,
    tell_agency,
    tell_people,
)
from etoko.privacy.operations.closing import close_account
from etoko.privacy.operations.taking_away import take_away
from etoko.privacy.operations.withdrawing import UnableToWithdraw, withdraw_everything

__all__ = [
    "UnableToHandle",
    "UnableToWithdraw",
    "close_account",
    "close_breach",
    "record_breach",
    "remind_of_breaches",
    "take_away",
    "tell_agency",
    "tell_people",
    "withdraw_everything",
]
