"""How people get an account."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.people.models import Person, PlaceRole
from etoko.people.operations import joining, signing_in
from etoko.people.operations.joining import UnableToJoin
from etoko.places.models import Area
from tests.codes import SENT

NEW = {"name": "Budi", "phone": "0813-1111-2222", "passphrase": "kopi pahit pagi"}


def test_a_buyer_joins_and_is_in(client: Client, db: None) -> None:
    answer = client.post("/daftar/", {**NEW, "next": "/pesan/"})
    assert answer["Location"] == "/pesan/"
    budi = Person.objects.get(phone="+6281311112222")
    assert (budi.name, budi.phone_verified_at, budi.home_area) == ("Budi", None, None)
    assert budi.check_password("kopi pahit pagi")
    assert client.session["_auth_user_id"] == str(budi.pk)
    assert AuditEntry.objects.get(deed="join").by_name == "Budi"


def test_the_form_sent_ten_times_makes_one_account(client: Client, db: None) -> None:
    answers = [client.post("/daftar/", {**NEW, "once": "k1"}).status_code for _time in range(10)]
    assert answers == [302] * 10
    assert Person.objects.count() == 1


def test_a_number_with_an_account_is_not_taken_over(client: Client, rahma: Person) -> None:
    before = rahma.password
    answer = client.post("/daftar/", {**NEW, "phone": "081210000001"})
    assert answer.status_code == 422
    assert "masuk dengan kode, atau minta tautan dari kader" in answer.content.decode()
    rahma.refresh_from_db()
    assert (rahma.name, rahma.password) == ("Rahma", before)
    assert "_auth_user_id" not in client.session


def test_an_account_made_by_a_kader_is_not_taken_over(
    client: Client, yanti: Person, villages: dict[str, Area], clock: Clock
) -> None:
    made = joining.ensure_person(
        phone="+6281311112222", name="Bu Lilis", home_area=villages["Taban"], by=yanti, at=clock.now
    )
    assert client.post("/daftar/", NEW).status_code == 422
    made.refresh_from_db()
    assert (made.name, made.has_usable_password()) == ("Bu Lilis", False)


def test_few_numbers_can_be_tried_out_by_joining(client: Client, rahma: Person, siti: Person) -> None:
    answers = [client.post("/daftar/", {**NEW, "phone": rahma.phone}).status_code for _time in range(6)]
    assert answers == [422] * 5 + [429]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Isi dulu bagian ini"),
        ("name", "A" * 300, "200"),
        ("name", "12345", "Tulis nama dengan huruf"),
        ("name", "🙂🙂", "Tulis nama dengan huruf"),
        ("phone", "12", "Nomor ini tidak dikenali"),
        ("phone", "9" * 300, "60"),
        ("passphrase", "pendek", "8 sampai 128"),
        ("passphrase", "x" * 129, "8 sampai 128"),
        ("passphrase", "aaaaaaaaaa", "mudah ditebak"),
        ("passphrase", "password1", "mudah ditebak"),
        ("passphrase", "081311112222", "Jangan pakai nomor HP"),
        ("passphrase", "6281311112222", "Jangan pakai nomor HP"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, db: None, field: str, value: str, sentence: str
) -> None:
    answer = client.post("/daftar/", {**NEW, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence.lower() in page.lower()
    assert ('value="Budi"' in page) is (field != "name")
    assert Person.objects.count() == 0


def test_a_name_of_script_is_only_a_name(client: Client, db: None) -> None:
    client.post("/daftar/", {**NEW, "name": "<script>alert(1)</script> 🙂"})
    page = client.get("/saya/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🙂" in page


# ------------------------------------------------------ where codes reach the phone by themselves


@pytest.fixture
def reaching(settings: object, sent_codes: list[tuple[str, str]]) -> None:
    settings.CODE_CHANNEL = "tests.codes.PhoneChannel"  # type: ignore[attr-defined]


def test_joining_goes_by_code(client: Client, db: None, reaching: None) -> None:
    assert client.post("/daftar/", {**NEW, "passphrase": ""})["Location"] == "/masuk/kode/isi/"
    assert Person.objects.count() == 0
    client.post("/masuk/kode/isi/", {"code": SENT[-1][1]})
    budi = Person.objects.get()
    assert (budi.name, budi.phone_verified_at is not None) == ("Budi", True)
    assert client.session["_auth_user_id"] == str(budi.pk)


def test_the_passphrase_she_chose_holds(client: Client, db: None, reaching: None) -> None:
    client.post("/daftar/", NEW)
    client.post("/masuk/kode/isi/", {"code": SENT[-1][1]})
    assert Person.objects.get().check_password("kopi pahit pagi")


def test_joining_with_a_known_number_looks_the_same_and_changes_nothing(
    client: Client, rahma: Person, reaching: None
) -> None:
    known = client.post("/daftar/", {**NEW, "phone": rahma.phone})
    unknown = Client().post("/daftar/", NEW)
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    client.post("/masuk/kode/isi/", {"code": SENT[0][1]})
    rahma.refresh_from_db()
    assert rahma.name == "Rahma"
    assert rahma.check_password("sandi-rahasia-1")


# ------------------------------------------------------------------------------- made by a kader


def test_a_kader_makes_an_account_without_a_passphrase(
    yanti: Person, villages: dict[str, Area], clock: Clock
) -> None:
    lilis = joining.ensure_person(
        phone="+6281311112222", name="Bu Lilis", home_area=villages["Taban"], by=yanti, at=clock.now
    )
    assert (lilis.home_area, lilis.phone_verified_at) == (villages["Taban"], None)
    again = joining.ensure_person(
        phone="+6281311112222", name="Lilis S.", home_area=villages["Daru"], by=yanti, at=clock.now
    )
    assert (again.pk, again.name, again.home_area) == (lilis.pk, "Bu Lilis", villages["Taban"])


def test_a_proven_account_stays_as_it_is(
    yanti: Person, siti: Person, villages: dict[str, Area], clock: Clock
) -> None:
    same = joining.ensure_person(
        phone=siti.phone, name="Siti lain", home_area=villages["Taban"], by=yanti, at=clock.now
    )
    assert (same.pk, same.name, same.home_area) == (siti.pk, "Siti", None)
    assert same.check_password("sandi-rahasia-1")


def test_who_joined_with_somebody_elses_number_loses_it(
    client: Client, yanti: Person, villages: dict[str, Area], clock: Clock
) -> None:
    """Else the shop that the kader now gives to the number would be his."""
    client.post("/daftar/", NEW)
    assert client.get("/saya/keamanan/").status_code == 200
    person = joining.ensure_person(
        phone="+6281311112222", name="Bu Lilis", home_area=villages["Taban"], by=yanti, at=clock.now
    )
    assert not person.has_usable_password()
    assert client.get("/saya/keamanan/").status_code == 302
    assert AuditEntry.objects.get(deed="claim_unproven_account").by_name == "Yanti"


def test_proving_the_phone_by_code_ends_what_a_stranger_set_up(
    client: Client, db: None, sent_codes: list[tuple[str, str]], clock: Clock
) -> None:
    client.post("/daftar/", NEW)
    at = clock.now + timedelta(minutes=1)
    signing_in.ask_code(phone="+6281311112222", address="10.0.0.1", at=at)
    owner = signing_in.use_code(phone="+6281311112222", code=sent_codes[-1][1], address="10.0.0.1", at=at)
    assert owner.phone_verified_at == at
    assert client.get("/saya/keamanan/").status_code == 302


def test_a_closed_account_is_not_given_again(
    yanti: Person, rahma: Person, villages: dict[str, Area], clock: Clock
) -> None:
    Person.objects.filter(pk=rahma.pk).update(closed_at=clock.now)
    with pytest.raises(UnableToJoin):
        joining.ensure_person(
            phone=rahma.phone, name="Rahma", home_area=villages["Taban"], by=yanti, at=clock.now
        )


# ------------------------------------------------------------------------------ the first officer


def test_the_first_officer_may_begin(jambe: Area, capsys: pytest.CaptureFixture[str]) -> None:
    call_command(
        "create_first_officer", phone="0812 3456 7890", name="Pak Dedi", passphrase="padi sawah hijau"
    )
    dedi = Person.objects.get()
    assert (dedi.phone, dedi.is_superuser, dedi.home_area) == ("+6281234567890", True, jambe)
    assert PlaceRole.objects.get().role == "district_officer"
    assert "0812-3456-7890" in capsys.readouterr().out


def test_there_is_one_first_officer(jambe: Area) -> None:
    given = {"name": "Pak Dedi", "passphrase": "padi sawah hijau"}
    call_command("create_first_officer", phone="081234567890", **given)
    with pytest.raises(CommandError, match="Sudah ada petugas pertama"):
        call_command("create_first_officer", phone="081234567891", **given)
    assert Person.objects.count() == 1


def test_the_first_officer_needs_a_phone_that_is_one(jambe: Area) -> None:
    with pytest.raises(CommandError, match="--phone"):
        call_command("create_first_officer", phone="12", name="Pak Dedi", passphrase="padi sawah hijau")
    assert Person.objects.count() == 0
