"""Everything that can happen to a voucher."""

from etoko.vouchers.operations.issuing import (
    Draft,
    UnableToIssue,
    end_past_vouchers,
    issue_voucher,
    move_voucher,
)
from etoko.vouchers.operations.taking import (
    change_voucher_share,
    give_back_voucher,
    take_voucher,
    take_voucher_again,
)

__all__ = [
    "Draft",
    "UnableToIssue",
    "change_voucher_share",
    "end_past_vouchers",
    "give_back_voucher",
    "issue_voucher",
    "move_voucher",
    "take_voucher",
    "take_voucher_again",
]
