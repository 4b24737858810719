from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from etoko.catalog.search.operations import out_of_step, reindex_everything


class Command(BaseCommand):
    help = "Make the search index anew; with --check only say where it is out of step."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{reindex_everything()} entries")
            return
        wrong = out_of_step()
        if wrong:
            raise CommandError("\n".join([f"{len(wrong)} out of step", *wrong[:50]]))
        self.stdout.write("in step")
