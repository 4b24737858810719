"""Changes that many people make at once.

What must not go wrong under a crowd goes through here or through `select_for_update`, so that the tests can
switch all of it off in one place and show that the same race then goes wrong (`tests/racing.py`).
Call it as `guarding.change_if(…)`: a name imported from here would not notice the switch.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet


def change_if(rows: QuerySet[Any], condition: Q, **changes: Any) -> bool:
    """Look and change in one UPDATE, which needs no lock before it and cannot act on a stale figure.

    Returns whether there was a row of which the condition was true.
    """
    return bool(rows.filter(condition).update(**changes))


def in_transaction() -> bool:
    """Whether what is written now happens wholly or not at all."""
    return bool(transaction.get_connection().in_atomic_block)


def in_lock_order(quantities: Mapping[int, int]) -> list[tuple[int, int]]:
    """By id: two that change the same two rows crosswise would else wait for each other for ever."""
    return sorted(quantities.items())
