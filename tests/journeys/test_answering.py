"""A seller without password, app or account takes an order from "baru" to "selesai" by links alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from etoko.notices.models import Notice
from etoko.ordering.links import LOOK, answer_path, mint_link
from etoko.ordering.models import Order
from etoko.ordering.states import COMPLETED
from etoko.ordering.tests.conftest import a_shop, a_variant
from tests.journeys.orders import at_buyer, order_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.places.models import Area

pytestmark = pytest.mark.journey


@pytest.fixture
def order(villages: dict[str, Area]) -> Order:
    """Siti's two bags at a shop that nobody has an account for; its WhatsApp is all there is."""
    shop = a_shop(None, "Kerupuk Bu Rahma", villages["Taban"], "+6281210000001")
    return order_of(a_variant(shop, "Kerupuk Kulit", 15_000, 10), 2)


def link_to_the_seller() -> str:
    notice = Notice.objects.get(kind="order_place", recipient=None, phone="+6281210000001")
    found = re.search(r"/jawab/[0-9A-Za-z]+/", notice.text)
    assert found
    return found[0]


def take_the_order(page: Page, order: Order) -> None:
    page.goto(link_to_the_seller())
    page.get_by_text("Pembeli diberi tahu bahwa Anda menerima pesanannya.").wait_for()
    for button, done in (
        ("Terima pesanan", "Pesanan Anda terima."),
        ("Siap diambil", "Tercatat siap diambil."),
        ("Sudah diserahkan", "Tercatat sudah diserahkan."),
        ("Lunas, uangnya sudah ada", "Tercatat lunas."),
    ):
        page.get_by_role("button", name=button).click()
        page.get_by_text(done).wait_for()
        page.get_by_text("Bisa diurungkan sampai pukul").wait_for()
    # Siti says by her own link that she has it.
    page.goto(at_buyer(order))
    page.get_by_role("button", name="Sudah saya terima").click()
    page.get_by_text("Selesai").first.wait_for()
    order.refresh_from_db()
    assert (order.state, order.payment_state) == (COMPLETED, Order.PAID)
    assert order.lines.get().variant.on_hand == 8


def test_from_new_to_completed_by_links_alone(page: Page, order: Order) -> None:
    take_the_order(page, order)


def test_the_same_without_javascript(page_without_javascript: Page, order: Order) -> None:
    take_the_order(page_without_javascript, order)


def test_a_mistake_is_undone(page: Page, order: Order) -> None:
    page.goto(link_to_the_seller())
    page.get_by_role("button", name="Terima pesanan").click()
    page.get_by_role("button", name="Urungkan").click()
    page.get_by_text("Sudah diurungkan.").wait_for()
    order.refresh_from_db()
    assert order.state == "awaiting_confirmation"
    page.get_by_role("button", name="Terima pesanan").wait_for()


def test_a_link_that_is_too_old_sends_for_a_new_one(page: Page, order: Order) -> None:
    old = mint_link(
        order=order,
        purpose=LOOK,
        person=None,
        phone=order.shop.whatsapp,
        expires_at=timezone.now() - timedelta(hours=2),
    )
    page.goto(answer_path(old))
    page.get_by_text("Tautan ini sudah tidak berlaku").first.wait_for()
    page.get_by_role("button", name="Kirim tautan baru ke WhatsApp saya").click()
    page.get_by_text("Tautan baru untuk 0812-••••-•001 siap.").wait_for()
    found = re.search(r"/jawab/[0-9A-Za-z]+/", Notice.objects.get(kind="order_new_link").text)
    assert found
    page.goto(found[0])
    page.get_by_role("button", name="Terima pesanan").wait_for()


def test_a_refusal_asks_for_the_reason_and_keeps_what_was_typed(page: Page, order: Order) -> None:
    page.goto(link_to_the_seller())
    page.get_by_text("Tolak pesanan").first.click()
    page.get_by_role("button", name="Tolak pesanan").click()
    page.get_by_text("Tulis alasannya dulu").wait_for()
    page.get_by_label("Stok habis").check()
    page.get_by_role("button", name="Tolak pesanan").click()
    page.get_by_text("Pesanan Anda tolak.").wait_for()
