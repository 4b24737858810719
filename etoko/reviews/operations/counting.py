"""The sums that goods and shops carry are put right by what the reviews themselves say."""

from etoko.catalog.operations.rating import put_ratings_right
from etoko.reviews.reconciling import sums_of_goods, sums_of_shops


def recount_ratings() -> list[str]:
    """Says in words what was out of step; empty when nothing was."""
    return put_ratings_right(products=sums_of_goods(), shops=sums_of_shops())
