"""Bu Yanti goes from house to house without signal; her phone dies twice, and the office works meanwhile."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, expect

from etoko.census.models import Sheet, SheetPhoto
from etoko.registry.models import Business
from etoko.registry.operations.editing import edit_section, section_now
from etoko.registry.sections import SECTIONS
from etoko.registry.tests.businesses import make_business
from tests.journeys.conftest import CALM, PHONE, end_server, free_address, start_server
from tests.journeys.test_buying import sign_in
from workbench.browser import find_chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from etoko.people.models import Person
    from etoko.places.models import Area

pytestmark = [pytest.mark.journey, pytest.mark.one_database]

KNOWN, NEW = 17, 3
CHANGED_MEANWHILE = ("Usaha 02", "Usaha 09", "Usaha 15")


class Phone:
    """A browser with a memory of its own, which can be killed and taken up again."""

    def __init__(self, browser: Browser, folder: Path, site: str) -> None:
        self.browser, self.folder, self.site = browser, folder, site
        self.context: BrowserContext | None = None
        self.cookies: list[Any] = []

    def take_up(self, *, offline: bool) -> Page:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.context = self.browser.browser_type.launch_persistent_context(
            self.folder,
            executable_path=find_chromium(),
            args=[*CALM, *sandbox],
            base_url=self.site,
            viewport=PHONE,  # type: ignore[arg-type]
            locale="id-ID",
            geolocation={"latitude": -6.3012, "longitude": 106.501, "accuracy": 8},
            permissions=["geolocation"],
        )
        self.context.set_default_timeout(30_000)
        self.context.set_offline(offline)
        self.context.add_cookies(self.cookies)
        return self.context.pages[0]

    def die(self) -> None:
        """As when the battery is empty: nothing is asked, nothing is put away."""
        # Chromium writes cookies down half a minute late; she has been signed in for longer than that.
        self.cookies = self.context.cookies() if self.context else []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                told = (process / "cmdline").read_bytes()
                if f"--user-data-dir={self.folder}".encode() in told and b"--type=" not in told:
                    os.kill(int(process.name), signal.SIGKILL)
        self.put_away()

    def put_away(self) -> None:
        if self.context:
            with contextlib.suppress(Exception):
                self.context.close()
        self.context = None


@pytest.fixture
def phone(browser: Browser, site: str, tmp_path: Path) -> Iterator[Phone]:
    held = Phone(browser, tmp_path / "phone", free_address())
    yield held
    held.put_away()


@pytest.fixture
def office(phone: Phone) -> Iterator[list[Any]]:
    """The server that the phone knows: the only one of the list, which may be ended and started."""
    servers = [start_server(phone.site)]
    yield servers
    for server in servers:
        end_server(server)


def photo(number: int) -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (number * 5 % 256, 90, number)).save(out, "JPEG", quality=60)
    return FilePayload(name="foto.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def fill_in(page: Page, number: int) -> None:
    """At the house: what is new, two photos."""
    page.get_by_label("Patokan").fill(f"catatan {number}")
    for place in (0, 1):
        page.locator(f"[data-photo='{place}'] input").set_input_files(photo(number * 2 + place))
        page.locator(f"[data-photo='{place}'].taken img").wait_for()


def visit(page: Page, number: int) -> None:
    page.get_by_label("Cari usaha atau pemilik").fill(f"Usaha {number:02}")
    page.get_by_role("link", name=f"Usaha {number:02}").click()
    fill_in(page, number)
    page.get_by_role("button", name="Simpan dan kirim").click()
    page.get_by_text("Terkirim sendiri begitu ada sinyal.").last.wait_for()


def register(page: Page, number: int) -> None:
    page.get_by_role("link", name="Usaha baru").last.click()
    page.get_by_role("textbox", name="Nama usaha").fill(f"Anyaman {'ABC'[number - KNOWN]}{number * 7919}")
    page.get_by_role("textbox", name="Nama pemilik").fill(f"Pemilik {number}")
    page.get_by_role("button", name="Ambil letak").click()
    page.get_by_text("teliti sampai 8 meter").wait_for()
    fill_in(page, number)
    page.get_by_role("button", name="Simpan dan kirim").click()
    page.get_by_label("Cari usaha atau pemilik").wait_for()


def open_app(page: Page) -> None:
    page.goto("/pendataan/")
    page.get_by_text(f"{KNOWN} usaha di Desa Taban").wait_for()


def change_at_office(name: str, by: Person) -> None:
    business = Business.objects.get(name=name)
    section = SECTIONS["alamat"]
    edit_section(
        business=business,
        section=section,
        values={field: getattr(business, field) for field in section.fields} | {"landmark": "dari kantor"},
        seen=section_now(business, section),
        by=by,
        at=timezone.now(),
        is_verifier=True,
    )


def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 40
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_twenty_visits_without_signal_arrive_once(
    phone: Phone, office: list[Any], villages: dict[str, Area], yanti: Person, dedi: Person
) -> None:
    for number in range(KNOWN):
        make_business(f"Usaha {number:02}", villages["Taban"], owner=f"Ibu {number}", landmark="lama")
    page = phone.take_up(offline=False)
    sign_in(page, yanti)
    open_app(page)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.keys()).then(all => all.length)")
    assert phone.context
    phone.context.set_offline(True)

    open_app(page)  # opened anew: from the phone alone
    page.get_by_text("Tanpa sinyal").first.wait_for()
    for number in range(8):
        visit(page, number)
    page.get_by_label("Cari usaha atau pemilik").fill("Usaha 08")
    page.get_by_role("link", name="Usaha 08").click()
    fill_in(page, 8)
    phone.die()

    page = phone.take_up(offline=True)
    open_app(page)
    page.get_by_label("Cari usaha atau pemilik").fill("Usaha 08")
    expect(page.get_by_text("Draf", exact=True)).to_be_visible()
    page.get_by_role("link", name="Usaha 08").click()
    expect(page.get_by_label("Patokan")).to_have_value("catatan 8")
    expect(page.locator("[data-photo].taken img")).to_have_count(2)
    page.get_by_role("button", name="Simpan dan kirim").click()
    for number in range(9, KNOWN):
        visit(page, number)
    for number in range(KNOWN, KNOWN + NEW):
        register(page, number)
    for name in CHANGED_MEANWHILE:
        change_at_office(name, dedi)
    assert not Sheet.objects.exists()

    # Signal again, but the office does not answer.
    end_server(office.pop())
    assert phone.context
    phone.context.set_offline(False)
    page.get_by_role("link", name="Kiriman").last.click()
    page.get_by_role("button", name="Kirim sekarang").click()
    page.get_by_text("Server belum menjawab").wait_for()
    expect(page.locator("[data-waiting] li")).to_have_count(KNOWN + NEW)

    # It does; and in the midst of it the phone dies once more.
    office.append(start_server(phone.site))
    page.get_by_role("button", name="Kirim sekarang").click()
    until(lambda: Sheet.objects.count() >= 5, "the first sheets arrive")
    phone.die()

    page = phone.take_up(offline=False)
    page.goto("/pendataan/#/kiriman")
    expect(page.locator("[data-waiting] li")).to_have_count(3, timeout=40_000)
    expect(page.locator("[data-waiting]").get_by_text("Perlu dilihat")).to_have_count(3)
    assert set(Business.objects.filter(name__in=CHANGED_MEANWHILE).values_list("landmark", flat=True)) == {
        "dari kantor"
    }
    for name in CHANGED_MEANWHILE:
        page.locator("[data-waiting]").get_by_role("link", name=name).click()
        group = page.get_by_role("group", name="Patokan")
        expect(group).to_contain_text("Di kantor")
        expect(group).to_contain_text("Dedi")
        mine = name != CHANGED_MEANWHILE[0]
        group.get_by_text(f"catatan {int(name[-2:])}" if mine else "dari kantor").click()
        page.get_by_role("button", name="Simpan pilihan dan kirim lagi").click()
        page.locator("[data-receipts]").get_by_text(name).wait_for()
    page.get_by_text("Semua sudah sampai.").wait_for()
    expect(page.locator("[data-receipts] li")).to_have_count(KNOWN + NEW)

    assert Business.objects.count() == KNOWN + NEW
    expected = {f"catatan {number}" for number in range(KNOWN + NEW)} - {"catatan 2"} | {"dari kantor"}
    assert set(Business.objects.values_list("landmark", flat=True)) == expected
    assert Sheet.objects.filter(person=yanti).count() == KNOWN + NEW
    assert SheetPhoto.objects.exclude(picture="").count() == 2 * (KNOWN + NEW) == SheetPhoto.objects.count()
    assert set(Sheet.objects.filter(kind="new").values_list("accuracy_m", flat=True)) == {8}

    # Signing out leaves nothing on the phone.
    page.goto("/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{phone.site}/")
    assert page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))") == []
    assert page.evaluate("caches.keys()") == []


def test_a_draft_outlives_a_new_version_of_the_app(
    phone: Phone, office: list[Any], villages: dict[str, Area], yanti: Person
) -> None:
    make_business("Usaha 00", villages["Taban"], owner="Ibu 0")
    page = phone.take_up(offline=False)
    sign_in(page, yanti)
    page.goto("/pendataan/")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("link", name="Usaha 00").click()
    fill_in(page, 1)
    # A frame in another language is a new version like any other.
    assert phone.context
    phone.context.add_cookies([{"name": "bahasa", "value": "en", "url": phone.site}])
    page.reload()
    page.get_by_role("button", name="Pakai sekarang").click()
    expect(page.get_by_role("button", name="Save and send")).to_be_visible()
    expect(page.get_by_label("Landmark")).to_have_value("catatan 1")
    expect(page.locator("[data-photo].taken img")).to_have_count(2)


def test_notes_of_one_kader_are_not_sent_by_the_next(
    phone: Phone, office: list[Any], villages: dict[str, Area], yanti: Person, dedi: Person
) -> None:
    make_business("Usaha 00", villages["Taban"], owner="Ibu 0")
    page = phone.take_up(offline=False)
    sign_in(page, yanti)
    page.goto("/pendataan/")
    page.get_by_role("link", name="Usaha 00").click()
    fill_in(page, 1)

    sign_in(page, dedi)
    page.goto("/pendataan/")
    page.get_by_text("HP ini masih menyimpan 1 catatan Yanti yang belum sampai.").wait_for()
    expect(page.locator("[data-list] li")).to_have_count(1)
    page.goto("/keluar/")
    expect(page.get_by_text("1 catatan di HP ini belum sampai")).to_be_visible()
    assert not Sheet.objects.exists()
