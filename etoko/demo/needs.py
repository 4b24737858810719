"""Sample needs: young and old ones, in several states, of the first businesses and of Rahma and Herman."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from etoko.demo.businesses import Sample as Registered
from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.needs.access import standing_of
from etoko.needs.capability import STATEMENTS
from etoko.needs.models import Thing
from etoko.needs.operations import assess_capability, move_need, note_readiness, say_need, verify_need
from etoko.people.models import Person
from etoko.registry.access import businesses_of
from etoko.registry.models import Business

_WAY = ("verify", "propose", "match", "start", "fulfil", "confirm")
_WORDS = {
    "propose": "Usulan bantuan alat Dinas Koperasi",
    "match": "BUMDes bersedia meminjamkan",
    "fulfil": "Sudah diantar dan dicoba bersama",
    "confirm": "Sudah dipakai, terima kasih",
}


@dataclass(frozen=True)
class Sample:
    kind: str
    text: str
    severity: int
    days: int
    """How long ago it was said."""
    steps: int = 0
    """How far on its way."""


_SAMPLES = (
    Sample("equipment", "Mesin pemotong bambu sering macet, pesanan terlambat.", 3, 210, 2),
    Sample("capital", "Modal Rp3 juta untuk belanja bahan sebelum Lebaran.", 2, 100, 1),
    Sample("marketing", "Pembeli hanya tetangga; ingin menjual ke luar kecamatan.", 2, 45, 0),
    Sample("licensing", "P-IRT habis, toko oleh-oleh tidak mau menerima barang lagi.", 4, 35, 3),
    Sample("quality", "Kemasan mudah sobek, kerupuk melempem sesudah seminggu.", 2, 60, 6),
    Sample("materials", "Harga singkong naik, dua minggu ini produksi separuh.", 3, 12, 0),
    Sample("coaching", "Ingin diajari menghitung harga jual.", 1, 5, 1),
    Sample("equipment", "Oven kedua; yang lama mati, produksi berhenti kalau rusak lagi.", 4, 95, 5),
)


def say_samples(*, samples: Sequence[Registered], people: Mapping[str, Person], now: datetime) -> int:
    """Said by Rahma and Herman themselves, written down by Bu Yanti for others of Taban. Returns how many."""
    hers, his = businesses_of(people["Rahma"])[0], businesses_of(people["Herman"])[0]
    others = [one.business for one in samples[2:] if one.business.area_id == hers.area_id]
    of = [his, hers, *others[:4], hers, hers]
    owners = {hers.pk: people["Rahma"], his.pk: people["Herman"]}
    for sample, business in zip(_SAMPLES, of, strict=True):
        speaker = owners.get(business.pk, people["Yanti"])
        _say(sample, business, speaker=speaker, officer=people["Dedi"], now=now)
    return len(_SAMPLES)


def climb_samples(*, days_ago: int, now: datetime) -> int:
    """As the night so long ago found the shops. Returns how many climbed."""
    night = timezone.localdate(now) - timedelta(days=days_ago)
    return note_readiness(at=timezone.make_aware(datetime.combine(night, time(3))))


def assess_samples(*, people: Mapping[str, Person], now: datetime) -> int:
    """Rahma by her kader half a year ago and by herself now; Herman, a group and a cooperative once. Returns
    how many."""
    yanti, dedi, rahma = people["Yanti"], people["Dedi"], people["Rahma"]
    melati = Group.objects.get(name="Poksus Melati")
    cooperative = Cooperative.objects.get(kind=Cooperative.MERAH_PUTIH)
    hers, his = businesses_of(rahma)[0], businesses_of(people["Herman"])[0]
    said: list[tuple[Thing, Person, int, str]] = [
        (hers, yanti, 200, "110 201 100 100 110 010"),
        (hers, rahma, 10, "121 212 011 101 120 110"),
        (his, dedi, 40, "222 212 221 112 122 212"),
        (melati, yanti, 25, "221 101 110 221 121 212"),
        (cooperative, dedi, 60, "222 111 211 122 221 222"),
    ]
    for thing, by, days, answers in said:
        given = zip(STATEMENTS, answers.replace(" ", ""), strict=True)
        assess_capability(
            standing=standing_of(by, thing),
            answers={one.code: int(answer) for one, answer in given},
            at=now - timedelta(days=days),
        )
    return len(said)


def _say(sample: Sample, business: Business, *, speaker: Person, officer: Person, now: datetime) -> None:
    said_at = now - timedelta(days=sample.days)
    speaking, caring = standing_of(speaker, business), standing_of(officer, business)
    need = say_need(
        standing=speaking, kind=sample.kind, text=sample.text, severity=sample.severity, at=said_at
    )
    for number, move in enumerate(_WAY[: sample.steps], start=1):
        at = said_at + timedelta(days=sample.days * number // (sample.steps + 2))
        if move == "verify":
            need = verify_need(standing=caring, need=need, severity=sample.severity, at=at)
        else:
            standing = speaking if move == "confirm" else caring
            need = move_need(standing=standing, need=need, move=move, reason=_WORDS.get(move, ""), at=at)
