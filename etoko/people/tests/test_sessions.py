"""Where a request comes from, and where it goes back to."""

import pytest
from django.test import Client, RequestFactory

from etoko.people.sessions import address_of


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        (0, "10.0.0.1", "6.6.6.6", "10.0.0.1"),
        (1, "10.0.0.1", "6.6.6.6, 114.4.4.4", "114.4.4.4"),
        (2, "10.0.0.1", "6.6.6.6, 114.4.4.4, 10.0.0.2", "114.4.4.4"),
        (2, "10.0.0.1", "6.6.6.6", "10.0.0.1"),
        (1, "10.0.0.1", "<script>", "<script>"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (0, "2001:db8:1:2:ffff::1", "", "2001:db8:1:2::"),
        (0, "", "", ""),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: object, proxies: int, peer: str, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == address


def test_a_form_whose_session_ran_out_comes_back_to_its_page(client: Client, db: None) -> None:
    answer = client.post("/petugas/kode/5/", HTTP_REFERER="http://testserver/petugas/kode/?q=a")
    assert answer["Location"] == "/masuk/?next=/petugas/kode/"


def test_nobody_comes_back_to_another_site(client: Client, db: None) -> None:
    answer = client.post("/petugas/kode/5/", HTTP_REFERER="https://jahat.example/petugas/kode/")
    assert answer["Location"] == "/masuk/?next=/saya/"


def test_a_page_is_found_again_with_its_question(client: Client, db: None) -> None:
    assert client.get("/petugas/jejak/?q=a")["Location"] == "/masuk/?next=/petugas/jejak/%3Fq%3Da"
