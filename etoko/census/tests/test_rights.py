"""Every address of the census × every member of the cast, and of all that was refused nothing happened."""

import json
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conftest import Clock
from etoko.census.models import Sheet, SheetPhoto
from etoko.census.tests.phones import Phone, photo
from etoko.census.urls import urlpatterns
from etoko.census.views.app import app_version
from etoko.people.models import Person
from etoko.registry.models import Business

pytestmark = pytest.mark.django_db

LOGIN, SAYS_LOGIN, OK, LOST, WRONG_METHOD = "login", 401, 200, 404, 405
FIELD = (LOGIN, LOST, LOST, LOST, OK, OK, LOST)

# Who: visitor, rahma, herman, siti, yanti (kader of Taban, where the business is), dedi (officer of the
# sub-district), bu_camat (who may look only).
READ = {
    "app": FIELD,
    "service_worker": (OK,) * 7,
    "manifest": (OK,) * 7,
    "codes": (OK,) * 7,
    "app_file": (OK,) * 7,
    "take_list": (SAYS_LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "send_sheet": (WRONG_METHOD,) * 7,
    "send_photo": (WRONG_METHOD,) * 7,
    "receipts": FIELD,
    "visits": (LOGIN, LOST, LOST, LOST, OK, OK, OK),
    "photo": (LOGIN, LOST, LOST, LOST, OK, OK, OK),
    "papers": FIELD,
    "blank": FIELD,
    "filled": (LOGIN, *(WRONG_METHOD,) * 6),
    "typing": FIELD,
    "new_typing": FIELD,
    "type": FIELD,
}
WRITE = {
    "send_sheet": (SAYS_LOGIN, LOST, LOST, LOST, 401, 401, LOST),
    "send_photo": (SAYS_LOGIN, LOST, LOST, LOST, OK, LOST, LOST),
    "filled": FIELD,
    "new_typing": (LOGIN, LOST, LOST, LOST, 422, 422, LOST),
    "type": (LOGIN, LOST, LOST, LOST, 422, 422, LOST),
}
PEOPLE = "rahma herman siti yanti dedi bu_camat".split()


@pytest.fixture
def sheet(yanti: Person, clock: Clock) -> Sheet:
    phone = Phone(yanti)
    sent = phone.sheet("", [photo(1)])
    phone.send(sent)
    phone.send_photo(sent, photo(1))
    return Sheet.objects.get()


def address(name: str, sheet: Sheet) -> str:
    kept = sheet.photos.get()
    arguments: dict[str, list[Any]] = {
        "app_file": [app_version(), "app.js"],
        "send_photo": [sheet.key, kept.sha256],
        "visits": [sheet.business.public_id],
        "photo": [kept.pk],
        "type": [sheet.business.public_id],
    }
    return reverse(f"census:{name}", args=arguments.get(name))


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_sees_and_does_what_the_table_says(
    method: str, sheet: Sheet, request: pytest.FixtureRequest
) -> None:
    wrong = []
    for name, expected in (READ if method == "get" else WRITE).items():
        for who, answer in zip(["", *PEOPLE], expected, strict=True):
            client = Client()
            if who:
                client.force_login(request.getfixturevalue(who))
            data = {"desa": "36.03.04.2004"} if name == "filled" else json.dumps({"values": {}})
            post: Any = (
                client.post if name == "filled" else partial(client.post, content_type="application/json")
            )
            path = address(name, sheet)
            response = client.get(path) if method == "get" else post(path, data)
            is_login = response.status_code == 302 and response["Location"].startswith("/masuk/")
            got = LOGIN if is_login else response.status_code
            if got != answer:
                wrong.append(f"{method} {name} by {who or 'a visitor'}: {got}, not {answer}")
    assert not wrong, "\n".join(wrong)
    assert (Business.objects.count(), Sheet.objects.count(), SheetPhoto.objects.count()) == (1, 1, 1)


def test_no_address_is_missing_from_the_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(READ)  # type: ignore[union-attr]
