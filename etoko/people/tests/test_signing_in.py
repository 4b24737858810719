"""Coming in by passphrase."""

import pytest
from django.test import Client

from conftest import Clock
from etoko.people.models import Person


def post(client: Client, phone: str, passphrase: str, next: str = "") -> int:
    return client.post("/masuk/", {"phone": phone, "passphrase": passphrase, "next": next}).status_code


@pytest.mark.parametrize(
    "spelling",
    [
        "081210000001",
        "0812-1000-0001",
        "+62 812 1000 0001",
        "62812 10000001",
        "8121000 0001",
        "(0812) 1000.0001",
    ],
)
def test_any_spelling_of_the_phone_finds_the_account(client: Client, rahma: Person, spelling: str) -> None:
    assert post(client, spelling, "sandi-rahasia-1") == 302
    assert client.session["_auth_user_id"] == str(rahma.pk)


def test_she_lands_where_she_wanted_to_go(client: Client, rahma: Person) -> None:
    answer = client.post(
        "/masuk/", {"phone": rahma.phone, "passphrase": "sandi-rahasia-1", "next": "/toko/buka/abc/"}
    )
    assert answer["Location"] == "/toko/buka/abc/"


@pytest.mark.parametrize(
    "next", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", "/\\jahat"]
)
def test_nobody_is_led_to_another_site(client: Client, rahma: Person, next: str) -> None:
    answer = client.post("/masuk/", {"phone": rahma.phone, "passphrase": "sandi-rahasia-1", "next": next})
    assert answer["Location"] == "/saya/"


def test_a_wrong_passphrase_and_an_unknown_phone_get_the_same_answer(client: Client, rahma: Person) -> None:
    wrong = client.post("/masuk/", {"phone": rahma.phone, "passphrase": "salah"})
    unknown = client.post("/masuk/", {"phone": "081299999999", "passphrase": "salah"})
    assert wrong.status_code == unknown.status_code == 422
    sentence = "Nomor HP atau kata sandi tidak cocok. Periksa lagi, atau masuk dengan kode."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_stays_closed(client: Client, rahma: Person, clock: Clock) -> None:
    Person.objects.filter(pk=rahma.pk).update(closed_at=clock.now)
    assert post(client, rahma.phone, "sandi-rahasia-1") == 422


def test_what_was_typed_stays_but_for_the_passphrase(client: Client, db: None) -> None:
    page = client.post("/masuk/", {"phone": "bukan nomor", "passphrase": "rahasia-sekali"}).content.decode()
    assert 'value="bukan nomor"' in page
    assert "rahasia-sekali" not in page
    assert "Nomor ini tidak dikenali." in page


def test_five_wrong_guesses_close_the_door_for_a_while(client: Client, rahma: Person, clock: Clock) -> None:
    for _guess in range(5):
        assert post(client, rahma.phone, "salah") == 422
    answer = client.post("/masuk/", {"phone": rahma.phone, "passphrase": "sandi-rahasia-1"})
    assert answer.status_code == 429
    assert "Tunggu 15 menit, lalu coba lagi." in answer.content.decode()
    clock.forward(minutes=14, seconds=30)
    answer = client.post("/masuk/", {"phone": rahma.phone, "passphrase": "sandi-rahasia-1"})
    assert "Tunggu 30 detik, lalu coba lagi." in answer.content.decode()
    clock.forward(seconds=31)
    assert post(client, rahma.phone, "sandi-rahasia-1") == 302


def test_a_flood_on_many_phones_is_stopped_by_its_address(client: Client, db: None, clock: Clock) -> None:
    answers = [post(client, f"0812{30000000 + number}", "salah") for number in range(61)]
    assert answers == [422] * 60 + [429]


def test_somebody_elses_address_is_not_stopped(client: Client, rahma: Person, clock: Clock) -> None:
    for number in range(61):
        post(client, f"0812{30000000 + number}", "salah")
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert post(other, rahma.phone, "sandi-rahasia-1") == 302


def test_those_who_get_it_right_do_not_use_up_the_address(
    client: Client, rahma: Person, clock: Clock
) -> None:
    for _time in range(70):
        assert post(Client(), rahma.phone, "sandi-rahasia-1") == 302


def test_signing_out_needs_a_press_of_the_button(client: Client, rahma: Person) -> None:
    client.force_login(rahma)
    assert client.get("/keluar/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/keluar/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_the_frame_of_the_page_learns_the_name_and_forgets_it(client: Client, rahma: Person) -> None:
    post(client, rahma.phone, "sandi-rahasia-1")
    assert client.cookies["tk"].value == "name%3DRahma"
    client.post("/keluar/")
    assert client.cookies["tk"].value == ""
