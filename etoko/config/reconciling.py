"""All checks of the night, from the bottom up. A room that holds goods or keeps sums puts its own here."""

from collections.abc import Sequence
from datetime import datetime

from etoko.catalog.making import capacity_out_of_step
from etoko.catalog.operations.reconciling import check_stock_nightly
from etoko.catalog.reconciling import Check, Difference, movements_out_of_step
from etoko.consignment.reconciling import consignments_out_of_step
from etoko.groups.reconciling import books_out_of_step
from etoko.ordering.reconciling import lines_out_of_step
from etoko.payments.reconciling import ledger_out_of_step
from etoko.reviews.reconciling import ratings_out_of_step
from etoko.vouchers.reconciling import uses_out_of_step

CHECKS: Sequence[Check] = (
    movements_out_of_step,
    capacity_out_of_step,
    uses_out_of_step,
    lines_out_of_step,
    ratings_out_of_step,
    consignments_out_of_step,
    ledger_out_of_step,
    books_out_of_step,
)


def stock_differences() -> list[Difference]:
    return [difference for check in CHECKS for difference in check()]


def reconcile_stock(*, at: datetime) -> int:
    return check_stock_nightly(checks=CHECKS, at=at)
