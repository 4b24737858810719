from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from etoko.config.due import run_due


class Command(BaseCommand):
    help = "Do once what is due now: expire unanswered orders, tidy up. The worker does it all the time."

    def handle(self, *args: Any, **options: Any) -> None:
        done = run_due(at=timezone.now())
        for name, number in done.changed.items():
            if number:
                self.stdout.write(f"{name}: {number}")
        if done.failed:
            raise SystemExit(1)
