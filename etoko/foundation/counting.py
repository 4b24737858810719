"""Numbers that stand at the head of a list."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

LARGE = 10_000
KEPT_SECONDS = 60

Answer = TypeVar("Answer")


def count_of(found: QuerySet[Any]) -> int:
    """How many rows. Where they are more than ten thousand the number may be a minute old: to count a
    province takes longer than everything else on the page."""
    plain = found.order_by()
    try:
        key = str(plain.query)
    except EmptyResultSet:  # nothing can fit, and no question is written for that
        return 0
    return kept_if_large(key, plain.count, size=int)


def kept_if_large(key: str, question: Callable[[], Answer], *, size: Callable[[Answer], int]) -> Answer:
    """The answer, asked anew each time unless it was large: then it is kept for a minute."""
    # What the key holds may be what somebody typed: it is not written into the cache as it stands.
    name = f"large:{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"
    kept: Answer | None = cache.get(name)
    if kept is not None:
        return kept
    answer = question()
    if size(answer) > LARGE:
        cache.set(name, answer, KEPT_SECONDS)
    return answer
