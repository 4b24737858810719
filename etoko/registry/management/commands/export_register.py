from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from etoko.foundation.files import write_aside
from etoko.foundation.tables.sending import written
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.operations.exporting import record_export
from etoko.registry.queries.office import RegisterFilter, register_rows
from etoko.registry.sidt_form import sidt_csv, sidt_rows, sidt_xlsx


class Command(BaseCommand):
    help = "Tulis daftar usaha dalam bentuk SIDT-KUMKM (49 kolom), CSV atau XLSX menurut nama berkasnya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="berkas yang ditulis, .csv atau .xlsx")
        parser.add_argument("--form", choices=["sidt"], default="sidt")
        parser.add_argument("--area", default="", metavar="KODE", help="hanya wilayah ini, misalnya 36.03.04")
        parser.add_argument(
            "--without-details",
            action="store_true",
            help="tanpa tanggal lahir dan data lain pemilik",
        )
        parser.add_argument(
            "--with-nik", action="store_true", help="NIK utuh; tanpa ini hanya empat angka terakhirnya"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, code = Path(options["file"]), options["area"].strip()
        if path.suffix.lower() not in (".csv", ".xlsx"):
            raise CommandError("Nama berkasnya harus berakhir .csv atau .xlsx.")
        area = Area.objects.filter(code=code).first()
        if code and area is None:
            raise CommandError(
                f"Wilayah {code} tidak dikenal. Tulis kodenya dengan titik, misalnya 36.03.04."
            )
        found = register_rows([code], RegisterFilter()) if code else Business.objects.all()
        rows = sidt_rows(found, with_details=not options["without_details"], with_nik=options["with_nik"])
        try:
            write_aside(
                path,
                sidt_csv(rows)
                if path.suffix.lower() == ".csv"
                else written(lambda file: sidt_xlsx(rows, file)),
            )
        except OSError as problem:
            raise CommandError(f"Berkas tidak bisa ditulis: {problem.strerror}.") from problem
        count = found.count()
        form = "sidt, NIK utuh" if options["with_nik"] else "sidt"
        provinces = {code[:2] for code in found.order_by().values_list("area_id", flat=True).distinct()}
        areas = [area] if area else list(Area.objects.filter(code__in=provinces))
        record_export(areas=areas, rows=count, form=form, by=None, at=timezone.now())
        self.stdout.write(f"{count} usaha: {path}")
