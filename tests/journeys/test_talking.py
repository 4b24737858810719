"""Bu Rahma asks in the discussion room: what she typed stays on her phone until it has arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from etoko.discussion.models import Thread
from tests.journeys.test_buying import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.people.models import Person
    from etoko.places.models import Area

pytestmark = pytest.mark.journey
TITLE, TEXT = "Plastik apa yang tahan?", "Kerupuk saya lembek seminggu."


def test_a_draft_stays_until_it_has_arrived(page: Page, rahma: Person, villages: dict[str, Area]) -> None:
    sign_in(page, rahma)
    page.goto("/diskusi/baru/")
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_label("Ceritakan").fill(TEXT)
    page.goto("/diskusi/")  # she looks whether somebody asked it before
    page.goto("/diskusi/baru/")
    expect(page.get_by_label("Judul")).to_have_value(TITLE)
    expect(page.get_by_text("Ini tulisan Anda yang belum terkirim")).to_be_visible()
    page.get_by_role("button", name="Kirim").click()  # refused: no topic yet
    page.get_by_text("Pilih topiknya.").first.wait_for()
    page.get_by_label("Topik").select_option("kemasan")
    page.context.set_offline(True)
    try:
        page.get_by_role("button", name="Kirim").click()
        page.wait_for_timeout(300)
    except Error:
        pass  # the browser may say so
    page.context.set_offline(False)
    assert not Thread.objects.exists()
    page.goto("/diskusi/baru/")
    expect(page.get_by_label("Ceritakan")).to_have_value(TEXT)
    page.get_by_label("Topik").select_option("kemasan")
    page.get_by_role("button", name="Kirim").click()
    page.get_by_role("heading", name=TITLE).wait_for()
    assert Thread.objects.get().posts.get().text == TEXT
    page.goto("/diskusi/baru/")
    expect(page.get_by_label("Judul")).to_have_value("")
    expect(page.get_by_text("Ini tulisan Anda yang belum terkirim")).to_be_hidden()
