"""One stage for many players: a matrix of rights builds its scene once, not once for each of its cells."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction


@contextmanager
def taken_back(*who: object) -> Iterator[None]:
    """What happens inside is taken back at its end; a failure says with whom it happened."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    except Exception as problem:
        problem.add_note(f"with {', '.join(map(str, who))}")
        raise
    finally:
        cache.clear()
