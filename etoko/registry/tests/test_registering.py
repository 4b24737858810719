import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import is_of_business
from etoko.registry.models import Business, DirectoryWord
from etoko.registry.operations.registering import MaybeTheSame, register_business
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def form(villages: dict[str, Area], **changes: str) -> dict[str, str]:
    return {
        "name": "Kerupuk Bu Rahma",
        "owner_name": "Rahma",
        "phone": "0812-9999-0001",
        "area": villages["Taban"].pk,
        "kind": "makanan",
        "products_text": "kerupuk ikan",
        "once": "k1",
    } | changes


def test_a_kader_registers_with_five_answers(
    villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    response = client.post("/petugas/usaha/baru/", form(villages))
    business = Business.objects.get()
    assert response["Location"] == f"/petugas/usaha/{business.public_id}/"
    assert (business.verification, business.listing, business.kind) == ("draft", "unlisted", "makanan")
    assert business.owners.get().name == "Rahma"
    assert business.phones.get().phone == "+6281299990001"
    assert DirectoryWord.objects.count() == 0
    entry = AuditEntry.objects.get(deed="register_business")
    assert (entry.by_name, entry.for_name, entry.area_code) == ("Yanti", "Rahma", "36.03.04.2004")


def test_the_same_form_sent_three_times_registers_once(
    villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    answers = {client.post("/petugas/usaha/baru/", form(villages))["Location"] for _time in range(3)}
    assert Business.objects.count() == 1
    assert len(answers) == 1


def test_asks_first_when_the_phone_is_known(villages: dict[str, Area], yanti: Person, client: Client) -> None:
    make_business("Rengginang Asih", villages["Daru"], phone="+6281299990001")
    client.force_login(yanti)
    response = client.post("/petugas/usaha/baru/", form(villages))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Apakah ini usaha yang sama?" in page
    assert "Rengginang Asih" in page
    assert 'value="Kerupuk Bu Rahma"' in page
    assert Business.objects.count() == 1
    response = client.post("/petugas/usaha/baru/", form(villages, bukan_sama="1"))
    assert response.status_code == 302
    assert Business.objects.count() == 2


@pytest.mark.parametrize("name", ["KERUPUK BU RAHMA", "Krupuk Bu Rahma", "Kerupuk Bu Rahmah"])
def test_asks_first_when_a_name_in_the_village_is_much_alike(
    villages: dict[str, Area], yanti: Person, name: str
) -> None:
    make_business("Kerupuk Bu Rahma", villages["Taban"])
    with pytest.raises(MaybeTheSame) as refusal:
        register_business(
            name=name,
            area=villages["Taban"],
            owner_name="Rahma",
            phone="",
            kind="makanan",
            products_text="",
            by=yanti,
            at=NOW,
        )
    assert [one.business.name for one in refusal.value.suspects] == ["Kerupuk Bu Rahma"]
    assert Business.objects.count() == 1


def test_the_same_name_in_another_village_is_another_business(
    villages: dict[str, Area], dedi: Person
) -> None:
    make_business("Warung Barokah", villages["Taban"])
    register_business(
        name="Warung Barokah",
        area=villages["Daru"],
        owner_name="Wati",
        phone="",
        kind="warung",
        products_text="",
        by=dedi,
        at=NOW,
    )
    assert Business.objects.count() == 2


def test_the_owner_registers_herself_and_may_act_for_it(
    villages: dict[str, Area], rahma: Person, client: Client
) -> None:
    client.force_login(rahma)
    assert 'value="Rahma"' in client.get("/saya/usaha/baru/").content.decode()
    response = client.post("/saya/usaha/baru/", form(villages))
    business = Business.objects.get()
    assert response["Location"] == f"/saya/usaha/{business.public_id}/"
    assert is_of_business(rahma, business)
    assert business.owners.get().person == rahma
    assert AuditEntry.objects.get(deed="register_business").for_name == ""


def test_a_stranger_who_tries_phones_learns_no_names(
    villages: dict[str, Area], ani: Person, client: Client
) -> None:
    make_business("Usaha Tersembunyi", villages["Taban"], phone="+6281299990001")
    client.force_login(ani)
    page = client.post("/saya/usaha/baru/", form(villages)).content.decode()
    assert "Usaha Tersembunyi" not in page
    assert "Apakah ini usaha yang sama?" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "🙂🙂"),
        ("owner_name", " "),
        ("phone", "12"),
        ("phone", "8.52348e+010"),
        ("area", "36.03.04.2005"),
        ("area", "99"),
        ("kind", "sihir"),
    ],
)
def test_bad_answers_change_nothing_and_keep_what_was_typed(
    villages: dict[str, Area], yanti: Person, client: Client, field: str, value: str
) -> None:
    client.force_login(yanti)
    response = client.post("/petugas/usaha/baru/", form(villages, **{field: value}))
    assert response.status_code == 422
    assert Business.objects.count() == 0
    assert 'value="kerupuk ikan"' in response.content.decode()


def test_names_that_look_like_code_are_only_names(
    villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    client.post("/petugas/usaha/baru/", form(villages, name="<script>alert(1)</script> 🙂"))
    business = Business.objects.get()
    page = client.get(f"/petugas/usaha/{business.public_id}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
