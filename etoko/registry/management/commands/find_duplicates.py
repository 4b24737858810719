from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from etoko.places.models import Area
from etoko.registry.operations.finding_duplicates import find_duplicates


class Command(BaseCommand):
    help = "Cari catatan yang mungkin satu usaha, kecamatan demi kecamatan; orang yang memutuskan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("area", metavar="KODE", help="wilayah, misalnya 36.03.04 atau 36")

    def handle(self, *args: Any, **options: Any) -> None:
        area = Area.objects.filter(code=options["area"]).first()
        if area is None:
            raise CommandError("Wilayah tidak dikenal. Tulis kodenya dengan titik, misalnya 36.03.04.")
        self.stdout.write(f"{find_duplicates(area=area, by=None, at=timezone.now())} pasang baru")
