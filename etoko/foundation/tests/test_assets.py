import gzip

import brotli
import pytest
from django.templatetags.static import static
from django.test import Client

from etoko.foundation.assets import FOR_AN_HOUR, FOR_EVER, UnknownAsset
from etoko.foundation.stylesheet import SHEET

PATH = "/static/etoko/etoko.css"


def test_an_address_with_its_fingerprint_is_kept_for_ever(client: Client) -> None:
    address = static("etoko/etoko.css")
    assert address.startswith(f"{PATH}?v=")
    answer = client.get(address)
    assert answer.content == SHEET.read_bytes()
    assert answer["Cache-Control"] == FOR_EVER
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert not answer.cookies


@pytest.mark.parametrize("address", [PATH, f"{PATH}?v=0000"])
def test_an_address_without_the_right_fingerprint_is_not(client: Client, address: str) -> None:
    assert client.get(address)["Cache-Control"] == FOR_AN_HOUR


def test_gives_it_packed_to_those_who_can_unpack_it(client: Client) -> None:
    best = client.get(PATH, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert best["Content-Encoding"] == "br"
    assert brotli.decompress(best.content) == SHEET.read_bytes()
    old = client.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(old.content) == SHEET.read_bytes()
    assert "Accept-Encoding" in old["Vary"]


def test_says_unchanged_to_those_who_have_it(client: Client) -> None:
    etag = client.get(PATH)["ETag"]
    again = client.get(PATH, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["nothing.css", "../settings.py", "..%2f..%2fmanage.py", "etoko/", "", "%00"]
)
def test_gives_out_nothing_else(client: Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_page_that_names_a_missing_file_fails_at_once() -> None:
    with pytest.raises(UnknownAsset):
        static("etoko/missing.css")
