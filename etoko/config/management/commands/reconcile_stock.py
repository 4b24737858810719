from typing import Any

from django.core.management.base import BaseCommand

from etoko.config.reconciling import stock_differences


class Command(BaseCommand):
    help = "Reckon the stock anew from its movements and the open orders; ends with 1 if something differs."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = stock_differences()
        for difference in differences:
            self.stdout.write(str(difference))
        self.stdout.write(f"{len(differences)} perbedaan")
        if differences:
            raise SystemExit(1)
