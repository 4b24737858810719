"""What has to be done because time passes, room by room; the worker does it every TICK_SECONDS.

Each deed asks its own question ("which orders are due?"), changes each thing in a transaction of its own
and checks again under a lock: two workers that do it at once do it once.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from etoko.catalog.operations.photographing import sweep_photos
from etoko.catalog.search.operations import list_shops_by_the_day
from etoko.foundation.onetime import forget_old_keys
from etoko.ordering.operations import complete_orders, expire_orders, forget_guest_carts
from etoko.people.operations.forgetting import forget_old_sign_ins

TICK_SECONDS = 30
DUE: Sequence[Callable[..., int]] = (
    expire_orders,
    complete_orders,
    forget_guest_carts,
    list_shops_by_the_day,
    forget_old_keys,
    forget_old_sign_ins,
    sweep_photos,
)

logger = logging.getLogger("etoko.due")


def run_due(*, at: datetime) -> dict[str, int]:
    """Do all of it; what fails is logged and stops nothing else. Returns how much each deed changed."""
    done: dict[str, int] = {}
    for deed in DUE:
        try:
            done[deed.__name__] = deed(at=at)
        except Exception:
            logger.exception("Due work failed: %s", deed.__name__)
    return done
