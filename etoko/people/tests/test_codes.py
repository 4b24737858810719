"""One-time codes: asked for, read out, used once."""

import pytest
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.people.models import LoginCode, Person
from etoko.people.operations import signing_in
from etoko.people.operations.limiting import UnableToTryNow
from etoko.people.operations.signing_in import UnableToSignIn

SentCodes = list[tuple[str, str]]


def ask(client: Client, phone: str) -> int:
    return client.post("/masuk/kode/", {"phone": phone}).status_code


def enter(client: Client, code: str) -> int:
    return client.post("/masuk/kode/isi/", {"code": code}).status_code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_code_of_her_phone_signs_her_in(client: Client, rahma: Person, sent_codes: SentCodes) -> None:
    assert ask(client, "0812-1000-0001") == 302
    [(phone, code)] = sent_codes
    assert phone == "+6281210000001"
    assert len(code) == 6
    assert enter(client, f"{code[:3]} {code[3:]}") == 302
    assert client.session["_auth_user_id"] == str(rahma.pk)


def test_only_a_keyed_hash_is_kept(client: Client, rahma: Person, sent_codes: SentCodes) -> None:
    ask(client, rahma.phone)
    row = LoginCode.objects.get()
    assert sent_codes[0][1] not in (row.code_hash, str(row.pk))
    assert len(row.code_hash) == 64


def test_a_code_works_once(client: Client, rahma: Person, sent_codes: SentCodes) -> None:
    ask(client, rahma.phone)
    enter(client, sent_codes[0][1])
    other = Client()
    ask_session(other, rahma.phone)
    assert enter(other, sent_codes[0][1]) == 422
    assert "_auth_user_id" not in other.session


def ask_session(client: Client, phone: str) -> None:
    """As if she had come to the page of the code on another phone, without a new code."""
    session = client.session
    session["code_phone"] = phone
    session.save()


def test_the_newest_code_counts(client: Client, rahma: Person, sent_codes: SentCodes) -> None:
    ask(client, rahma.phone)
    ask(client, rahma.phone)
    first, second = sent_codes[0][1], sent_codes[1][1]
    if first != second:
        assert enter(client, first) == 422
    assert enter(client, second) == 302


def test_a_code_is_dead_after_ten_minutes(
    client: Client, rahma: Person, sent_codes: SentCodes, clock: Clock
) -> None:
    ask(client, rahma.phone)
    clock.forward(minutes=10)
    answer = client.post("/masuk/kode/isi/", {"code": sent_codes[0][1]})
    assert answer.status_code == 422
    assert "sudah lewat 10 menit" in answer.content.decode()


def test_five_wrong_tries_spoil_the_code(client: Client, rahma: Person, sent_codes: SentCodes) -> None:
    ask(client, rahma.phone)
    code = sent_codes[0][1]
    for _time in range(5):
        assert enter(client, wrong(code)) == 422
    answer = client.post("/masuk/kode/isi/", {"code": code})
    assert answer.status_code == 422
    assert "Minta kode baru" in answer.content.decode()
    assert LoginCode.objects.get().tries == 5


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "１２３４５６", "<script>", "🙂" * 6, "1" * 300]
)
def test_what_is_no_code_costs_no_try(
    client: Client, rahma: Person, sent_codes: SentCodes, code: str
) -> None:
    ask(client, rahma.phone)
    assert enter(client, code) == 422
    assert LoginCode.objects.get().tries == 0


def test_nobody_learns_who_has_an_account(client: Client, rahma: Person, sent_codes: SentCodes) -> None:
    known, unknown = Client(), Client()
    assert ask(known, rahma.phone) == ask(unknown, "081299999999") == 302
    pages = [
        each.get("/masuk/kode/isi/").content.decode().split("</header>")[1].split("<form")[0]
        for each in (known, unknown)
    ]
    assert pages[0].replace("0812-1000-0001", "X") == pages[1].replace("0812-9999-9999", "X")
    assert [phone for phone, _code in sent_codes] == [rahma.phone]
    refused = unknown.post("/masuk/kode/isi/", {"code": "123456"})
    assert "Kode tidak cocok" in refused.content.decode()


def test_a_phone_gets_five_codes_an_hour(client: Client, rahma: Person, sent_codes: SentCodes) -> None:
    assert [ask(client, rahma.phone) for _time in range(6)] == [302] * 5 + [429]
    assert len(sent_codes) == 5


def test_codes_are_not_guessed_by_asking_again_and_again(
    rahma: Person, sent_codes: SentCodes, clock: Clock
) -> None:
    """Fifteen guesses an hour for a phone, however many codes there were."""
    guesses = 0
    with pytest.raises(UnableToTryNow):
        for _code in range(5):
            signing_in.ask_code(phone=rahma.phone, address="10.0.0.1", at=clock.now)
            for _guess in range(5):
                with pytest.raises(UnableToSignIn):
                    signing_in.use_code(
                        phone=rahma.phone, code=wrong(sent_codes[-1][1]), address="10.0.0.2", at=clock.now
                    )
                guesses += 1
    assert guesses == 15


def test_without_a_phone_there_is_no_page_for_the_code(client: Client, db: None) -> None:
    assert client.get("/masuk/kode/isi/")["Location"] == "/masuk/kode/"


def test_the_form_sent_twice_signs_in_twice_the_same(
    client: Client, rahma: Person, sent_codes: SentCodes
) -> None:
    ask(client, rahma.phone)
    form = {"code": sent_codes[0][1], "once": "the-same-key"}
    first = client.post("/masuk/kode/isi/", form)
    # The second tap leaves before the first answer is there: it carries the cookies of before.
    second = client.post("/masuk/kode/isi/", form)
    assert first.status_code == second.status_code == 302


def test_a_channel_that_is_down_is_said_plainly(client: Client, rahma: Person, settings: object) -> None:
    settings.CODE_CHANNEL = "tests.codes.BrokenChannel"  # type: ignore[attr-defined]
    answer = client.post("/masuk/kode/", {"phone": rahma.phone})
    assert answer.status_code == 422
    assert "Kode belum bisa dikirim sekarang." in answer.content.decode()


def test_the_console_prints_the_code(
    rahma: Person, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CODE_CHANNEL = "console"  # type: ignore[attr-defined]
    Client().post("/masuk/kode/", {"phone": rahma.phone})
    assert "Kode masuk untuk 0812-1000-0001: " in capsys.readouterr().err


# ------------------------------------------------------------------------- read out by the kader


def test_the_kader_sees_who_waits_and_reads_out_a_code(
    client: Client, rahma: Person, yanti: Person, sent_codes: SentCodes
) -> None:
    ask(client, rahma.phone)
    kader = Client()
    kader.force_login(yanti)
    assert "Rahma" in kader.get("/petugas/kode/").content.decode()
    kader.post(f"/petugas/kode/{rahma.pk}/")
    shown = kader.session["shown_code"]["code"]
    assert f"{shown[:3]} {shown[3:]}" in kader.get("/petugas/kode/").content.decode()
    assert enter(client, shown) == 302
    entry = AuditEntry.objects.get(deed="show_login_code")
    assert (entry.by_name, entry.for_name, entry.area_code) == ("Yanti", "Rahma", rahma.home_area_id)


def test_the_code_is_shown_on_one_page_only(client: Client, rahma: Person, yanti: Person) -> None:
    client.force_login(yanti)
    client.post(f"/petugas/kode/{rahma.pk}/")
    assert "Bacakan kode ini" in client.get("/petugas/kode/").content.decode()
    assert "Bacakan kode ini" not in client.get("/petugas/kode/").content.decode()


@pytest.mark.parametrize("whom", ["herman", "siti", "dedi", "bu_camat", "yanti"])
def test_no_code_of_who_lives_elsewhere_or_may_more(
    client: Client, yanti: Person, request: pytest.FixtureRequest, whom: str
) -> None:
    person = request.getfixturevalue(whom)
    if whom in ("dedi", "bu_camat"):
        Person.objects.filter(pk=person.pk).update(home_area=yanti.home_area)
    client.force_login(yanti)
    expected = 302 if whom == "yanti" else 404
    assert client.post(f"/petugas/kode/{person.pk}/").status_code == expected
    assert LoginCode.objects.filter(phone=person.phone).exists() is (whom == "yanti")


def test_she_hears_of_a_code_that_somebody_else_made(client: Client, rahma: Person, yanti: Person) -> None:
    client.force_login(yanti)
    client.post(f"/petugas/kode/{rahma.pk}/")
    client.force_login(rahma)
    assert "Yanti membuatkan jalan masuk ke akun Anda" in client.get("/kabar/").content.decode()
