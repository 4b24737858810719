"""One's own passphrase, and where it may be guessed."""

from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.people.models import Passkey, Person


def change(client: Client, current: str, new: str = "teh manis anget") -> int:
    return client.post("/saya/kata-sandi/", {"current": current, "passphrase": new}).status_code


def test_she_changes_it_with_the_old_one_and_stays_in(client: Client, rahma: Person) -> None:
    client.force_login(rahma)
    assert change(client, "sandi-rahasia-1") == 302
    rahma.refresh_from_db()
    assert rahma.check_password("teh manis anget")
    assert client.get("/saya/keamanan/").status_code == 200
    assert AuditEntry.objects.get(deed="change_passphrase").changes == {}


def test_on_her_other_phone_she_is_out(client: Client, rahma: Person) -> None:
    other = Client()
    other.force_login(rahma)
    client.force_login(rahma)
    change(client, "sandi-rahasia-1")
    assert other.get("/saya/keamanan/").status_code == 302


def test_without_the_old_one_nothing_changes(client: Client, rahma: Person) -> None:
    client.force_login(rahma)
    assert change(client, "salah") == 422
    rahma.refresh_from_db()
    assert rahma.check_password("sandi-rahasia-1")


def test_who_found_her_phone_cannot_guess_for_long(client: Client, rahma: Person, clock: Clock) -> None:
    client.force_login(rahma)
    for _guess in range(5):
        change(client, "salah")
    answer = client.post("/saya/kata-sandi/", {"current": "sandi-rahasia-1", "passphrase": "teh manis anget"})
    assert "Tunggu 15 menit" in answer.content.decode()
    rahma.refresh_from_db()
    assert rahma.check_password("sandi-rahasia-1")


def test_after_a_code_she_sets_a_new_one_without_the_old(
    client: Client, rahma: Person, sent_codes: list[tuple[str, str]], clock: Clock
) -> None:
    client.post("/masuk/kode/", {"phone": rahma.phone})
    client.post("/masuk/kode/isi/", {"code": sent_codes[0][1]})
    assert 'name="current"' not in client.get("/saya/kata-sandi/").content.decode()
    clock.forward(minutes=16)
    assert 'name="current"' in client.get("/saya/kata-sandi/").content.decode()


def test_her_phone_number_is_no_passphrase(client: Client, rahma: Person) -> None:
    client.force_login(rahma)
    assert change(client, "sandi-rahasia-1", "081210000001") == 422


def test_nobody_removes_somebody_elses_passkey(
    client: Client, rahma: Person, siti: Person, clock: Clock
) -> None:
    key = Passkey.objects.create(
        person=rahma, credential_id="a", credential=b"a", name="HP", created_at=clock.now
    )
    client.force_login(siti)
    client.post(f"/saya/kunci-sandi/{key.pk}/hapus/")
    assert Passkey.objects.filter(pk=key.pk).exists()
    client.force_login(rahma)
    client.post(f"/saya/kunci-sandi/{key.pk}/hapus/")
    assert not Passkey.objects.filter(pk=key.pk).exists()


def test_an_invented_answer_opens_nothing(client: Client, rahma: Person) -> None:
    assert client.post("/masuk/kunci-sandi/", {"answer": "[" * 9999}).status_code == 400
    assert client.post("/masuk/kunci-sandi/", {"answer": "null"}).status_code == 400
    unknown = client.post("/masuk/kunci-sandi/", {"answer": '{"id": "a"}'})
    assert unknown.status_code == 422
    assert "Kunci sandi ini tidak dikenali." in unknown.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_answer_without_a_question_opens_nothing(client: Client, rahma: Person, clock: Clock) -> None:
    Passkey.objects.create(person=rahma, credential_id="a", credential=b"a", name="HP", created_at=clock.now)
    assert client.post("/masuk/kunci-sandi/", {"answer": '{"id": "a"}'}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_a_broken_new_key_is_not_kept(client: Client, rahma: Person) -> None:
    client.force_login(rahma)
    client.post("/saya/kunci-sandi/mulai/")
    for answer in ("", "{}", "null", "[1]", '{"id":"a","rawId":"a","type":"public-key","response":{}}'):
        reply = client.post("/saya/kunci-sandi/", {"answer": answer, "name": "HP"})
        assert reply.status_code == 422
    assert Passkey.objects.count() == 0
