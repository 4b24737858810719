"""Every page that somebody comes to by links: readable in light and dark, never too wide, without errors.

The people of the sample data walk from their first pages by the links they find, on a phone. Each kind of
page is looked at once, by the first who comes to it: a new page that is linked and shown in the sample data
is looked at without being named here.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import expect

from etoko.demo import goods
from etoko.people.models import Person
from tests.journeys.test_parts import RULES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.one_database]

VISITOR = [
    "/",
    "/keranjang/",
    "/pesanan/",
    "/cari/?q=zzzz",
    "/masuk/",
    "/saya/",
    "/tampilan/",
    "/bantuan/",
    "/tidak-ada/",
]
# Who walks, by phone number, from where; in this order.
PEOPLE = [
    ("visitor", "", VISITOR),
    ("buyer", "+6281210000003", ["/pesanan/", "/keranjang/", "/pesan/", "/saya/"]),
    ("seller", "+6281210000001", ["/saya/", "/jualan/", "/kabar/"]),
    ("kader", "+6281210000103", ["/petugas/", "/petugas/kabar/"]),
    ("officer", "+6281210000005", ["/petugas/", "/saya/"]),
]
# Pages whose look depends on how far an order is: so many of them.
MORE_THAN_ONE = {"ordering:order_group": 3, "ordering:seller_order": 4, "consignment:consignment": 3}
# Files, and ways out to WhatsApp.
NOT_PAGES = (
    *(
        ".pdf",
        ".xlsx",
        ".csv",
        ".zip",
        ".json",
        ".geojson",
        ".svg",
        ".png",
        ".jpg",
        ".webp",
        ".avif",
        ".xml",
        ".txt",
    ),
    "/whatsapp/",
)
SMALL = {
    "etoko.demo.businesses.COUNT": 30,
    "etoko.demo.shops.SHOPS": 8,
    "etoko.demo.shops.PRODUCTS": 32,
    "etoko.demo.orders.COUNT": 32,
    "etoko.demo.reviews.COUNT": 15,
}
TRADES = 4  # of those with goods: every good has its picture, and drawing them takes longest
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
FINDINGS = """options => axe.run(options).then(found => found.violations.map(
    one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(" | ")}`))"""


@pytest.fixture
def sample(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few of everything, made as the sample data are."""
    for place, number in SMALL.items():
        monkeypatch.setattr(place, number)
    for room in ("businesses", "shops"):
        monkeypatch.setattr(f"etoko.demo.{room}.TRADES", goods.TRADES[:TRADES])
    call_command("load_areas", verbosity=0)
    call_command("load_demo", verbosity=0)


@pytest.mark.usefixtures("sample")
def test_nobody_is_shut_out_of_any_page(page: Page, site: str) -> None:
    eyes = Eyes(page, site)
    for who, phone, first in PEOPLE:
        come_as(page, site, phone)
        eyes.walk(who, first)
    assert eyes.faults == []
    # Whoever breaks the way to half of the pages has not made them good.
    assert len(eyes.seen) > 65, sorted(eyes.seen)


def come_as(page: Page, site: str, phone: str) -> None:
    page.context.clear_cookies()
    if phone:
        client = Client()
        client.force_login(Person.objects.get(phone=phone))
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


class Eyes:
    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.seen: dict[str, int] = {}
        self.faults: list[str] = []
        self._errors: list[str] = []
        page.on("console", lambda said: self._errors.append(said.text) if said.type == "error" else None)

    def walk(self, who: str, first: list[str]) -> None:
        ways, known = deque(first), set(first)
        while ways:
            path = ways.popleft()
            if not self._is_wanted(path):
                continue
            for link in self._look_at(who, path):
                if link not in known:
                    known.add(link)
                    ways.append(link)

    def _is_wanted(self, path: str) -> bool:
        kind = kind_of(path)
        return self.seen.get(kind, 0) < MORE_THAN_ONE.get(kind, 1)

    def _look_at(self, who: str, path: str) -> list[str]:
        page = self.page
        self._errors.clear()
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        answer = page.goto(path)
        assert answer is not None
        kind = kind_of(path)
        self.seen[kind] = self.seen.get(kind, 0) + 1
        found = [] if answer.status == 404 else list(self._errors)
        if answer.status not in (200, 404) or (answer.status == 404) != (path == "/tidak-ada/"):
            found.append(f"answers {answer.status}")
        expect(page.locator("main [aria-busy]")).to_be_hidden()  # what a script draws is drawn
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.evaluate("window.innerWidth"):
            found.append(f"is {width} px wide")
        page.evaluate(AXE_SCRIPT)
        found += page.evaluate(FINDINGS, {**RULES, "resultTypes": ["violations"]})
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += [f"in the dark {one}" for one in page.evaluate(FINDINGS, COLOURS)]
        self.faults += [f"{who} at {path}: {one}" for one in found]
        return self._links()

    def _links(self) -> list[str]:
        page = self.page
        given: list[Any] = page.eval_on_selector_all(
            "a[href]", "all => all.map(one => one.getAttribute('href'))"
        )
        links = (urljoin(page.url, one) for one in given)
        paths = (one[len(self.site) :].split("#")[0] for one in links if one.startswith(f"{self.site}/"))
        return [path for path in paths if not urlsplit(path).path.endswith(NOT_PAGES)]


def kind_of(path: str) -> str:
    """The name of the view; pages that one view draws in several kinds are told apart by their slug."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return "nowhere"
    told = [match.kwargs[name] for name in ("section", "step") if name in match.kwargs]
    if match.view_name in ("registry:edit_own", "registry:edit_record"):  # the same forms for owner and kader
        return f"registry:edit:{match.kwargs['slug']}"
    return ":".join([match.view_name, *told])
