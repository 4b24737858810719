"""What the frame of a page shows of its reader stands in one readable cookie."""

from urllib.parse import parse_qs, unquote

from django.http import HttpResponse
from django.test import RequestFactory

from etoko.foundation.addresses import whole_address
from etoko.foundation.personal import show_personal


def read(response: HttpResponse) -> dict[str, list[str]]:
    return parse_qs(unquote(response.cookies["tk"].value))


def test_it_adds_to_what_stands_there() -> None:
    request = RequestFactory().get("/")
    first = HttpResponse()
    show_personal(request, first, name="Hj. Siti & Ani")
    request.COOKIES["tk"] = first.cookies["tk"].value
    second = HttpResponse()
    show_personal(request, second, cart=3)
    assert read(second) == {"cart": ["3"], "name": ["Hj. Siti & Ani"]}


def test_two_values_of_one_answer_stand_side_by_side() -> None:
    response = HttpResponse()
    show_personal(RequestFactory().get("/"), response, cart=3)
    show_personal(RequestFactory().get("/"), response, unread=2)
    assert read(response) == {"cart": ["3"], "unread": ["2"]}


def test_nothing_left_takes_the_cookie_away() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["tk"] = "cart%3D3"
    response = HttpResponse()
    show_personal(request, response, cart=0)
    assert response.cookies["tk"]["max-age"] == 0


def test_nothing_is_set_when_nothing_changed() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["tk"] = "cart%3D3"
    response = HttpResponse()
    show_personal(request, response, cart=3)
    assert "tk" not in response.cookies


def test_an_address_is_made_whole_from_the_settings(settings: object) -> None:
    settings.ADDRESS = "https://toko.example/"  # type: ignore[attr-defined]
    assert whole_address("/pesanan/") == "https://toko.example/pesanan/"
