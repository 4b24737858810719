import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.operations.editing import section_now
from etoko.registry.sections import SECTIONS
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business(
        "Kerupuk Rahma", villages["Taban"], phone="+6281299990001", owned_by=rahma, verification="verified"
    )


IDENTITY = {"name": "Kerupuk Rahma", "legal_form": "individual", "status": "active", "profile": ""}
SIZE = {"turnover_band": "unknown", "capital_band": "unknown", "scale_reported": "unknown"}


def send(
    client: Client,
    business: Business,
    slug: str,
    facts: dict[str, Any],
    *,
    base: str = "petugas",
    **more: Any,
) -> Any:
    seen = more.pop("seen", None) or json.dumps(section_now(business, SECTIONS[slug]))
    return client.post(f"/{base}/usaha/{business.public_id}/ubah/{slug}/", {"seen": seen, **facts, **more})


def test_writes_the_facts_and_the_trace(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    response = send(client, kerupuk, "identitas", IDENTITY, name="Kerupuk Rahma Jaya", started_year="2019")
    assert response["Location"] == f"/petugas/usaha/{kerupuk.public_id}/#identitas"
    kerupuk.refresh_from_db()
    assert (kerupuk.name, kerupuk.search_name) == ("Kerupuk Rahma Jaya", "kerupukrahmajaya")
    assert (kerupuk.started_year, kerupuk.legal_form) == (2019, "individual")
    entry = AuditEntry.objects.get(deed="edit_identitas")
    assert entry.changes["name"] == ["Kerupuk Rahma", "Kerupuk Rahma Jaya"]
    assert entry.by_name == "Yanti"


def test_the_second_of_two_editors_is_shown_what_changed(
    kerupuk: Business, yanti: Person, dedi: Person, client: Client
) -> None:
    seen = json.dumps(section_now(kerupuk, SECTIONS["identitas"]))
    client.force_login(yanti)
    send(client, kerupuk, "identitas", IDENTITY, seen=seen, name="Kerupuk Bu Rahma")
    client.force_login(dedi)
    response = send(client, kerupuk, "identitas", IDENTITY, seen=seen, started_year="2015")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Baru saja diubah orang lain" in page
    kerupuk.refresh_from_db()
    assert (kerupuk.name, kerupuk.started_year) == ("Kerupuk Bu Rahma", None)
    # What he did not touch takes the new value, what he typed stays; sending that loses nothing.
    assert 'name="name" value="Kerupuk Bu Rahma"' in page
    assert 'name="started_year" value="2015"' in page
    send(client, kerupuk, "identitas", IDENTITY, name="Kerupuk Bu Rahma", started_year="2015")
    kerupuk.refresh_from_db()
    assert (kerupuk.name, kerupuk.started_year) == ("Kerupuk Bu Rahma", 2015)


@pytest.mark.parametrize("seen", ["", "{}", "[]", "no json"])
def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(
    kerupuk: Business, yanti: Person, client: Client, seen: str
) -> None:
    client.force_login(yanti)
    address = f"/petugas/usaha/{kerupuk.public_id}/ubah/identitas/"
    assert client.post(address, {**IDENTITY, "name": "Lain", "seen": seen}).status_code == 409
    kerupuk.refresh_from_db()
    assert kerupuk.name == "Kerupuk Rahma"


def test_what_the_owner_changes_is_looked_at_again(kerupuk: Business, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    send(client, kerupuk, "identitas", IDENTITY, base="saya", name="Kerupuk Rahma Baru")
    kerupuk.refresh_from_db()
    assert (kerupuk.name, kerupuk.verification) == ("Kerupuk Rahma Baru", "draft")


def test_what_the_owner_says_of_her_size_needs_no_new_look(
    kerupuk: Business, rahma: Person, client: Client
) -> None:
    client.force_login(rahma)
    send(client, kerupuk, "skala", SIZE, base="saya", workers="3")
    kerupuk.refresh_from_db()
    assert (kerupuk.workers, kerupuk.verification) == (3, "verified")


def test_a_kader_who_corrects_leaves_it_verified(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    send(client, kerupuk, "identitas", IDENTITY, name="Kerupuk Rahma Asli")
    kerupuk.refresh_from_db()
    assert kerupuk.verification == "verified"


def test_a_kader_who_helps_the_owner_is_named_beside_her(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    send(client, kerupuk, "skala", SIZE, base="saya", workers="2")
    entry = AuditEntry.objects.get(deed="edit_skala")
    assert (entry.by_name, entry.for_name) == ("Yanti", "Kerupuk Rahma")


def test_computes_the_class_and_keeps_the_reported_one(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    send(client, kerupuk, "skala", SIZE, scale_reported="micro", capital_rp="2.500.000.000", workers="")
    kerupuk.refresh_from_db()
    assert (kerupuk.scale_reported, kerupuk.scale_computed) == ("micro", "small")
    assert (kerupuk.capital_rp, kerupuk.capital_band, kerupuk.workers) == (2_500_000_000, "to_5m", None)


def test_a_code_belongs_to_its_edition(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    facts = {"kind": "batik", "products_text": "batik tulis", "opening_hours": ""}
    assert send(client, kerupuk, "produk", facts, kbli="2025:13134").status_code == 422
    kerupuk.refresh_from_db()
    assert (kerupuk.kbli_code, kerupuk.kind) == ("", "unknown")
    send(client, kerupuk, "produk", facts, kbli="2020:13134")
    kerupuk.refresh_from_db()
    assert (kerupuk.kbli_edition, kerupuk.kbli_code, kerupuk.kind) == (2020, "13134", "batik")


def test_looking_for_a_code_writes_nothing_and_keeps_the_form(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    response = send(
        client,
        kerupuk,
        "produk",
        {"kind": "makanan", "products_text": "emping pedas", "opening_hours": ""},
        cari="1",
        kbli_cari="bikin kerupuk",
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="2020:10794"' in page
    assert 'value="emping pedas"' in page
    kerupuk.refresh_from_db()
    assert kerupuk.products_text == ""


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("identitas", IDENTITY | {"name": ""}),
        ("identitas", IDENTITY | {"name": "x" * 300}),
        ("identitas", IDENTITY | {"started_year": "2999"}),
        ("identitas", IDENTITY | {"legal_form": "kerajaan"}),
        ("skala", SIZE | {"turnover_rp": "-1"}),
        ("skala", SIZE | {"turnover_rp": "1e99"}),
        ("skala", SIZE | {"capital_rp": "Rp1.000,50"}),
        ("skala", SIZE | {"workers": "banyak"}),
        ("alamat", {"area": "36.03.04.2004", "latitude": "-6,3", "longitude": ""}),
        ("alamat", {"area": "36.03.04.2004", "latitude": "51.5", "longitude": "0.1"}),
        ("alamat", {"area": "36.03.04.2004", "latitude": "NaN", "longitude": "106"}),
        ("alamat", {"area": "36.03.04.2004", "rt": "1234"}),
        ("alamat", {"area": "36.03.04.2001"}),
        ("kontak", {"owner_1_name": "", "owner_1_gender": "unknown", "owner_2_gender": "unknown"}),
        ("kontak", {"owner_1_name": "Rahma", "owner_1_gender": "female", "phone_1": "abc"}),
    ],
)
def test_bad_answers_are_refused_and_nothing_changes(
    kerupuk: Business, yanti: Person, client: Client, slug: str, facts: dict[str, str]
) -> None:
    client.force_login(yanti)
    before = section_now(kerupuk, SECTIONS[slug])
    assert send(client, kerupuk, slug, facts).status_code == 422
    kerupuk.refresh_from_db()
    assert section_now(kerupuk, SECTIONS[slug]) == before
    assert not AuditEntry.objects.filter(deed=f"edit_{slug}").exists()


def test_the_place_is_read_in_the_spellings_of_people(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    facts = {"area": "36.03.04.2004", "street": "Kp. Cikuya", "rt": "RT. 3", "rw": "02", "landmark": ""}
    send(client, kerupuk, "alamat", facts, latitude="-6,3012", longitude="106.5")
    kerupuk.refresh_from_db()
    assert (kerupuk.rt, kerupuk.rw) == ("003", "002")
    assert (kerupuk.latitude, kerupuk.longitude) == (Decimal("-6.301200"), Decimal("106.500000"))


def test_owners_and_phones_are_added_and_taken_away(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    send(
        client,
        kerupuk,
        "kontak",
        {
            "owner_1_name": "Hj. Rahma",
            "owner_1_gender": "female",
            "owner_2_name": "Ujang",
            "owner_2_gender": "male",
            "phone_1": "62812 9999 0002",
            "note_1": "anaknya",
            "phone_2": "0812-9999-0002",
        },
    )
    owners = list(kerupuk.owners.order_by("pk").values_list("name", "search_name", "gender"))
    assert owners == [("Hj. Rahma", "rahma", "female"), ("Ujang", "ujang", "male")]
    assert list(kerupuk.phones.values_list("phone", "note")) == [("+6281299990002", "anaknya")]


def test_an_owner_with_an_account_is_not_struck_off(
    kerupuk: Business, villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    facts = {
        "owner_1_name": "Rahma",
        "owner_1_gender": "female",
        "owner_2_name": "Ujang",
        "owner_2_gender": "male",
    }
    send(client, kerupuk, "kontak", facts)
    # Her row is emptied; the second stays.
    kerupuk.owners.filter(name="Ujang").update(person=yanti)
    response = send(client, kerupuk, "kontak", facts, owner_2_name="", owner_3_gender="unknown")
    assert response.status_code == 422
    assert sorted(kerupuk.owners.values_list("name", flat=True)) == ["Rahma", "Ujang"]


def test_the_history_tells_it_in_words(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    send(client, kerupuk, "alamat", {"area": "36.03.04.2004", "landmark": "sebelah masjid"})
    page = client.get(f"/petugas/usaha/{kerupuk.public_id}/riwayat/").content.decode()
    assert "Mengubah alamat atau letak" in page
    assert "sebelah masjid" in page
    assert "tidak diketahui" in page


def test_what_is_not_known_is_said(villages: dict[str, Area], yanti: Person, client: Client) -> None:
    bare = make_business("Warung Sepi", villages["Taban"])
    client.force_login(yanti)
    page = client.get(f"/petugas/usaha/{bare.public_id}/").content.decode()
    assert page.count("Tidak diketahui") >= 15
