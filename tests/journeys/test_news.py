"""Bu Rahma lets her phone tell her of orders, without a page being open; and it stops when she signs out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from etoko.notices.models import PushDevice
from etoko.notices.tests.test_push import AUTH, POINT, b64
from tests.journeys.conftest import started
from tests.journeys.test_passkey import come_in
from workbench.browser import find_chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright

    from etoko.people.models import Person

pytestmark = [pytest.mark.journey, pytest.mark.one_database]

GIVEN = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/hp-rahma",
    "expirationTime": None,
    "keys": {"p256dh": b64(POINT), "auth": b64(AUTH)},
}
# The push service is on the other side of the world: the browser is told what it would have said.
SUBSCRIBED = f"""
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async asked => {{
  if (new Uint8Array(asked.applicationServerKey).length !== 65) throw new Error("asked wrongly");
  return {{ toJSON: () => ({json.dumps(GIVEN)}) }};
}};
"""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  return (await worker.getNotifications()).map(one => [one.title, one.body, one.data.path]);
}"""


@pytest.fixture(scope="module")
def browser(driver: Playwright) -> Iterator[Browser]:
    """The whole of Chromium: its shell knows no news from afar."""
    chromium = find_chromium(with_push=True)
    if not chromium:
        pytest.skip("no Chromium but its shell")
    with started(driver, chromium) as browser:
        yield browser


def until(page: Page, is_so: Callable[[], object]) -> None:
    for _moment in range(600):
        if is_so():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came")


def test_her_phone_shows_the_news_once_and_is_forgotten_when_she_leaves(
    page: Page, site: str, rahma: Person, yanti: Person
) -> None:
    page.context.grant_permissions(["notifications"])
    page.add_init_script(SUBSCRIBED)
    come_in(page, site, rahma, yanti)
    page.get_by_role("link", name="Cara dikabari").click()
    page.get_by_label("Nama perangkat").fill("HP Rahma")
    page.get_by_role("button", name="Nyalakan di perangkat ini").click()
    expect(page.get_by_text("Pemberitahuan di perangkat ini menyala.")).to_be_visible()
    device = PushDevice.objects.get(person=rahma)
    assert (device.name, device.endpoint) == ("HP Rahma", GIVEN["endpoint"])

    inside = page.context.new_cdp_session(page)
    found: list[str] = []
    inside.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
    )
    inside.send("ServiceWorker.enable")
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(worker => worker.active.state === 'activated')"
    )
    until(page, lambda: found)
    # The first one is sent again; once the second one is there, that one has been shown too.
    for number in (1, 1, 2):
        path = f"/kabar/{number}/"
        said = {"title": "Pesanan baru", "body": "dari Siti", "path": path, "tag": path}
        inside.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": site, "registrationId": found[-1], "data": json.dumps(said)},
        )
    until(page, lambda: ["Pesanan baru", "dari Siti", "/kabar/2/"] in page.evaluate(SHOWN))
    assert sorted(page.evaluate(SHOWN)) == [["Pesanan baru", "dari Siti", f"/kabar/{n}/"] for n in (1, 2)]

    page.goto("/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{site}/")
    assert not PushDevice.objects.exists()


def test_where_a_browser_knows_no_notifications_the_page_says_so(
    page_without_javascript: Page, site: str, rahma: Person, yanti: Person
) -> None:
    page = page_without_javascript
    come_in(page, site, rahma, yanti)
    page.goto("/saya/kabar/")
    expect(page.get_by_text("Peramban ini belum bisa memberi tahu.")).to_be_visible()
    expect(page.get_by_role("button", name="Nyalakan di perangkat ini")).to_be_hidden()
    page.get_by_label("Jangan kirim waktu istirahat").uncheck()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    rahma.refresh_from_db()
    assert rahma.reach.quiet_from is None
