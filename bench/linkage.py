"""How well duplicates are found: python -m bench.linkage [folder of real registers]

Takes the registers as their offices wrote them, types a third of their rows in again with the slips of
hurried people (`etoko/registry/tests/slips.py`), adds second businesses of the same owners, and counts
which pairs the linkage would show to somebody. A pair of two originals that share name and point is left
out: nobody knows what it is.
"""

import csv
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from random import Random
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
import django

django.setup()

from etoko.places.addresses import read_rt_rw  # noqa: E402
from etoko.registry.importing.cells import plain_number, read_phones  # noqa: E402
from etoko.registry.kinds import recognise_kind  # noqa: E402
from etoko.registry.linking import LIKELY, Commonness, Sketch, compare, distance_m, pairs_to_compare, words_of  # noqa: E402
from etoko.registry.tests.slips import labelled  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SOLO_ROWS = 2_000


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "umkm"
    sets = {"villages (Ngadirejo, Probolinggo)": _villages(folder), "town (Solo)": _solo(folder)}
    sets["all"] = [sketch for some in list(sets.values()) for sketch in some]
    for name, originals in sets.items():
        _measure(name, originals)


def _measure(name: str, originals: list[Sketch]) -> None:
    found: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    true = compared = 0
    began = perf_counter()
    for seed in (1, 2, 3):
        sketches, same, origins = labelled(originals, Random(seed))
        true += len(same)
        common = Commonness(sketch.name for sketch in sketches)
        for i, j in pairs_to_compare(sketches):
            if _unlabelled(originals[origins[i]], originals[origins[j]]) and origins[i] != origins[j]:
                continue
            compared += 1
            score = compare(sketches[i], sketches[j], common).score
            for least in (-2.0, LIKELY, 0.0, 1.0, 2.0):
                if score >= least:
                    found[least][(i, j) in same] += 1
    print(
        f"{name}: {len(originals)} originals, {true} twins, {compared} pairs, {perf_counter() - began:.1f} s"
    )
    for least, (wrong, right) in sorted(found.items()):
        mark = " <- LIKELY" if least == LIKELY else ""
        print(f"   from {least:4}: precision {right / (right + wrong):.4f}  recall {right / true:.4f}{mark}")


def _unlabelled(one: Sketch, other: Sketch) -> bool:
    """Two rows of the real register that may really be one: same name, and same point, owner or phone."""
    near = bool(one.point and other.point and distance_m(one.point, other.point) <= 150)
    return sorted(words_of(one.name)) == sorted(words_of(other.name)) and (
        near or bool(one.owners & other.owners) or bool(one.phones & other.phones)
    )


def _villages(folder: Path) -> list[Sketch]:
    rows = json.loads((folder / "04_desa_ngadirejo_umkm.json").read_text(encoding="utf-8"))
    sketches = []
    for row in rows:
        rt, rw, rest = read_rt_rw(row.get("alamat") or "")
        sketches.append(
            Sketch(
                row["nama_umkm"],
                owners=_names(row.get("nama_pemilik")),
                phones=frozenset(phone for phone, _note in read_phones(str(row.get("kontak") or "")).numbers),
                area="35.07.31.2001",
                rt=rt,
                rw=rw,
                street=rest.strip(" ,"),
                kind=recognise_kind(f"{row.get('jenis_umkm')} {row['nama_umkm']} {row.get('profil_umkm')}"),
                point=_point(row.get("latitude"), row.get("longitude")),
            )
        )
    with (folder / "03_probolinggo_ikm_olahan_ikan.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            rt, rw, rest = read_rt_rw(line["JALAN"])
            sketches.append(
                Sketch(
                    line["PERUSAHAAN"],
                    owners=_names(line["KONTAK"]),
                    phones=frozenset(phone for phone, _note in read_phones(line["TELP"]).numbers),
                    area=f"35.74.01.{abs(hash_of(line['KELURAHAN'])) % 9000 + 1000}",
                    rt=rt,
                    rw=rw,
                    street=rest.strip(" ,"),
                    kind=recognise_kind(line["PRODUK"]),
                    point=_point(line["lat"], line["lng"]),
                )
            )
    return [sketch for sketch in sketches if sketch.name.strip()]


def _solo(folder: Path) -> list[Sketch]:
    with (folder / "01_solo_umkm.csv").open(encoding="cp1252", errors="replace", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row.get("Nama")]
    Random(5).shuffle(rows)
    return [
        Sketch(
            " ".join(row["Nama"].split()),
            area="33.72",
            kind=recognise_kind(f"{row.get('Kegiatan')} {row['Nama']}"),
            point=_point(row.get("lat"), row.get("lng")),
        )
        for row in rows[:SOLO_ROWS]
    ]


def hash_of(text: str) -> int:
    return sum(ord(sign) * (i + 1) for i, sign in enumerate(text.upper().strip()))


def _names(text: str | None) -> frozenset[str]:
    return frozenset({text.strip()}) if text and text.strip(" -") else frozenset()


def _point(latitude: object, longitude: object) -> tuple[float, float] | None:
    north, east = plain_number(str(latitude or "")), plain_number(str(longitude or ""))
    return (float(north), float(east)) if north is not None and east is not None else None


if __name__ == "__main__":
    main()
