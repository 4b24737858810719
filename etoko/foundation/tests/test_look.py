import pytest
from django.contrib.auth import get_user_model
from django.template import engines
from django.test import Client, RequestFactory


def test_language_and_colours_are_kept_on_the_device(client: Client) -> None:
    answer = client.post("/tampilan/", {"bahasa": "en", "tema": "dark", "kembali": "/cari/?q=topi"})
    assert (answer.status_code, answer["Location"]) == (302, "/cari/?q=topi")
    assert client.cookies["bahasa"].value == "en"
    assert client.cookies["tema"].value == "dark"
    page = client.get("/tampilan/").content.decode()
    assert '<html lang="en"' in page
    assert 'data-theme="dark"' in page


def test_following_the_device_again_forgets_the_chosen_colours(client: Client) -> None:
    client.post("/tampilan/", {"bahasa": "id", "tema": "dark"})
    client.post("/tampilan/", {"bahasa": "id", "tema": ""})
    assert client.cookies["tema"].value == ""
    assert "data-theme" not in client.get("/tampilan/").content.decode()


@pytest.mark.parametrize(
    "away", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)", "/tampilan/"]
)
def test_never_leads_away_from_here(client: Client, away: str) -> None:
    assert client.post("/tampilan/", {"bahasa": "id", "kembali": away})["Location"] == "/"


def test_unknown_languages_and_colours_change_nothing(client: Client) -> None:
    client.post("/tampilan/", {"bahasa": "xx", "tema": "<script>"})
    assert "bahasa" not in client.cookies
    assert "tema" not in client.cookies


def test_an_invented_colour_cookie_does_not_reach_the_page(client: Client) -> None:
    client.cookies["tema"] = '"><script>'
    assert "data-theme" not in client.get("/tampilan/").content.decode()


def test_the_parts_are_shown_to_staff_only(client: Client, db: None) -> None:
    assert client.get("/gaya/").status_code == 404
    client.force_login(get_user_model().objects.create_superuser("+6281200000099", "Tim"))
    page = client.get("/gaya/")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert manifest["start_url"] == "/"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_pages_of_what_went_wrong_say_what_to_do_next(code: str) -> None:
    # Without a request, as Django draws them when everything else has failed.
    page = engines["rooms"].get_template(f"{code}.html").render()
    assert 'href="/"' in page
    assert "<h1>" in page


def test_a_wrong_address_gets_our_page(client: Client, db: None) -> None:
    answer = client.get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


def test_the_frame_tells_a_stranger_nothing_and_sets_no_cookie() -> None:
    words = '{% extends "foundation/base.html" %}{% block content %}isi{% endblock %}'
    request = RequestFactory().get("/")
    request.COOKIES["tk"] = "name%3DRahasia"
    page = engines["rooms"].from_string(words).render({}, request)
    assert "Rahasia" not in page
    assert "csrf" not in page.lower()
    assert "CSRF_COOKIE" not in request.META
