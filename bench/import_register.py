"""How long the import of a large messy register takes: python -m bench.import_register [rows]

Makes a register with the troubles of real ones (Windows-1252, stacked points, stalls of one name, twins,
destroyed phones), previews and commits it in a database of its own, and prints seconds and memory.
"""

import csv
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
ROWS = 11_158
NAMES = (
    "Warung Kelontong,Toko Berkah,Kios Sayuran,Kerupuk Melati,Jahit Lestari,Topi Bambu,Bengkel Jaya".split(
        ","
    )
)
OWNERS = "Sri,Siti,Ani,Joko,Wati,Udin,Yayah,Herman".split(",")


def make_register(path: Path, rows: int) -> None:
    chance = random.Random(36)
    out = io.StringIO()
    write = csv.writer(out, delimiter=";")
    write.writerow(["Nama", "Pemilik", "Kegiatan", "HP", "Kategori", "lat", "lng"])
    for i in range(rows):
        name = f"{chance.choice(NAMES)} {chance.choice(OWNERS)} {i % 977 if i % 9 else ''}".strip()
        phone = (
            "8.52348e+010" if i % 50 == 0 else f"08{chance.randrange(10**9, 10**10)}" if i % 3 == 0 else ""
        )
        spot = i // 25 if i % 40 == 0 else i
        write.writerow(
            [name, "Ibu " + chance.choice(OWNERS), "menjual\nsembako" if i % 900 == 0 else "café", phone, "X",
             f"{-6.3 - spot % 199 / 2000:.6f}", f"{106.4 + spot % 211 / 2000:.6f}"]
        )  # fmt: skip
    path.write_bytes(out.getvalue().encode("cp1252"))


def _cpu() -> float:
    """Seconds of work of the commands so far: the clock on the wall also counts what neighbours do."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="etoko-bench-") as folder:
        environment = {**os.environ, "ETOKO_DATA_DIR": folder}
        path = Path(folder) / "daftar.csv"
        make_register(path, rows)

        def manage(*words: str) -> str:
            done = subprocess.run(
                [sys.executable, str(ROOT / "manage.py"), *words],
                env=environment, capture_output=True, text=True, check=True,
            )  # fmt: skip
            return done.stdout

        manage("migrate", "-v0")
        manage("load_areas")
        for deed, more in (
            ("preview", []),
            ("commit and report", ["--commit", "--report", f"{folder}/laporan.xlsx"]),
            ("the same again", ["--commit"]),
        ):
            began, spent = perf_counter(), _cpu()
            told = json.loads(manage("import_register", str(path), "--area", "36.03", "--json", *more))
            seconds = perf_counter() - began
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            counts = {name: told[name] for name in ("rows", "new", "matched", "returned")}
            cpu = _cpu() - spent
            print(f"{deed:18} {seconds:6.1f} s ({cpu:.1f} s of CPU), up to {memory} MB, {counts}")


if __name__ == "__main__":
    main()
