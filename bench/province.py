"""Does a page of a province cost what it costs in a sub-district?

python -m workbench.postgres python -m bench.province [businesses]

Fills the database: 1,000 businesses in one sub-district, then 155,000 in all of Banten. The same pages, drawn
anew each time as the application draws them: milliseconds until the answer (p50), queries, kB, and how many
times as long the province takes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE = ("36.03.04", 1_000), ("36", 155_000)
PAGES = {
    "directory": "/usaha/",
    "directory, page 20": "/usaha/?hal=20",
    "directory, kind": "/usaha/?jenis=makanan",
    "directory, word": "/usaha/?q=kerupuk",
    "map": "/usaha/peta/",
    "worklist": "/petugas/verifikasi/",
    "worklist, next record": "/petugas/verifikasi/{waiting}/",
    "register": "/petugas/usaha/",
    "officer's day": "/petugas/",
}
TIMES = 30


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE[1]
    with tempfile.TemporaryDirectory(prefix="etoko-bench-") as folder:
        env = {**os.environ, "ETOKO_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "etoko.config.settings"}
        for deed in ("migrate", "load_areas"):
            subprocess.run([sys.executable, "manage.py", deed], env=env, check=True, stdout=-3, cwd=ROOT)
        found = []
        for inside, rows in (SMALL, (LARGE[0], many - SMALL[1])):
            run = [sys.executable, "-m", "bench.province", "--measure", inside, str(rows)]
            done = subprocess.run(
                run, env={**env, "ETOKO_HOME_AREA": inside}, check=True, stdout=subprocess.PIPE, cwd=ROOT
            )
            found.append(json.loads(done.stdout))
    print(f"{'':<24}{SMALL[1]:>12} businesses{many:>16} businesses")
    print(
        f"{'page':<24}{'p50 ms':>9}{'queries':>8}{'kB':>6}{'p50 ms':>13}{'queries':>8}{'kB':>6}{'times':>8}"
    )
    for name in PAGES:
        small, large = (one[name] for one in found)
        print(
            f"{name:<24}{small[0]:>9.1f}{small[1]:>8}{small[2]:>6.0f}"
            f"{large[0]:>13.1f}{large[1]:>8}{large[2]:>6.0f}{large[0] / small[0]:>8.2f}"
        )


def fill_and_measure(inside: str, rows: int) -> dict[str, tuple[float, int, float]]:
    """By page: milliseconds (p50), queries, kB."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.export_tables import fill
    from etoko.foundation.generation import public_generation
    from etoko.people import roles
    from etoko.people.models import Person, PlaceRole
    from etoko.registry.models import Business

    fill(rows, inside)
    officer = Person.objects.create_user(f"+62812000000{len(inside):02}", "Petugas")
    role = roles.DISTRICT_OFFICER if inside == SMALL[0] else roles.PROVINCE_OFFICER
    PlaceRole.objects.create(person=officer, area_id=inside, role=role, starts_on=date(2026, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    waiting = Business.objects.filter(verification="draft").values_list("public_id", flat=True)[0]
    visitor, keeper, verifier = (Client(headers={"host": "localhost"}) for _who in range(3))
    keeper.force_login(officer)
    # Nobody verifies in a whole province but who may do all.
    verifier.force_login(Person.objects.create_superuser(f"+62813000000{len(inside):02}", "Petugas", None))
    found = {}
    for name, path in PAGES.items():
        client = verifier if "verifikasi" in path else keeper if "petugas" in path else visitor
        address = path.format(waiting=waiting)
        took, queries, size = [], 0, 0
        for _time in range(TIMES):
            public_generation().change()  # nothing from the page cache
            began = time.perf_counter()
            answer = client.get(address)
            took.append(time.perf_counter() - began)
            assert answer.status_code == 200, (address, answer.status_code)
            size = len(answer.content)
        public_generation().change()
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        queries = len(seen)
        found[name] = statistics.median(took) * 1000, queries, size / 1000
    return found


if __name__ == "__main__":
    if "--measure" in sys.argv:
        import django

        django.setup()
        print(json.dumps(fill_and_measure(sys.argv[-2], int(sys.argv[-1]))))
    else:
        main()
