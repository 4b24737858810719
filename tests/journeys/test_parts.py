"""The parts of pages as a browser draws them: readable by all, never too wide, nicer with script."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.one_database]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def staff_page(page: Page, site: str) -> Iterator[Page]:
    _sign_in_as_staff(page, site)
    yield page


def _sign_in_as_staff(page: Page, site: str) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("+6281200000099", "Tim"))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def test_what_needs_a_script_is_not_shown_without_one(page_without_javascript: Page, site: str) -> None:
    page = page_without_javascript
    _sign_in_as_staff(page, site)
    page.goto("/gaya/")
    expect(page.locator("input[name=jumlah]")).to_be_visible()
    expect(page.locator("[data-step]").first).to_be_hidden()
    expect(page.locator("[data-copy]").first).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nobody_is_shut_out(staff_page: Page, scheme: str, width: int) -> None:
    staff_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    staff_page.set_viewport_size({"width": width, "height": 800})
    staff_page.goto("/gaya/")
    found = Axe().run(staff_page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 640, 1280])
def test_long_names_never_push_a_page_sideways(staff_page: Page, width: int) -> None:
    staff_page.set_viewport_size({"width": width, "height": 740})
    staff_page.goto("/gaya/")
    assert staff_page.evaluate("document.documentElement.scrollWidth") == width


def test_targets_are_large_enough_for_a_thumb(staff_page: Page) -> None:
    staff_page.goto("/gaya/")
    small = staff_page.evaluate(
        """[...document.querySelectorAll(
                "button, .button, .chip, .tabs a, .bottom-bar a, .input, .choice, .check")]
            .map(one => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect()])
            .filter(([, box]) => box.height && (box.height < 47.5 || box.width < 44))
            .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
    )
    # The round button inside a search field is the one exception: Enter does the same.
    assert [one for one in small if not one.startswith(":")] == []


def test_chosen_colours_last_with_script(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/tampilan/")
    assert _paper(page) == "rgb(251, 248, 241)"
    page.locator(".theme label", has_text="Gelap").click()
    assert _paper(page) == "rgb(20, 26, 22)"
    page.goto("/tampilan/?")
    assert _paper(page) == "rgb(20, 26, 22)"


def test_chosen_colours_last_without_script(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.emulate_media(color_scheme="light")
    page.goto("/tampilan/")
    page.locator("main .choice", has_text="Gelap").click()
    page.get_by_role("button", name="Simpan").click()
    page.goto("/tampilan/")
    assert _paper(page) == "rgb(20, 26, 22)"


def test_the_frame_shows_its_reader_what_is_hers(page: Page, site: str) -> None:
    page.goto("/tampilan/")
    count = page.locator(".bottom-bar [data-tk=cart]")
    expect(count).to_be_hidden()
    page.context.add_cookies([{"name": "tk", "value": "cart%3D3%26name%3DBu%2BRahma", "url": site}])
    page.reload()
    expect(count).to_have_text("3")
    expect(page.locator(".top-nav [data-tk=name]")).to_have_text("Bu Rahma")


def test_prices_show_their_thousands_while_they_are_typed(staff_page: Page) -> None:
    staff_page.goto("/gaya/")
    price = staff_page.locator("input[name=price]").first
    price.fill("")
    price.press_sequentially("1250000")
    expect(price).to_have_value("1.250.000")


def test_a_quantity_stops_at_what_there_is(staff_page: Page) -> None:
    staff_page.goto("/gaya/")
    more = staff_page.get_by_role("button", name="Tambah").first
    for _press in range(5):
        more.click()
    expect(staff_page.locator("input[name=jumlah]")).to_have_value("5")


def test_a_dialog_opens_and_closes_and_gives_the_focus_back(staff_page: Page) -> None:
    staff_page.goto("/gaya/")
    opener = staff_page.get_by_role("button", name="Buka dialog")
    opener.click()
    dialog = staff_page.locator("#contoh-dialog")
    expect(dialog).to_be_visible()
    staff_page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_link_opens_the_form_of_its_page_as_a_dialog(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/tampilan/")
    page.evaluate("document.querySelector('.foot a[href=\"/tampilan/\"]').dataset.dialog = ''")
    page.locator(".foot a[href='/tampilan/']").click()
    dialog = page.locator("dialog")
    expect(dialog.get_by_role("radio", name="Gelap")).to_be_visible()
    dialog.get_by_role("button", name="Tutup jendela").click()
    expect(dialog).to_have_count(0)
    page.locator(".foot a[href='/tampilan/']").click()
    dialog.get_by_text("English").click()
    dialog.get_by_role("button", name="Simpan").click()
    page.goto("/tampilan/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def _paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
