"""`/kabar/`: everybody reads her own."""

from urllib.parse import unquote

import pytest
from django.test import Client

from conftest import Clock
from etoko.notices.models import Notice
from etoko.notices.operations import send_notice
from etoko.people.models import Person


@pytest.fixture
def notice(rahma: Person, clock: Clock) -> Notice:
    return send_notice(
        key="a",
        recipient=rahma,
        kind="order_placed",
        title="Pesanan baru K7M-2QX",
        text="Bu Siti memesan 2 bungkus.\nBuka: http://127.0.0.1:8000/jualan/",
        path="/jualan/",
        at=clock.now,
    )


def personal(client: Client) -> str:
    return unquote(client.cookies["tk"].value)


def test_the_inbox_says_how_many_are_new(client: Client, rahma: Person, notice: Notice) -> None:
    client.force_login(rahma)
    page = client.get("/kabar/").content.decode()
    assert "Pesanan baru K7M-2QX" in page
    assert "1 belum dibaca" in page
    assert personal(client) == "unread=1"


def test_opening_it_reads_it(client: Client, rahma: Person, notice: Notice, clock: Clock) -> None:
    client.force_login(rahma)
    client.get("/kabar/")
    page = client.get(f"/kabar/{notice.pk}/").content.decode()
    assert "Bu Siti memesan 2 bungkus." in page
    assert 'href="/jualan/"' in page
    notice.refresh_from_db()
    assert notice.read_at == clock.now
    assert personal(client) == ""


def test_the_whatsapp_button_has_the_words_ready(
    client: Client, rahma: Person, notice: Notice, clock: Clock
) -> None:
    client.force_login(rahma)
    answer = client.get(f"/kabar/{notice.pk}/whatsapp/")
    assert answer["Location"].startswith(
        "https://wa.me/6281210000001?text=Bu%20Siti%20memesan%202%20bungkus."
    )
    notice.refresh_from_db()
    assert notice.whatsapp_opened_at == clock.now


def test_all_are_read_with_one_button(client: Client, rahma: Person, notice: Notice) -> None:
    client.force_login(rahma)
    client.get("/kabar/")
    assert client.post("/kabar/dibaca/", {"until": "nonsense"})["Location"] == "/kabar/"
    assert "Kabar tentang" not in client.get("/kabar/").content.decode()
    assert personal(client) == ""


def test_somebody_elses_is_not_found(client: Client, siti: Person, notice: Notice) -> None:
    client.force_login(siti)
    assert client.get(f"/kabar/{notice.pk}/").status_code == 404
    assert client.get(f"/kabar/{notice.pk}/whatsapp/").status_code == 404
    notice.refresh_from_db()
    assert (notice.read_at, notice.whatsapp_opened_at) == (None, None)


def test_words_of_strangers_are_only_words(client: Client, rahma: Person, clock: Clock) -> None:
    notice = send_notice(
        key="b", recipient=rahma, kind="x", title="<script>a</script>", text="<img src=x>", at=clock.now
    )
    client.force_login(rahma)
    page = client.get(f"/kabar/{notice.pk}/").content.decode()
    assert "<script>a" not in page
    assert "<img src=x>" not in page


def test_the_page_costs_the_same_with_many(
    client: Client, rahma: Person, clock: Clock, max_queries: object
) -> None:
    for number in range(70):
        send_notice(key=f"n{number}", recipient=rahma, kind="order", title="Kabar", text="x", at=clock.now)
    client.force_login(rahma)
    with max_queries(8):  # type: ignore[operator]
        page = client.get("/kabar/?hal=2").content.decode()
    assert "Halaman 2 dari 3" in page
    assert client.get("/kabar/?hal=x").status_code == client.get("/kabar/?hal=9999").status_code == 200


def test_signing_in_brings_the_number_of_unread(client: Client, rahma: Person, notice: Notice) -> None:
    client.post("/masuk/", {"phone": rahma.phone, "passphrase": "sandi-rahasia-1"})
    assert personal(client) == "name=Rahma&unread=1"
