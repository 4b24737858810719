from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from etoko.reviews.operations import recount_ratings


class Command(BaseCommand):
    help = "Reckon the stars of goods and shops anew from their reviews, and put right what is out of step."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        wrong = recount_ratings()
        for line in wrong:
            self.stdout.write(line)
        self.stdout.write(f"{len(wrong)} nilai diperbaiki.")
