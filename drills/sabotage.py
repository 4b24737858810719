"""The product without one of its guards: each drill must then find something, or it sees nothing at all."""

from typing import Any

NO_TRANSACTIONS = "no-transactions"
NO_GUARDS = "no-guards"
CARELESS_SENDING = "careless-sending"
DEAF_CLOCK = "deaf-clock"
FEW_THREADS = "few-threads"


def commit(sabotage: str) -> None:
    """In the process of a server or worker, before it is loaded. (Clock and threads: where they belong.)"""
    if sabotage in (NO_TRANSACTIONS, NO_GUARDS):
        _switch_off_transactions()
    if sabotage == NO_GUARDS:
        from etoko.foundation import guarding

        guarding.change_if = _look_then_change
    if sabotage == CARELESS_SENDING:
        from django.db.backends.signals import connection_created

        connection_created.connect(_send_again, weak=False)


def _switch_off_transactions() -> None:
    """The deeds believe that they are in one; each statement is committed by itself."""
    from django.db.models import QuerySet
    from django.db.transaction import Atomic, get_connection

    def enter(atomic: Any) -> None:
        connection = get_connection(atomic.using)
        connection.ensure_connection()
        connection.__dict__["_drill_depth"] = connection.__dict__.get("_drill_depth", 0) + 1
        connection.in_atomic_block = True

    def leave(atomic: Any, *_raised: Any) -> None:
        connection = get_connection(atomic.using)
        connection.__dict__["_drill_depth"] -= 1
        if not connection.__dict__["_drill_depth"]:
            connection.in_atomic_block = connection.needs_rollback = False
            connection.run_and_clear_commit_hooks()

    QuerySet.select_for_update = lambda rows, **_options: rows.all()  # type: ignore[method-assign]
    Atomic.__enter__, Atomic.__exit__ = enter, leave  # type: ignore[method-assign]


def _look_then_change(rows: Any, condition: Any, **changes: Any) -> bool:
    return rows.filter(condition).exists() and bool(rows.update(**changes))


def _send_again(**_: Any) -> None:
    from etoko.notices.channels.whatsapp import WhatsAppChannel

    WhatsAppChannel.repeats_safely = True
