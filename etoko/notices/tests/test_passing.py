"""What reached nobody by itself is passed on by hand: by whoever caused it, or by a kader."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.notices.models import Delivery, Notice
from etoko.notices.operations import pass_on_notices, read_notice, send_notice
from etoko.notices.queries import last_told, untold, untold_count
from etoko.notices.tests.conftest import WORDS
from etoko.people.models import Person

pytestmark = pytest.mark.django_db
TABAN, KUTRUK = "36.03.04.2004", "36.03.04.2006"
TO = "+6281311112222"


def tell(clock: Clock, key: str = "a", **more: Any) -> Notice:
    words = {**WORDS, "phone": TO, "about": "order:K7M-2QX:buyer", "area_code": TABAN}
    return send_notice(key=key, at=clock.now, **{**words, **more})


def delivered(notice: Notice, state: str, channel: str = "whatsapp", **more: Any) -> Delivery:
    made: Delivery = notice.deliveries.create(
        channel=channel,
        address="x",
        state=state,
        next_try_at=notice.created_at,
        claimed_until_at=notice.created_at if state == "sending" else None,
        **more,
    )
    return made


def label(about: str = "order:K7M-2QX:buyer") -> str:
    return last_told([about])[about].label


# -------------------------------------------------------------------------- what became of it


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Sedang dikirim"),
        ("sending", "Sedang dikirim"),
        ("sent", "Terkirim lewat WhatsApp"),
        ("delivered", "Sampai di HP"),
        ("read", "Sudah dibaca"),
        ("failed", "Gagal terkirim"),
        ("uncertain", "Tidak pasti sampai"),
        ("skipped", "Belum dikabari"),
    ],
)
def test_whoever_caused_it_sees_what_became_of_it(clock: Clock, state: str, words: str) -> None:
    notice = tell(clock)
    assert label() == "Belum dikabari"
    delivered(notice, state)
    assert label() == words


def test_what_waits_for_the_morning_says_when(clock: Clock) -> None:
    delivered(tell(clock), "waiting")
    Delivery.objects.update(next_try_at=clock.now + timedelta(hours=19))
    assert label() == "Dikirim pukul 05.00"


def test_of_several_the_newest_and_of_that_the_best(clock: Clock, rahma: Person, herman: Person) -> None:
    delivered(tell(clock), "read")
    clock.forward(hours=1)
    tell(clock, "b", phone="", recipient=rahma)
    other = tell(clock, "c", phone="", recipient=herman)
    assert label() == "Ada di kotak kabarnya, belum dibaca"
    read_notice(notice=other, at=clock.now)
    assert label() == "Sudah dibaca"


def test_passing_on_by_hand_counts(clock: Clock, rahma: Person) -> None:
    tell(clock)
    assert pass_on_notices(about="order:K7M-2QX:buyer", by=rahma, at=clock.now) == 1
    assert pass_on_notices(about="order:K7M-2QX:buyer", by=rahma, at=clock.now) == 0
    assert label() == "Dikabari lewat WhatsApp"


def test_many_cost_one_question(clock: Clock, max_queries: Any) -> None:
    abouts = [f"order:{number}:buyer" for number in range(20)]
    for about in abouts:
        delivered(tell(clock, about, about=about), "sent")
    with max_queries(1):
        assert len(last_told(abouts)) == 20


# ------------------------------------------------------------------------ what nobody passed on


def test_a_kader_sees_what_reached_nobody_in_her_village(clock: Clock, rahma: Person) -> None:
    tell(clock)
    tell(clock, "other village", about="x", area_code=KUTRUK)
    tell(clock, "no place", about="y", area_code="")
    tell(clock, "has account", about="z", recipient=rahma)
    rows = untold([TABAN], today=clock.now.date())
    assert [(row.title, row.phone) for row in rows] == [("Pesanan baru K7M-2QX", TO)]
    assert untold_count([TABAN], today=clock.now.date()) == 1
    assert untold_count(["36.03.04"], today=clock.now.date()) == 2


@pytest.mark.parametrize(
    ("state", "is_listed"),
    [("waiting", False), ("sent", False), ("read", False), ("failed", True), ("uncertain", True)],
)
def test_what_is_on_its_way_or_arrived_is_not_listed(clock: Clock, state: str, is_listed: bool) -> None:
    delivered(tell(clock), state, reason="Nomor ini tidak memakai WhatsApp.")
    assert bool(untold([TABAN], today=clock.now.date())) is is_listed


def test_the_newest_about_a_thing_stands_for_the_older(clock: Clock, yanti: Person, client: Client) -> None:
    tell(clock)
    clock.forward(hours=1)
    newest = tell(clock, "b", title="Pesanan siap diambil")
    (row,) = untold([TABAN], today=clock.now.date())
    assert (row.title, row.others) == ("Pesanan siap diambil", 1)
    client.force_login(yanti)
    page = client.get("/petugas/kabar/").content.decode()
    assert f"https://wa.me/6281311112222?text={quote(newest.text, safe='')}" in page
    assert f'ping="/petugas/kabar/{newest.pk}/whatsapp/"' in page
    assert Client().post(f"/petugas/kabar/{newest.pk}/whatsapp/").status_code == 302
    assert client.post(f"/petugas/kabar/{newest.pk}/whatsapp/").status_code == 204
    assert untold([TABAN], today=clock.now.date()) == []
    client.post(f"/petugas/kabar/{newest.pk}/whatsapp/")
    trace = AuditEntry.objects.get()
    assert (trace.deed, trace.by_name, trace.area_code) == ("pass_on_notice", "Yanti", TABAN)
    newest.refresh_from_db()
    assert (newest.passed_on_by, newest.passed_on_at) == (yanti, clock.now)


def test_news_of_last_month_is_no_news(clock: Clock) -> None:
    tell(clock)
    assert untold([TABAN], today=clock.forward(days=14).date())
    assert not untold([TABAN], today=clock.forward(days=1).date())


def test_the_page_says_what_to_do(client: Client, yanti: Person, clock: Clock) -> None:
    client.force_login(yanti)
    assert "Semua sudah dikabari" in client.get("/petugas/kabar/").content.decode()
    delivered(tell(clock), "failed", reason="Nomor ini tidak memakai WhatsApp.")
    page = client.get("/petugas/kabar/").content.decode()
    for words in ("Pesanan baru K7M-2QX", "0813-1111-2222", "Nomor ini tidak memakai WhatsApp."):
        assert words in page
    assert "Kabar belum diteruskan" in client.get("/petugas/").content.decode()
    assert client.post(f"/petugas/kabar/{Notice.objects.get().pk}/")["Location"] == "/petugas/kabar/"
    assert "Semua sudah dikabari" in client.get("/petugas/kabar/").content.decode()


def test_who_may_not_help_there_passes_nothing_on(
    client: Client, herman: Person, yanti: Person, rahma: Person, clock: Clock
) -> None:
    mine, elsewhere = tell(clock), tell(clock, "b", area_code=KUTRUK)
    hers = tell(clock, "c", recipient=rahma)
    for person, notices in ((herman, (mine, elsewhere, hers)), (yanti, (elsewhere, hers))):
        client.force_login(person)
        for notice in notices:
            assert client.post(f"/petugas/kabar/{notice.pk}/whatsapp/").status_code == 404
            assert client.post(f"/petugas/kabar/{notice.pk}/").status_code == 404
    assert not Notice.objects.filter(passed_on_at__isnull=False).exists()


def test_many_cost_the_same(client: Client, yanti: Person, clock: Clock, max_queries: Any) -> None:
    for number in range(40):
        delivered(tell(clock, str(number), about=f"order:{number}"), "failed", reason="x")
    client.force_login(yanti)
    with max_queries(7):
        assert client.get("/petugas/kabar/").status_code == 200
