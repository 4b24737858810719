"""A seller without password, app or account takes an order from "baru" to "selesai" by links alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from etoko.notices.models import Notice
from etoko.ordering.access import link_secret
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Order
from etoko.ordering.operations import Receiver, add_to_cart, place_orders
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import COMPLETED
from etoko.ordering.tests.conftest import a_shop, a_variant

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.places.models import Area

pytestmark = pytest.mark.journey


@pytest.fixture
def order(villages: dict[str, Area]) -> Order:
    """Siti's two bags at a shop that nobody has an account for; its WhatsApp is all there is."""
    shop = a_shop(None, "Kerupuk Bu Rahma", villages["Taban"], "+6281210000001")
    kerupuk = a_variant(shop, "Kerupuk Kulit", 15_000, 10)
    now = timezone.now()
    cart, _secret = add_to_cart(cart=None, person=None, variant_id=kerupuk.pk, quantity=2, at=now)
    choices = {shop.pk: Choice("pickup", "cash")}
    return place_orders(
        cart=cart,
        receiver=Receiver(name="Siti Aminah", phone="+6281210000003"),
        choices=choices,
        shown=quote_of(contents_of(cart, at=now), choices, area_code="").shown,
        by=None,
        at=now,
    ).orders[0]


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
    page.goto(f"/pesanan/{link_secret(order.group)}/")
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


def test_a_refusal_asks_for_the_reason_and_keeps_what_was_typed(page: Page, order: Order) -> None:
    page.goto(link_to_the_seller())
    page.get_by_text("Tolak pesanan").first.click()
    page.get_by_role("button", name="Tolak pesanan").click()
    page.get_by_text("Tulis alasannya dulu").wait_for()
    page.get_by_label("Stok habis").check()
    page.get_by_role("button", name="Tolak pesanan").click()
    page.get_by_text("Pesanan Anda tolak.").wait_for()
