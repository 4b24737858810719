"""How much memory it takes to hand out a whole register: python -m bench.export_tables [rows]

Fills a database of its own with invented businesses. For each kind of file a process answers one request as a
worker does, and reads it to its end. Prints bytes, seconds until the first and the last of them, and the
most memory the whole process had; in the first line of one that answered a page and nothing else.
"""

import io
import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROWS = 155_000
PATHS = (
    "GET /bantuan/",
    "GET /data/usaha/36.03.04.csv",
    "GET /data/usaha/36.03.04.json",
    "GET /data/usaha/36.03.04.geojson",
    "GET /data/usaha/36.03.04.xlsx",
    "GET /data/usaha/36.03.04.zip",
    "GET /data/rekap/36.03.04.zip",
    "POST /petugas/data/register/36.03.04.csv",
    "POST /petugas/data/register/36.03.04.json",
    "POST /petugas/data/register/36.03.04.xlsx",
    "POST /petugas/data/register/36.03.04.zip",
    "POST /petugas/usaha/unduh.csv",
    "POST /petugas/usaha/unduh.xlsx",
    "POST /petugas/usaha/sidt.csv",
    "POST /petugas/usaha/sidt.xlsx",
)
MOST_MB = 150
OFFICER = "+6281299999999"


def fill(rows: int, inside: str = "36.03.04") -> None:
    """Invented businesses, spread over the villages of an area. One in five waits for verification."""
    from etoko.places.models import VILLAGE, Area
    from etoko.registry.models import (
        LISTED,
        Business,
        BusinessPhone,
        DirectoryWord,
        Licence,
        Owner,
        PublicConsent,
    )

    draw = random.Random(155)
    villages = list(Area.objects.filter(level=VILLAGE, code__startswith=f"{inside}."))
    agreed_at = datetime(2026, 11, 1, tzinfo=UTC)
    for start in range(0, rows, 5_000):
        numbers = range(start, min(rows, start + 5_000))
        made = Business.objects.bulk_create(
            [
                Business(
                    name=f"Usaha {draw.choice(('Kerupuk', 'Jahit', 'Warung'))} Berkah Nomor {number}",
                    search_name=f"usaha{number}",
                    area=draw.choice(villages),
                    street=f"Kampung Cikuya Gang {number % 400}",
                    rt="003",
                    rw="002",
                    kind=draw.choice(("makanan", "kerajinan", "jasa")),
                    products_text="kerupuk kulit, kerupuk udang, rempeyek kacang",
                    latitude=-6.3 - number % 1000 / 10_000,
                    longitude=106.4 + number % 1000 / 10_000,
                    turnover_rp=number * 1_000,
                    listing=LISTED,
                    verification="verified" if number % 5 else "draft",
                )
                for number in numbers
            ],
            batch_size=500,
        )
        DirectoryWord.objects.bulk_create(
            [
                DirectoryWord(business=one, word=word.lower(), place=DirectoryWord.NAME)
                for one in made
                for word in one.name.split()
            ],
            batch_size=1_000,
        )
        Owner.objects.bulk_create(
            [Owner(business=one, name=f"Ibu Pemilik {one.pk}", search_name="pemilik") for one in made],
            batch_size=1_000,
        )
        BusinessPhone.objects.bulk_create(
            [BusinessPhone(business=one, phone=f"+62812{10_000_000 + one.pk}") for one in made],
            batch_size=1_000,
        )
        Licence.objects.bulk_create(
            [Licence(business=one, kind="nib", status="held", number=f"{one.pk:013}") for one in made],
            batch_size=1_000,
        )
        PublicConsent.objects.bulk_create(
            [
                PublicConsent(business=one, what=what, given_at=agreed_at)
                for one in made
                for what, _word in PublicConsent.WHAT
            ],
            batch_size=1_000,
        )


def answer(method: str, path: str) -> None:
    """As a worker does it: the whole application, one request, its answer read to the end."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from etoko.config.wsgi import application
    from etoko.people.models import Person

    person = Person.objects.get(phone=OFFICER)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    token = "a" * 32
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": f"csrftoken={token}; sessionid={session.session_key}",
        "HTTP_X_CSRFTOKEN": token,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    status = ""

    def start_response(said: str, _headers: Any, _problem: Any = None) -> None:
        nonlocal status
        status = said

    began, size = perf_counter(), 0
    result = application(environ, start_response)
    first = 0.0
    for chunk in result:
        first = first or perf_counter() - began
        size += len(chunk)
    if close := getattr(result, "close", None):
        close()
    took = perf_counter() - began
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    # What is mapped from the database's file can be given back at any moment; VmHWM counts it all the same.
    most, own = (int(told[name].split()[0]) // 1024 for name in ("VmHWM", "RssAnon"))
    figures = f"{size / 1e6:7.1f} MB {first:6.1f} s {took:6.1f} s {most:5} MB {own:5} MB"
    print(f"{method:4} {path:42} {status[:3]} {figures}")


def main() -> None:
    rows = int(next((word for word in sys.argv[1:] if word.isdigit()), ROWS))
    environment = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="etoko-bench-") as folder:
        environment["ETOKO_DATA_DIR"] = folder
        for deed in ("migrate", "load_areas"):
            subprocess.run(
                [sys.executable, str(ROOT / "manage.py"), deed], env=environment, check=True, stdout=-3
            )
        run = [sys.executable, "-m", "bench.export_tables"]
        subprocess.run([*run, "--fill", str(rows)], env=environment, check=True, cwd=ROOT)
        print(f"{rows} businesses: bytes, first and last of them, most memory ever, own memory at the end")
        for path in PATHS:
            subprocess.run([*run, "--answer", *path.split()], env=environment, check=True, cwd=ROOT)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
    if "--fill" in sys.argv or "--answer" in sys.argv:
        import django

        django.setup()
    if "--fill" in sys.argv:
        from etoko.people.models import Person

        Person.objects.create_superuser(OFFICER, "Petugas", None)
        fill(int(sys.argv[-1]))
    elif "--answer" in sys.argv:
        answer(*sys.argv[-2:])
    else:
        main()
