"""How reliable an organisation is: (kept + 1) / (due + 2), with the interval that holds it nine times of ten.

The formula is the mean of Beta(kept + 1, due − kept + 1), what one believes after `due` promises of which
`kept` were kept and before which all was equally likely (Laplace). With few promises the interval is wide,
and the page says so: nobody is ranked by it.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log

LOWER, UPPER = 0.05, 0.95
_HALVINGS = 30


@dataclass(frozen=True, slots=True)
class Reliability:
    kept: int
    due: int
    share: float
    low: float
    high: float

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def low_percent(self) -> int:
        return round(self.low * 100)

    @property
    def high_percent(self) -> int:
        return round(self.high * 100)


@lru_cache(maxsize=4096)
def reliability(kept: int, due: int) -> Reliability:
    """`kept` of `due` promises; 0 ≤ kept ≤ due."""
    if not 0 <= kept <= due:
        raise ValueError("so many cannot have been kept")
    share = (kept + 1) / (due + 2)
    return Reliability(kept, due, share, _quantile(LOWER, kept, due), _quantile(UPPER, kept, due))


def _quantile(probability: float, kept: int, due: int) -> float:
    low, high = 0.0, 1.0
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        if _below(middle, kept, due) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _below(x: float, kept: int, due: int) -> float:
    """P(Beta(kept + 1, due − kept + 1) ≤ x), which is P(Binomial(due + 1, x) > kept)."""
    number = due + 1
    if x <= 0 or x >= 1:
        return float(x >= 1)
    base = lgamma(number + 1)
    return sum(
        exp(
            base - lgamma(hits + 1) - lgamma(number - hits + 1) + hits * log(x) + (number - hits) * log(1 - x)
        )
        for hits in range(kept + 1, number + 1)
    )
