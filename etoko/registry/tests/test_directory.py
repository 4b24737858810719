import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import PublicConsent
from etoko.registry.operations.consenting import set_consents
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.queries.directory import directory
from etoko.registry.search import fold_word
from etoko.registry.tests.businesses import EVERYTHING, make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db
MaxQueries = Callable[[int], AbstractContextManager[Any]]
LISTING = PublicConsent.LISTING


def names(**wanted: Any) -> list[str]:
    return [row.name for row in directory(**wanted).rows]


def test_lists_only_those_whose_owners_agreed(villages: dict[str, Area], client: Client) -> None:
    make_business("Kerupuk Rahma", villages["Taban"], shown=[LISTING])
    make_business("Tempe Diam", villages["Taban"])
    make_business("Emping Tutup", villages["Taban"], shown=[LISTING], status="closed")
    page = client.get("/usaha/").content.decode()
    assert "Kerupuk Rahma" in page
    assert "Tempe Diam" not in page
    assert "Emping Tutup" not in page


def test_a_business_that_is_not_listed_is_not_found(villages: dict[str, Area], client: Client) -> None:
    hidden = make_business("Tempe Diam", villages["Taban"], shown=[PublicConsent.PHONE])
    assert client.get(f"/usaha/{hidden.public_id}/").status_code == 404


def test_shows_each_thing_only_with_its_own_consent(villages: dict[str, Area], client: Client) -> None:
    business = make_business(
        "Kerupuk Asih",
        villages["Taban"],
        owner="Sulastri",
        phone="+6281299998888",
        street="Kp. Cikuya No. 5",
        latitude="-6.301234",
        longitude="106.512345",
        shown=[LISTING],
    )
    secrets = {
        PublicConsent.OWNER_NAME: "Sulastri",
        PublicConsent.PHONE: "0812-9999-8888",
        PublicConsent.ADDRESS: "Kp. Cikuya No. 5",
        PublicConsent.LOCATION: "106.512345",
    }
    page = client.get(f"/usaha/{business.public_id}/").content.decode()
    assert not [text for text in (*secrets.values(), "+6281299998888", "6281299998888") if text in page]
    for what, text in secrets.items():
        PublicConsent.objects.create(business=business, what=what, given_at=NOW)
        page = client.get(f"/usaha/{business.public_id}/").content.decode()
        assert text in page
        PublicConsent.objects.filter(business=business, what=what).delete()


def test_what_machines_read_holds_no_more_than_the_page(villages: dict[str, Area], client: Client) -> None:
    business = make_business(
        "Kerupuk </script><b>Asih", villages["Taban"], phone="+6281299998888", shown=[LISTING]
    )
    page = client.get(f"/usaha/{business.public_id}/").content.decode()
    assert "</script><b>" not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    facts = json.loads(found[1])
    assert facts["@type"] == "LocalBusiness"
    assert facts["name"] == "Kerupuk </script><b>Asih"
    assert "telephone" not in facts
    assert "geo" not in facts


def test_a_withdrawn_consent_hides_at_once(villages: dict[str, Area], rahma: Person, client: Client) -> None:
    business = make_business("Kerupuk Rahma", villages["Taban"], shown=EVERYTHING)
    assert names(typed="rahma") == ["Kerupuk Rahma"]
    set_consents(business=business, shown=[], how="self", by=rahma, at=NOW)
    assert client.get(f"/usaha/{business.public_id}/").status_code == 404
    assert names(typed="kerupuk") == []


def test_an_owner_who_is_not_named_is_not_found_by_her_name(villages: dict[str, Area]) -> None:
    make_business("Kerupuk Maju", villages["Taban"], owner="Sulastri", shown=[LISTING])
    make_business("Tempe Jaya", villages["Daru"], owner="Sulastri", shown=[LISTING, PublicConsent.OWNER_NAME])
    assert names(typed="sulastri") == ["Tempe Jaya"]


@pytest.mark.parametrize(
    "typed", ["kerupuk", "krupuk", "KERUPUKK", "kerup", "ikan", "kerupuk taban", "makanan", "kerupok"]
)
def test_finds_by_name_product_kind_and_village_in_any_spelling(
    villages: dict[str, Area], typed: str
) -> None:
    make_business(
        "Kerupuk Rahma", villages["Taban"], shown=[LISTING], kind="makanan", products_text="kerupuk ikan"
    )
    make_business("Bengkel Jaya", villages["Daru"], shown=[LISTING], kind="bengkel")
    assert names(typed=typed) == ["Kerupuk Rahma"]


def test_says_what_it_sought_instead(villages: dict[str, Area]) -> None:
    make_business("Kerupuk Rahma", villages["Taban"], shown=[LISTING])
    found = directory(typed="kerapuk")
    assert [row.name for row in found.rows] == ["Kerupuk Rahma"]
    assert found.corrected == "kerupuk"
    assert directory(typed="xyzzyplugh").corrected == ""


def test_those_named_so_come_before_those_that_only_make_it(villages: dict[str, Area]) -> None:
    make_business("Aneka Asih", villages["Taban"], shown=[LISTING], products_text="tempe, tahu")
    make_business("Tempe Zul", villages["Taban"], shown=[LISTING])
    assert names(typed="tempe") == ["Tempe Zul", "Aneka Asih"]


def test_keeps_to_the_village_and_the_kind(villages: dict[str, Area]) -> None:
    make_business("A", villages["Taban"], shown=[LISTING], kind="makanan")
    make_business("B", villages["Daru"], shown=[LISTING], kind="makanan")
    make_business("C", villages["Taban"], shown=[LISTING], kind="bengkel")
    assert names(village="36.03.04.2004") == ["A", "C"]
    assert names(village="36.03.04") == ["A", "B", "C"]
    assert names(kind="makanan") == ["A", "B"]
    assert names(village="36.03.04.2004", kind="bengkel") == ["C"]


def test_costs_eight_queries_at_most_however_many_there_are(
    villages: dict[str, Area], client: Client, max_queries: MaxQueries
) -> None:
    for number in range(30):
        make_business(f"Kerupuk {number}", villages["Taban"], shown=[LISTING], products_text="kerupuk ikan")
    for address in ("/usaha/", "/usaha/?q=kerupuk&hal=2", "/usaha/?q=kerapuk", "/usaha/peta/"):
        with max_queries(8):
            response = client.get(address)
        assert response.status_code == 200
        assert len(response.content) < 60_000


def test_the_page_of_a_business_costs_eight_queries_at_most(
    villages: dict[str, Area], client: Client, max_queries: MaxQueries
) -> None:
    business = make_business(
        "Kerupuk Rahma",
        villages["Taban"],
        shown=EVERYTHING,
        phone="+6281299998888",
        latitude="-6.3",
        longitude="106.5",
    )
    with max_queries(8):
        assert client.get(f"/usaha/{business.public_id}/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/usaha/?hal=0",
        "/usaha/?hal=999999",
        "/usaha/?hal=abc",
        "/usaha/?desa=%27%22%3Cscript%3E",
        "/usaha/?jenis=tidakada",
        "/usaha/?q=" + "a" * 500,
        "/usaha/?q=%00",
        "/usaha/?q=%F0%9F%99%82",
        "/usaha/peta/?desa=x",
        "/usaha/peta.geojson?jenis=%27",
    ],
)
def test_strange_questions_are_answered_calmly(
    villages: dict[str, Area], client: Client, address: str
) -> None:
    assert client.get(address).status_code == 200


def test_the_feed_holds_only_those_who_show_their_place(villages: dict[str, Area], client: Client) -> None:
    facts: dict[str, Any] = {"latitude": "-6.3", "longitude": "106.5"}
    make_business("Tampak", villages["Taban"], shown=[LISTING, PublicConsent.LOCATION], **facts)
    make_business("Tak Tampak", villages["Taban"], shown=[LISTING], **facts)
    make_business("Tak Terdaftar", villages["Taban"], shown=[PublicConsent.LOCATION], **facts)
    response = client.get("/usaha/peta.geojson")
    features = response.json()["features"]
    assert [one["properties"]["nama"] for one in features] == ["Tampak"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [106.5, -6.3]}
    assert response["Content-Type"] == "application/geo+json"


def test_the_map_is_drawn_without_script_and_asks_no_stranger(
    villages: dict[str, Area], client: Client
) -> None:
    make_business("Tampak", villages["Taban"], shown=EVERYTHING, latitude="-6.3", longitude="106.5")
    response = client.get("/usaha/peta/")
    page = response.content.decode()
    assert '<svg class="spot-map"' in page
    assert "<title>Tampak</title>" in page
    assert "https://" not in response["Content-Security-Policy"].replace("https://wa.me", "")


def test_a_ground_that_the_office_has_chosen_may_be_loaded(
    villages: dict[str, Area], client: Client, settings: Any
) -> None:
    settings.TILES, settings.TILES_HOST = "https://peta.example/{z}/{x}/{y}.png", "https://peta.example"
    make_business("Tampak", villages["Taban"], shown=EVERYTHING, latitude="-6.3", longitude="106.5")
    response = client.get("/usaha/peta/")
    assert "https://peta.example" in response["Content-Security-Policy"]
    assert 'data-tiles="https://peta.example/{z}/{x}/{y}.png"' in response.content.decode()
    assert "peta.example" not in client.get("/usaha/")["Content-Security-Policy"]


def test_words_follow_a_new_name(villages: dict[str, Area]) -> None:
    business = make_business("Kerupuk Rahma", villages["Taban"], shown=[LISTING])
    business.name = "Rengginang Rahma"
    business.save()
    refresh_directory(business_ids=[business.pk])
    assert names(typed="rengginang") == ["Rengginang Rahma"]
    assert names(typed="kerupuk") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("krupuk", "kerupuk"),
        ("kripik", "keripik"),
        ("tjobek", "cobek"),
        ("krupukk", "kerupuk"),
        ("ijin", "izin"),
    ],
)
def test_spellings_that_sound_alike_are_one_word(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


def test_many_dots_become_one_bubble_a_village(
    villages: dict[str, Area], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etoko.registry.queries.directory.MOST_DRAWN", 2)
    for number in range(3):
        make_business(
            f"Kerupuk {number}", villages["Taban"], shown=EVERYTHING, latitude="-6.3", longitude="106.5"
        )
    page = client.get("/usaha/peta/").content.decode()
    assert "<title>Taban: 3 usaha</title>" in page
    assert "Kerupuk 1" not in page
    assert "3 usaha menunjukkan letaknya." in page
