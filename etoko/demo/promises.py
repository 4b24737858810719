"""Sample promises of the partners, in every state; each judged by another helix or its beneficiary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from etoko.partners.access import Voice, voices_of
from etoko.partners.models import Organisation
from etoko.people.models import Person
from etoko.promises.access import Standing
from etoko.promises.models import Promise
from etoko.promises.operations import (
    PromiseFacts,
    answer_objection,
    make_promise,
    move_promise,
    object_to_count,
    report_promise,
)

_FORUM = (Promise.MEETING, "Forum tiga bulanan, triwulan lalu")


@dataclass(frozen=True)
class Sample:
    by: str
    """Who promises, by the name in the cast."""
    what: str
    whom: str
    """A partner, or in plain words."""
    promised: int
    due: int
    """Both in days before today; less than nought: still to come."""
    steps: tuple[tuple[str, str, int, str], ...] = ()
    """(who, move, how many days ago, what she says)."""
    origin: tuple[str, str] = (Promise.OWN_WORD, "")
    objects: tuple[str, str, str] | None = None
    """(why it should not count, the answer, by whom)."""


_SAMPLES = (
    Sample(
        "Nia",
        "Melatih 20 perajin bambu menghitung harga pokok",
        "TP-PKK Kecamatan Jambe",
        160,
        90,
        (
            ("Nia", "report", 95, "Dua hari pelatihan, 22 perajin hadir, lembar hitungnya dibagikan."),
            ("Ratna", "verify", 92, "Saya hadir, daftar hadirnya ada di buku Pokja II."),
        ),
        _FORUM,
    ),
    Sample(
        "Lestari",
        "Menyiarkan enam cerita pembuat kerupuk dan topi bambu",
        "Penjual di sepuluh desa",
        150,
        60,
        (
            ("Lestari", "start", 120, "Dua cerita sudah direkam."),
            ("Lestari", "report", 62, "Enam siaran selesai, rekamannya di kanal radio."),
            ("Nia", "verify", 55, "Keenamnya saya dengar."),
        ),
        _FORUM,
    ),
    Sample(
        "Hendra",
        "Menyediakan rak pamer usaha mikro di ruang pelayanan",
        "Penjual di sepuluh desa",
        140,
        40,
        (
            ("Dedi", "report", 20, "Rak terpasang di ruang tunggu."),
            ("Camelia", "send_back", 15, "Rak baru satu, yang dijanjikan untuk sepuluh desa."),
        ),
        _FORUM,
    ),
    Sample(
        "Kevin",
        "Memesan 200 kotak kue setiap minggu selama tiga bulan",
        "TP-PKK Kecamatan Jambe",
        100,
        -25,
        (("Kevin", "start", 80, "Pesanan pertama jalan."),),
    ),
    Sample(
        "Sinta",
        "Penyuluhan buku kas untuk lima kelompok UP2K",
        "TP-PKK Kecamatan Jambe",
        90,
        12,
        (("Sinta", "report", 14, "Lima kelompok, masing-masing satu kali pertemuan."),),
    ),
    Sample(
        "Sarip",
        "Memperbaiki atap rumah kemasan",
        "Penjual kerupuk di Taban",
        170,
        75,
        (
            ("Sarip", "ask_withdrawal", 100, "Anggarannya dialihkan untuk jalan yang longsor."),
            (
                "Ratna",
                "accept_withdrawal",
                97,
                "Kami lihat sendiri longsornya. Dibahas lagi di forum berikutnya.",
            ),
        ),
    ),
    Sample(
        "Tatang",
        "Foto katalog untuk 30 usaha oleh siswa",
        "TP-PKK Kecamatan Jambe",
        80,
        -6,
        (("Tatang", "ask_withdrawal", 3, "Kamera sekolah hilang dicuri."),),
    ),
    Sample("Yusuf", "Membantu 15 usaha mengurus P-IRT", "Penjual kerupuk di Taban", 60, -40),
    Sample("Agus", "Mengantar barang pesanan setiap Sabtu", "Topi Bambu Pak Herman", 50, 8),
    Sample(
        "Bima",
        "Satu liputan panjang tentang anyaman Jambe",
        "TP-PKK Kecamatan Jambe",
        120,
        30,
        objects=(
            "Perajinnya sakit sebulan, liputan tidak mungkin.",
            "Benar, kami yang minta ditunda.",
            "Camelia",
        ),
    ),
)


def promise_samples(*, people: Mapping[str, Person], now: datetime) -> int:
    """Returns how many."""
    partners = {one.title: one for one in Organisation.objects.whole()}
    voices: dict[str, Voice] = {}

    def voice_of(name: str) -> Voice:
        if name not in voices:
            voices[name] = voices_of(people[name])[0]
        return voices[name]

    def standing(promise: Promise, name: str) -> Standing:
        fresh = Promise.objects.select_related("organisation").get(pk=promise.pk)
        return Standing(fresh, people[name], voice_of(name))

    today = timezone.localdate(now)
    for one in _SAMPLES:
        whom = partners.get(one.whom)
        facts = PromiseFacts(
            one.what,
            today - timedelta(days=one.due),
            whom,
            "" if whom else one.whom,
            *one.origin,
        )
        promise = make_promise(voice=voice_of(one.by), facts=facts, at=_on(today, one.promised))
        for who, move, days, said in one.steps:
            if move == "report":
                report_promise(standing=standing(promise, who), reason=said, at=_on(today, days))
            else:
                move_promise(standing=standing(promise, who), move=move, reason=said, at=_on(today, days))
        if one.objects:
            text, answer, who = one.objects
            objection = object_to_count(standing=standing(promise, one.by), text=text, at=_on(today, 5))
            answer_objection(
                standing=standing(promise, who),
                objection=objection,
                move="accept",
                reason=answer,
                at=_on(today, 2),
            )
    return len(_SAMPLES)


def _on(today: date, days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=days_ago), time(10)))
