from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from etoko.places.operations.loading import UnableToLoadAreas, load_areas

BANTEN = "36"


class Command(BaseCommand):
    help = "Muat wilayah Indonesia (bawaan: Provinsi Banten). Boleh diulang; tidak ada yang hilang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--province", action="append", default=[], metavar="KODE", help="provinsi, misalnya 36"
        )
        parser.add_argument(
            "--regency", action="append", default=[], metavar="KODE", help="kabupaten/kota, misalnya 33.72"
        )
        parser.add_argument("--all", action="store_true", help="seluruh Indonesia (83.762 desa)")

    def handle(self, *args: Any, **options: Any) -> None:
        began = perf_counter()
        wanted = [""] if options["all"] else [*options["province"], *options["regency"]] or [BANTEN]
        try:
            loaded = load_areas(inside=wanted)
        except UnableToLoadAreas as problem:
            raise CommandError(problem.sentence) from problem
        self.stdout.write(
            f"{loaded.areas} wilayah siap ({loaded.added} baru), {loaded.aliases} nama lain;"
            f" {perf_counter() - began:.1f} detik."
        )
