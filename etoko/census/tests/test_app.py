"""The app as it comes to the phone: small, whole, and without anything personal."""

import json
import re

import brotli
import pytest
from django.test import Client

from etoko.census.views.app import FILES
from etoko.foundation.assets import find_asset
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db

MOST_BYTES = 150_000


@pytest.fixture
def kader(yanti: Person) -> Client:
    client = Client()
    client.force_login(yanti)
    return client


def kept_by(client: Client) -> dict[str, list[str]]:
    text = client.get("/pendataan/sw.js").content.decode()
    told: dict[str, list[str]] = json.loads(text[len("const KEPT = ") : text.index(";\n")])
    return told


def test_the_first_load_stays_within_its_budget(kader: Client) -> None:
    sizes = {"/pendataan/": len(brotli.compress(kader.get("/pendataan/").content))}
    for address in kept_by(kader)["files"]:
        answer = kader.get(address)
        assert answer.status_code == 200, address
        sizes[address] = len(brotli.compress(answer.content))
    sizes["the list"] = len(brotli.compress(kader.get("/pendataan/api/daftar/").content))
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_all_that_the_frame_needs_is_kept(kader: Client) -> None:
    kept = set(kept_by(kader)["files"])
    frame = kader.get("/pendataan/").content.decode()
    needed = set(
        re.findall(r'<(?:link rel="(?:stylesheet|icon|manifest)"|script)[^>]*(?:href|src)="([^"]+)"', frame)
    )
    assert needed <= kept
    for name in FILES:
        asset = find_asset(f"census/{name}")
        assert asset is not None
        for other in re.findall(r'from "\./([\w.]+)"', asset.content.decode()):
            assert other in FILES, f"{name} imports {other}"


def test_the_frame_is_the_same_for_everybody(kader: Client, dedi: Person, villages: dict[str, Area]) -> None:
    make_business("Kerupuk Bu Rahma", villages["Taban"])
    other = Client()
    other.force_login(dedi)
    assert kader.get("/pendataan/").content == other.get("/pendataan/").content
    assert kept_by(kader) == kept_by(Client())


def test_scripts_say_nothing_that_is_not_translated() -> None:
    """Words stand in the frame, where the catalogue reaches them."""
    for name in FILES:
        asset = find_asset(f"census/{name}")
        assert asset is not None
        texts = re.findall(r'"[A-Z][a-z]+ [a-z][^"]*"', asset.content.decode())
        assert not texts, f"{name}: {texts}"


def test_every_word_that_the_scripts_ask_for_is_there(kader: Client) -> None:
    frame = kader.get("/pendataan/").content.decode()
    words = json.loads(frame.split('id="words">')[1].split("</script>")[0])
    for name in FILES:
        asset = find_asset(f"census/{name}")
        assert asset is not None
        asked = set(re.findall(r"\bwords\.(\w+)", asset.content.decode()))
        assert asked <= set(words), f"{name}: {asked - set(words)}"


def test_a_file_of_another_version_is_not_given_out(kader: Client) -> None:
    assert kader.get("/pendataan/aplikasi/0000000000000000/app.js").status_code == 404


def test_codes_are_found_by_everyday_words(kader: Client) -> None:
    told = kader.get("/pendataan/kbli.json").json()
    assert told["words"]["bikin kripik"][0] == "2020:10794"
    assert told["titles"]["2020:10794"].startswith("Industri Kerupuk")
