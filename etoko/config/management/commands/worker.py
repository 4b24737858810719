import threading
from typing import Any

from django.db import connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as TaskWorker

from etoko.config.due import TICK_SECONDS, run_due
from etoko.foundation.operations.turns import leave_turns


class Command(TaskWorker):
    help = "Work through the background tasks, and do every half minute what is due."

    def handle(self, *args: Any, **options: Any) -> None:
        # A thread of its own: a picture that takes a minute must not make orders expire late.
        threading.Thread(target=_tick, name="tick", daemon=True).start()
        try:
            super().handle(*args, **options)
        finally:
            leave_turns()


def _tick() -> None:
    pause = threading.Event()
    while True:
        run_due(at=timezone.now())
        connections.close_all()
        pause.wait(TICK_SECONDS)
