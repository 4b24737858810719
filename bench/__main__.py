"""Speed of the served product beside the ceiling of its server, in one run.

    python3 dev.py bench [--seconds 2] [--only demo|large]

On the demo data and on 20,000 products of 1,000 shops: each page from the page cache and without it, and the
pages that are never kept, with 1 and with 16 clients; whole purchases of guests. Beside them the same server
with a bare WSGI function that returns as many bytes (the ceiling), and a trivial Django view. Writes
`bench/latest.json`.

On a shared machine only ratios of one run mean anything: quote those.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CORPORA = ("demo", "large")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=2, help="how long each figure is measured (2)")
    parser.add_argument("--only", choices=CORPORA)
    asked = parser.parse_args()
    found: dict[str, Any] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "database": "postgresql" if os.environ.get("DATABASE_URL") else "sqlite",
    }
    for corpus in [asked.only] if asked.only else CORPORA:
        # A process and a data folder of its own: settings are read once, when Django wakes up.
        with tempfile.TemporaryDirectory(prefix="etoko-bench-") as data:
            env = {**os.environ, "ETOKO_DATA_DIR": data, "PYTHONWARNINGS": "ignore"}
            command = [sys.executable, "-m", "bench.served", corpus, str(asked.seconds)]
            done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
        found[corpus] = json.loads(done.stdout)
        _print(corpus, found[corpus])
    (HERE / "latest.json").write_text(json.dumps(found, indent=1) + "\n")
    return 0


def _print(corpus: str, found: dict[str, Any]) -> None:
    print(
        f"\n{corpus}: {found['products']} products, {found['shops']} shops; "
        f"worker {found['worker_mb']} MB, first answer {found['start_s']} s after the start\n"
    )
    heads = "page", "clients", "req/s", "CPU ms", "of ceiling", "p50 ms", "p95 ms", "p99 ms", "queries", "kB"
    print("{:<26}{:>8}{:>9}{:>9}{:>12}{:>9}{:>9}{:>9}{:>9}{:>8}".format(*heads))
    for row in found["pages"]:
        kilobytes = None if row["bytes"] is None else row["bytes"] / 1000
        print(
            f"{row['page']:<26}{row['clients']:>8}{row['per_second']:>9.0f}{row['cpu_ms']:>9.2f}"
            f"{_or_blank(row['of_ceiling'], '.3f'):>12}"
            f"{row['p50_ms']:>9.2f}{row['p95_ms']:>9.2f}{row['p99_ms']:>9.2f}"
            f"{_or_blank(row['queries'], ''):>9}{_or_blank(kilobytes, '.1f'):>8}",
            flush=True,
        )


def _or_blank(figure: float | None, form: str) -> str:
    return "" if figure is None else format(figure, form)


if __name__ == "__main__":
    raise SystemExit(main())
