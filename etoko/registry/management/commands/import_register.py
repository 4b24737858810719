import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from etoko.foundation.files import write_aside
from etoko.foundation.problems import UnableTo
from etoko.places.models import Area
from etoko.places.operations.loading import load_areas_around
from etoko.registry.importing.reporting import ReportRow, write_report
from etoko.registry.models import ImportBatch
from etoko.registry.operations.importing import commit_file
from etoko.registry.operations.previewing import Preview, preview, read_upload
from etoko.registry.operations.undoing_imports import undo_import
from etoko.registry.queries_importing import report_of

UNITS = {"rupiah": 1, "ribu": 1_000, "juta": 1_000_000}


class Command(BaseCommand):
    help = (
        "Baca daftar usaha (CSV, XLSX, XLS, ODS, JSON, GeoJSON) dan tunjukkan apa yang akan terjadi;"
        " dengan --commit dimasukkan. Selesai dengan 0, atau 1 kalau berkas ditolak (tidak ada yang berubah)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="berkas daftar usaha")
        parser.add_argument("--area", default="", metavar="KODE", help="wilayah usaha, misalnya 36.03.04")
        parser.add_argument("--commit", action="store_true", help="masukkan ke daftar usaha")
        parser.add_argument("--report", metavar="XLSX", help="tulis laporan: lembar asal, bertanda")
        parser.add_argument("--json", action="store_true", help="cetak satu objek JSON saja")
        parser.add_argument("--with-nik", action="store_true", help="simpan NIK, terenkripsi")
        parser.add_argument(
            "--with-owner",
            action="store_true",
            help="simpan juga tanggal lahir, pendidikan, disabilitas, dan rumah pemilik",
        )
        parser.add_argument("--money-unit", choices=UNITS, help="satuan angka uang yang tanpa satuan")
        parser.add_argument(
            "--column", action="append", default=[], metavar="JUDUL=ARTI", help="misalnya 'Nama Lapak=name'"
        )
        parser.add_argument("--undo", metavar="IMPOR", help="batalkan impor dengan nomor ini")
        parser.add_argument("--batch", metavar="IMPOR", help="tulis lagi --report dari impor ini")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("id"):
            try:
                self._run(options)
            except UnableTo as problem:
                raise CommandError(problem.sentence) from problem
            except OSError as problem:
                raise CommandError(
                    f"Tidak bisa membaca atau menulis berkas: {problem.strerror}."
                ) from problem

    def _run(self, options: dict[str, Any]) -> None:
        if options["undo"]:
            self._undo(options["undo"])
        elif options["batch"] and options["report"]:
            batch = self._batch(options["batch"])
            write_aside(Path(options["report"]), [report_of(batch)])
            self.stdout.write(f"Laporan: {options['report']}")
        elif options["file"]:
            self._import(options)
        else:
            raise CommandError("Sebut berkasnya, atau --undo IMPOR, atau --batch IMPOR --report XLSX.")

    def _import(self, options: dict[str, Any]) -> None:
        area = options["area"].strip()
        if area:
            load_areas_around(code=area)
        if area and not Area.objects.filter(code=area).exists():
            raise CommandError(
                f"Wilayah {area} tidak dikenal. Tulis kodenya dengan titik, misalnya 36.03.04."
            )
        if not Area.objects.exists():
            raise CommandError("Wilayah belum dimuat. Jalankan dulu: manage.py load_areas")
        path = Path(options["file"])
        upload = read_upload(
            path=path,
            name=path.name,
            within=area,
            keeps_nik=options["with_nik"],
            keeps_owner=options["with_owner"],
            columns=_columns(options["column"]),
            money_unit=UNITS.get(options["money_unit"] or ""),
        )
        batch = None
        if options["commit"]:
            batch, seen = commit_file(
                upload=upload, within=area, keeps_nik=options["with_nik"], by=None, at=timezone.now()
            )
        else:
            seen = preview(upload=upload, within=area)
        if options["json"]:
            self.stdout.write(json.dumps(seen.as_json(), ensure_ascii=False))
        else:
            self._tell(seen, batch)
        if options["report"]:
            self._report(Path(options["report"]), seen, batch, quiet=options["json"])

    def _report(self, path: Path, seen: Preview, batch: ImportBatch | None, *, quiet: bool) -> None:
        content = report_of(batch) if batch else _report_of_preview(seen)
        try:
            write_aside(path, [content])
        except OSError as problem:
            done = (
                f" Impor {batch.public_id} sudah masuk; ulangi laporannya dengan --batch {batch.public_id}"
                " --report XLSX."
                if batch
                else ""
            )
            raise CommandError(f"Laporan tidak bisa ditulis: {problem.strerror}.{done}") from problem
        if not quiet:
            self.stdout.write(f"Laporan: {path}")

    def _tell(self, seen: Preview, batch: ImportBatch | None) -> None:
        counts = seen.counts
        for remark in seen.upload.table.remarks:
            self.stdout.write(remark)
        self.stdout.write(
            f"{len(seen.judged)} baris: {counts['new']} baru, {counts['matched']} sudah ada,"
            f" {counts['returned']} dikembalikan."
        )
        for line in seen.reasons:
            self.stdout.write(f"  {line['count']:>6}  {line['reason']}")
        for one in [one for one in seen.judged if one.outcome == "returned"][:10]:
            for problem in one.record.returned:
                where = f", kolom {problem.column}" if problem.column else ""
                self.stdout.write(f"  baris {one.record.number}{where}: {problem.sentence} {problem.advice}")
        if seen.suspicions:
            self.stdout.write(
                f"{len(seen.suspicions)} pasang mungkin usaha yang sama; putuskan di /petugas/impor/mirip/"
            )
        if batch:
            self.stdout.write(
                f"Sudah masuk sebagai impor {batch.public_id}. Batalkan: --undo {batch.public_id}"
            )
        else:
            self.stdout.write("Belum ada yang ditulis. Tambahkan --commit untuk memasukkannya.")

    def _undo(self, public_id: str) -> None:
        batch = undo_import(batch=self._batch(public_id), by=None, at=timezone.now())
        report = batch.undo_report
        self.stdout.write(
            f"Impor {public_id} dibatalkan: {report['removed']} usaha dihapus,"
            f" {report['restored']} dikembalikan isinya, {len(report['kept'])} dibiarkan."
        )
        for kept in report["kept"]:
            self.stdout.write(f"  baris {kept['number']}, {kept['name']}: {kept['why']}")

    def _batch(self, public_id: str) -> ImportBatch:
        batch = ImportBatch.objects.filter(public_id=public_id).first()
        if batch is None:
            raise CommandError(f"Tidak ada impor bernomor {public_id}.")
        return batch


def _columns(given: list[str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given]
    return {header.strip(): field.strip() for header, _sign, field in pairs}


def _report_of_preview(seen: Preview) -> bytes:
    return write_report(
        headers=seen.upload.table.headers,
        rows=[
            ReportRow(
                one.record.number,
                one.record.cells,
                one.outcome,
                [p.as_json() for p in one.record.returned],
                [p.as_json() for p in one.record.notes],
                [],
            )
            for one in seen.judged
        ],
    )
