import threading
from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as TaskWorker

from etoko.config.due import DUE, SENDING, SENDING_SECONDS, TICK_SECONDS, Deed, run_due
from etoko.foundation.operations.turns import leave_turns


class Command(TaskWorker):
    help = "Work through the background tasks, do every half minute what is due, and empty the outbox."

    def handle(self, *args: Any, **options: Any) -> None:
        # Threads of their own: a picture that takes a minute must not make orders expire late.
        for name, deeds, seconds in (("tick", DUE, TICK_SECONDS), ("outbox", SENDING, SENDING_SECONDS)):
            threading.Thread(target=_repeat, args=(deeds, seconds), name=name, daemon=True).start()
        try:
            super().handle(*args, **options)
        finally:
            leave_turns()


def _repeat(deeds: Sequence[Deed], seconds: int) -> None:
    pause = threading.Event()
    while True:
        run_due(at=timezone.now(), deeds=deeds)
        connections.close_all()
        pause.wait(seconds)
