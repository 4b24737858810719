"""Links and slips that open an account once."""

import pytest
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.people.models import ActivationLink, Passkey, Person
from etoko.people.operations import activating, joining
from etoko.people.operations.activating import NewLink, UnableToCreateLink
from etoko.places.models import Area

STEPS = "/toko/buka/abc123/"


@pytest.fixture
def lilis(yanti: Person, villages: dict[str, Area], clock: Clock) -> Person:
    """She makes emping in Taban and has never come in."""
    return joining.ensure_person(
        phone="+6281311112222", name="Bu Lilis", home_area=villages["Taban"], by=yanti, at=clock.now
    )


@pytest.fixture
def new(lilis: Person, yanti: Person, clock: Clock) -> NewLink:
    return activating.create_activation_link(person=lilis, next_path=STEPS, by=yanti, at=clock.now)


def test_looking_shows_whose_it_is_and_uses_nothing_up(client: Client, new: NewLink) -> None:
    for _preview in range(3):
        answer = client.get(f"/aktivasi/{new.secret}/")
        assert answer.status_code == 200
    page = answer.content.decode()
    assert "Selamat datang, Bu Lilis" in page
    assert "Desa Taban" in page
    assert "Yanti membuat tautan ini untuk Anda" in page
    assert answer["Referrer-Policy"] == "same-origin"
    new.link.refresh_from_db()
    assert new.link.used_at is None
    assert "_auth_user_id" not in client.session


def test_pressing_the_button_signs_her_in_and_proves_the_phone(
    client: Client, new: NewLink, lilis: Person, clock: Clock
) -> None:
    answer = client.post(f"/aktivasi/{new.secret}/")
    assert answer["Location"] == "/saya/kata-sandi/?next=%2Ftoko%2Fbuka%2Fabc123%2F"
    lilis.refresh_from_db()
    assert lilis.phone_verified_at == clock.now
    assert client.session["_auth_user_id"] == str(lilis.pk)
    assert [entry.deed for entry in AuditEntry.objects.filter(by_name="Bu Lilis").order_by("id")] == [
        "verify_phone",
        "use_activation_link",
    ]


def test_she_may_set_a_passphrase_and_goes_on_to_her_shop(
    client: Client, new: NewLink, lilis: Person
) -> None:
    step = client.post(f"/aktivasi/{new.secret}/")["Location"]
    assert f'href="{STEPS}"' in client.get(step).content.decode()  # or skip it
    answer = client.post(step, {"passphrase": "emping melinjo gurih", "next": STEPS})
    assert answer["Location"] == STEPS
    lilis.refresh_from_db()
    assert lilis.check_password("emping melinjo gurih")
    assert client.get("/saya/keamanan/").status_code == 200


def test_who_has_a_passphrase_goes_straight_on(
    client: Client, rahma: Person, yanti: Person, clock: Clock
) -> None:
    new = activating.create_activation_link(person=rahma, next_path=STEPS, by=yanti, at=clock.now)
    assert client.post(f"/aktivasi/{new.secret}/")["Location"] == STEPS
    rahma.refresh_from_db()
    assert rahma.check_password("sandi-rahasia-1")


def test_a_link_works_once(client: Client, new: NewLink) -> None:
    client.post(f"/aktivasi/{new.secret}/")
    thief = Client()
    for answer in (thief.get(f"/aktivasi/{new.secret}/"), thief.post(f"/aktivasi/{new.secret}/")):
        assert answer.status_code == 410
        assert "Tautan ini sudah dipakai" in answer.content.decode()
    assert "_auth_user_id" not in thief.session


def test_two_taps_lose_nothing(client: Client, new: NewLink) -> None:
    """Her phone may throw the first answer away: the second one must carry the session too."""
    form = {"once": "one-and-the-same"}
    client.post(f"/aktivasi/{new.secret}/", form)
    second = Client()
    answer = second.post(f"/aktivasi/{new.secret}/", form)
    assert answer.status_code == 302
    assert second.get("/saya/keamanan/").status_code == 200


def test_her_own_used_link_leads_on(client: Client, new: NewLink) -> None:
    client.post(f"/aktivasi/{new.secret}/")
    page = client.get(f"/aktivasi/{new.secret}/").content.decode()
    assert f'href="{STEPS}"' in page


def test_after_seven_days_it_is_over(client: Client, new: NewLink, lilis: Person, clock: Clock) -> None:
    clock.forward(days=7)
    answer = client.post(f"/aktivasi/{new.secret}/")
    assert answer.status_code == 410
    assert "Tautan ini sudah lewat waktunya" in answer.content.decode()
    lilis.refresh_from_db()
    assert lilis.phone_verified_at is None


def test_a_revoked_link_says_so(client: Client, new: NewLink, yanti: Person) -> None:
    kader = Client()
    kader.force_login(yanti)
    assert kader.post(f"/petugas/aktivasi/{new.link.pk}/batalkan/")["Location"] == "/petugas/aktivasi/"
    answer = client.post(f"/aktivasi/{new.secret}/")
    assert answer.status_code == 410
    assert "Tautan ini sudah dibatalkan" in answer.content.decode()
    assert AuditEntry.objects.get(deed="revoke_activation_link").for_name == "Bu Lilis"


def test_a_used_link_cannot_be_revoked(client: Client, new: NewLink, yanti: Person) -> None:
    client.post(f"/aktivasi/{new.secret}/")
    kader = Client()
    kader.force_login(yanti)
    page = kader.post(f"/petugas/aktivasi/{new.link.pk}/batalkan/", follow=True).content.decode()
    assert "sudah dipakai, jadi tidak bisa dibatalkan lagi" in page
    new.link.refresh_from_db()
    assert new.link.revoked_at is None


@pytest.mark.parametrize("secret", ["x", "a" * 300, "<script>", "🙂"])
def test_an_invented_link_is_not_known(client: Client, db: None, secret: str) -> None:
    for answer in (client.get(f"/aktivasi/{secret}/"), client.post(f"/aktivasi/{secret}/")):
        assert answer.status_code == 404
        assert "Tautan ini tidak dikenali" in answer.content.decode()


def test_on_a_shared_phone_it_says_who_is_in(
    client: Client, new: NewLink, siti: Person, lilis: Person
) -> None:
    client.force_login(siti)
    assert "HP ini sedang dipakai Siti" in client.get(f"/aktivasi/{new.secret}/").content.decode()
    client.post(f"/aktivasi/{new.secret}/")
    assert client.session["_auth_user_id"] == str(lilis.pk)


def test_keys_of_a_stranger_end_with_the_link(
    client: Client, yanti: Person, villages: dict[str, Area], clock: Clock
) -> None:
    client.post("/daftar/", {"name": "X", "phone": "081311112222", "passphrase": "kopi pahit pagi"})
    squatter = Person.objects.get(phone="+6281311112222")
    Person.objects.filter(pk=squatter.pk).update(home_area=villages["Taban"])
    Passkey.objects.create(
        person=squatter, credential_id="a", credential=b"a", name="x", created_at=clock.now
    )
    squatter.refresh_from_db()
    new = activating.create_activation_link(person=squatter, next_path="", by=yanti, at=clock.now)
    Client().post(f"/aktivasi/{new.secret}/")
    assert client.get("/saya/keamanan/").status_code == 302
    assert Passkey.objects.count() == 0


def test_only_the_hash_is_kept(new: NewLink) -> None:
    assert new.secret not in str(ActivationLink.objects.values().get())


# -------------------------------------------------------------------------- who may make one


@pytest.mark.parametrize("whom", ["herman", "siti", "dedi"])
def test_nobody_opens_an_account_elsewhere_or_of_who_may_more(
    yanti: Person, clock: Clock, request: pytest.FixtureRequest, whom: str
) -> None:
    person = request.getfixturevalue(whom)
    if whom == "dedi":
        person.home_area = yanti.home_area
        person.save()
    with pytest.raises(UnableToCreateLink):
        activating.create_activation_link(person=person, next_path="", by=yanti, at=clock.now)
    assert ActivationLink.objects.count() == 0


def test_an_officer_opens_the_account_of_a_kader(dedi: Person, yanti: Person, clock: Clock) -> None:
    activating.create_activation_link(person=yanti, next_path="", by=dedi, at=clock.now)
    assert ActivationLink.objects.get().person == yanti


@pytest.mark.parametrize("path", ["https://jahat.example/", "//jahat.example/", "/\\jahat", "saya/"])
def test_a_link_leads_nowhere_else(lilis: Person, yanti: Person, clock: Clock, path: str) -> None:
    with pytest.raises(ValueError, match="path of this site"):
        activating.create_activation_link(person=lilis, next_path=path, by=yanti, at=clock.now)


# ------------------------------------------------------------------------ the pages of the kader


def test_the_kader_hands_out_slips_for_several(
    client: Client, lilis: Person, rahma: Person, yanti: Person
) -> None:
    client.force_login(yanti)
    assert "Bu Lilis" in client.get("/petugas/aktivasi/").content.decode()
    answer = client.post("/petugas/aktivasi/buat/", {"person": [lilis.pk, rahma.pk]})
    assert answer["Location"] == "/petugas/aktivasi/slip/"
    page = client.get("/petugas/aktivasi/slip/").content.decode()
    assert page.count('<figure class="qr slip">') == 2
    assert "https://wa.me/6281311112222?text=Assalamu" in page
    address = page.split("Ini%20tautan")[1].split("aktivasi%2F")[1].split("%2F")[0]
    assert ActivationLink.objects.filter(used_at=None).count() == 2
    assert Client().get(f"/aktivasi/{address}/").status_code == 200


def test_cleared_slips_are_gone_for_good(client: Client, lilis: Person, yanti: Person) -> None:
    client.force_login(yanti)
    client.post("/petugas/aktivasi/buat/", {"person": lilis.pk})
    client.post("/petugas/aktivasi/slip/bersihkan/")
    assert "Tidak ada slip" in client.get("/petugas/aktivasi/slip/").content.decode()
    assert "Bu Lilis" in client.get("/petugas/aktivasi/").content.decode()


def test_the_form_sent_twice_makes_one_link(client: Client, lilis: Person, yanti: Person) -> None:
    client.force_login(yanti)
    for _time in range(2):
        client.post("/petugas/aktivasi/buat/", {"person": lilis.pk, "once": "k"})
    assert ActivationLink.objects.count() == 1


def test_a_new_person_gets_account_and_link_at_once(
    client: Client, yanti: Person, villages: dict[str, Area]
) -> None:
    client.force_login(yanti)
    form = {"name": "Pak Udin", "phone": "0813 9999 0000", "village": villages["Taban"].code}
    assert client.post("/petugas/aktivasi/orang-baru/", form).status_code == 302
    udin = Person.objects.get(phone="+6281399990000")
    assert (udin.name, udin.home_area) == ("Pak Udin", villages["Taban"])
    assert ActivationLink.objects.get().person == udin


def test_nobody_new_is_made_in_another_village(
    client: Client, yanti: Person, villages: dict[str, Area]
) -> None:
    client.force_login(yanti)
    form = {"name": "Pak Udin", "phone": "0813 9999 0000", "village": villages["Kutruk"].code}
    assert client.post("/petugas/aktivasi/orang-baru/", form).status_code == 422
    assert not Person.objects.filter(name="Pak Udin").exists()


def test_a_buyer_with_her_own_account_needs_no_link(
    client: Client, yanti: Person, siti: Person, villages: dict[str, Area]
) -> None:
    client.force_login(yanti)
    form = {"name": "Siti", "phone": siti.phone, "village": villages["Taban"].code}
    answer = client.post("/petugas/aktivasi/orang-baru/", form)
    assert answer.status_code == 422
    assert "Ia bisa masuk sendiri dengan nomor HP-nya" in answer.content.decode()
    siti.refresh_from_db()
    assert siti.home_area is None


def test_without_anybody_chosen_it_says_so(client: Client, yanti: Person) -> None:
    client.force_login(yanti)
    answer = client.post("/petugas/aktivasi/buat/", {"person": ["", "x", "9" * 30]})
    assert answer.status_code == 422
    assert "Pilih dulu paling sedikit satu orang." in answer.content.decode()


def test_somebody_elses_person_is_not_found(client: Client, yanti: Person, herman: Person) -> None:
    client.force_login(yanti)
    assert client.post("/petugas/aktivasi/buat/", {"person": herman.pk}).status_code == 404
    assert ActivationLink.objects.count() == 0
