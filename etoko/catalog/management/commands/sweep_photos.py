from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from etoko.catalog.operations.photographing import sweep_photos


class Command(BaseCommand):
    help = "Daily: drop pictures of forms that were never finished, finish those that a stopped worker left."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweep_photos(at=timezone.now())}")
