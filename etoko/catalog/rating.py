"""Stars that buyers gave: the plain mean is shown, always with how many; lists are sorted by a smoothed one.

Why so: docs/decisions/reviews.md.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LEAST, MOST = 1, 5
_PRIOR_COUNT, _PRIOR_MEAN = 5, Decimal("3.5")
"""As if everything had five reviews of 3.5 stars before its first: one friend's five stars prove little."""


@dataclass(frozen=True, slots=True)
class Rating:
    count: int
    sum: int

    @property
    def mean(self) -> str:
        """ "4.7", for machines."""
        tenths = (Decimal(self.sum) / self.count).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        return f"{tenths:f}"

    @property
    def shown(self) -> str:
        """ "4,7", for people."""
        return self.mean.replace(".", ",")


def rating_of(count: int, stars: int) -> Rating | None:
    """None as long as nobody has said anything: nought stars would be a verdict."""
    return Rating(count, stars) if count else None


def smoothed(count: int, stars: int) -> int:
    """For sorting, in thousandths of a star."""
    return int((_PRIOR_COUNT * _PRIOR_MEAN + stars) * 1000 / (_PRIOR_COUNT + count))
