"""Nobody sees a phone, a NIK or a turnover that she may not: every address × everybody, downloads included.

The town (`town.py`) holds facts that stand nowhere else. Everybody asks every address that the resolver
knows, and what comes back is searched for them: pages, JSON, spreadsheets, and what is handed to the printer
of PDFs. The table below says who may come across which fact, anywhere; it is written from `docs/privacy.md`
and the roles of the paper, not from the code. A new address is asked without being named here; one with a new
kind of argument fails until `addresses.py` has it.
"""

from __future__ import annotations

import functools
import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import pytest
import typst
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, reverse
from django.utils import timezone

from etoko.census import printing
from etoko.ordering.models import Order
from etoko.ordering.states import COMPLETED
from etoko.people import access
from etoko.privacy.operations.withdrawing import withdraw_everything
from etoko.registry.models import PublicConsent
from etoko.registry.operations.consenting import set_consents
from etoko.registry.sidt_form import sidt_rows
from etoko.registry.views import exporting
from tests.cast import NOW
from tests.house.addresses import HOLDER, SENT, VIEWS, arguments
from tests.house.spellings import FINDERS, SIGNS
from tests.house.town import Town, build_town

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HERS = {"rahma", "sari"}  # owner and staff of the business
HELPERS = {"yanti", "usman", "dedi", "camelia", "admin"}
"""Who may do a seller's steps for her in Taban."""
READERS = HELPERS | {"regina"}
"""Who may read whole records of Taban."""
DETAILS = {"yanti", "usman", "dedi", "admin"}
BOOKS = {"sari", "yanti", "dedi", "camelia", "admin"}
"""Who keeps the books of the group: its chair, and who looks after groups."""
NOBODY: set[str] = set()
WHO = ["a visitor", "siti", "herman", *sorted(HERS | READERS)]

MAY_SEE: Mapping[str, set[str]] = {
    "her NIK": NOBODY,
    "phone in the register": HERS | READERS,
    "former phone in the register": HERS | READERS,
    "phone of her account": {"rahma"} | HELPERS,
    "turnover": HERS | READERS,
    "former turnover": HERS | READERS,
    "capital": HERS | READERS,
    "assets": HERS | READERS,
    "street of the business": HERS | READERS,
    "landmark of the business": HERS | READERS,
    "point on the map": HERS | READERS,
    "owner's name": HERS | READERS,
    "birth": {"rahma"} | DETAILS,
    "home": {"rahma"} | DETAILS,
    "number of a licence": HERS | READERS,
    "what she needs": HERS | READERS,
    "NIK in an imported list": NOBODY,
    "phone in an imported list": READERS,
    "turnover in an imported list": READERS,
    "buyer's phone": {"siti"} | HERS | HELPERS,
    "buyer's street": {"siti"} | HERS | HELPERS,
    "sum of an order": {"siti"} | HERS | HELPERS,
    "complaint": {"siti"} | HERS | HELPERS,
    "another buyer's phone": NOBODY,  # at another shop: no address asked here is of that order
    "phone of a warung": HERS | HELPERS,
    "phone of a group's member": BOOKS,
    "savings of a member": BOOKS,
    "minutes of a group": BOOKS | {"usman", "regina"},
    "reason of a report": {"sari", "yanti", "dedi", "camelia", "admin"},
    "breach": {"dedi", "admin"},
    "declared interest": {"siti", "dedi", "camelia", "regina", "admin"},
}


@pytest.fixture(scope="module")
def town(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """Built once; nothing of it is left afterwards."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(timezone, "now", lambda: NOW)
        # What would be printed is read as it is handed over: nothing else can stand on the paper.
        patch.setattr(typst, "compile", lambda *_args, sys_inputs, **_more: sys_inputs["facts"].encode())
        patch.setattr(printing, "new_number", lambda: "F00000000")  # numbers drawn by lot look like anything
        yield build_town(tmp_path_factory.mktemp("town"))
        transaction.set_rollback(True)


# ------------------------------------------------------------------------------------------ asking


POSTED = set[str]()
"""Views that answer to a form alone."""


def ask(town: Town, who: str, only: str = "") -> Iterator[tuple[str, str]]:
    """Every address and what it answers to this one, as text; or `only` those of one view.

    Each view is called with all its gates, but without the middlewares: nine requests of ten end with "not
    found", and these would be most of the time.
    """
    for view, (pattern, wanted) in VIEWS.items():
        if only and view != only:
            continue
        for filling in arguments(town, view, wanted):
            for name in ("secret", "token"):
                if name in filling and who != HOLDER.get(view, HOLDER[name]):
                    filling[name] = filling[name][:-1] + ("x" if filling[name][-1] != "x" else "y")
            address = reverse(view, kwargs=filling)
            answer = call(pattern, _requests.get(address), town, who, filling) if view not in POSTED else None
            if answer is None or answer.status_code == 405:
                POSTED.add(view)
                with transaction.atomic():  # what a deed changed is taken back at once
                    answer = call(pattern, _requests.post(address, SENT.get(view, {})), town, who, filling)
                    transaction.set_rollback(True)
            yield address, text_of(answer)


_requests = RequestFactory()


def call(
    pattern: URLPattern, request: HttpRequest, town: Town, who: str, filling: dict[str, Any]
) -> HttpResponse:
    request.user = town.people.get(who, AnonymousUser())
    request.session = SessionStore()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    try:
        answer: HttpResponse = pattern.callback(request, **filling, **pattern.default_args)
    except (Http404, PermissionDenied, BadRequest):
        answer = HttpResponse(status=404)
    return answer


def text_of(answer: Any) -> str:
    body: bytes = answer.getvalue()
    kind = answer.headers.get("Content-Type", "")
    told = [unquote(answer.headers.get("Location", ""))]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parcel:
            told += [_plain(parcel.read(name)) for name in parcel.namelist()]
    elif not kind.startswith("image/") or "svg" in kind:
        told.append(_plain(body))
    return "\n".join(told)


def _plain(body: bytes) -> str:
    text = body.decode("utf-8", errors="replace")
    if "\\u" in text:  # JSON that writes its signs as numbers
        text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return html.unescape(unquote(text))


# ----------------------------------------------------------------------------------------- finding


def seen_by(town: Town, who: str, only: str = "") -> dict[str, str]:
    """Which facts this one came across, and where first."""
    found: dict[str, str] = {}
    known = set[int]()
    for address, text in ask(town, who, only):
        if (mark := hash(text)) in known:
            continue
        known.add(mark)
        digits = SIGNS.sub("", text)
        for name, holds in FINDERS.items():
            if name not in found and holds(text, digits):
                found[name] = address
    return found


@pytest.mark.parametrize("who", WHO)
def test_everybody_comes_across_what_the_table_says_and_nothing_else(who: str, town: Town) -> None:
    found = seen_by(town, who)
    allowed = {name for name, people in MAY_SEE.items() if who in people}
    assert {name: where for name, where in found.items() if name not in allowed} == {}
    # Where those who may see it never meet it, the search would be blind to it.
    assert allowed - set(found) == set()


def test_a_mask_that_falls_off_is_noticed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search finds what it is to find: in a spreadsheet, on a page, in what is read by machines."""
    assert "her NIK" not in seen_by(town, "dedi", "registry:export_sidt_xlsx")
    monkeypatch.setattr(exporting, "sidt_rows", functools.partial(sidt_rows, with_nik=True))
    assert "her NIK" in seen_by(town, "dedi", "registry:export_sidt_xlsx")

    assert seen_by(town, "herman", "registry:record") == {}
    monkeypatch.setattr(access, "covers", lambda _outer, _inner: True)
    assert set(seen_by(town, "herman", "registry:record")) >= {"phone in the register", "turnover"}

    assert seen_by(town, "a visitor", "registry:geojson") == {}
    town.facts["business"].consents.create(what="location", given_at=NOW, how="self")
    assert set(seen_by(town, "a visitor", "registry:geojson")) == {"point on the map"}
    town.facts["business"].consents.filter(what="location").delete()


def test_who_withdraws_is_found_at_no_address_any_more(town: Town) -> None:
    """All that the resolver knows, asked by a visitor: pages, map, feeds, files, API, sitemap, embedding."""
    hers = ("Kerupuk Intan", "kerupuk-intan", "Kerupuk Kulit", "81355577099")

    def tells_of_her() -> dict[str, str]:
        asked = ask(town, "a visitor")
        return {address: text for address, text in asked if any(word in text for word in hers)}

    with transaction.atomic():
        business, rahma = town.facts["business"], town.people["rahma"]
        everything = [what for what, _word in PublicConsent.WHAT]
        set_consents(business=business, shown=everything, how="self", by=rahma, at=NOW)
        before = tells_of_her()
        code, own = business.area_id, town.facts["product"]
        assert set(before) >= {
            *("/", "/cari/", "/usaha/", f"/usaha/{business.public_id}/", "/usaha/peta.geojson"),
            *("/toko/kerupuk-intan/", f"/produk/{own.public_id}/{own.slug}/"),
            *("/umpan/produk.json", "/umpan/usaha.json", f"/sematan/{code}/", "/sitemap-1.xml"),
            *(f"/data/{table}/{code}.{form}" for table in ("usaha", "produk") for form in ("csv", "zip")),
            *("/api/v1/usaha", "/api/v1/produk", "/api/v1/toko"),
        }
        orders = Order.objects.filter(shop=town.facts["shop"])
        kept = orders.update(state=COMPLETED)  # what runs is for two, and is finished first
        withdraw_everything(person=rahma, at=NOW)
        assert set(tells_of_her()) == set()
        assert orders.count() == kept > 0
        transaction.set_rollback(True)
