"""Bu Siti buys from two sellers at once, as a guest; both answer; she receives. With script and without."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import timezone

from etoko.catalog.access import Selling
from etoko.catalog.hours import QUICK
from etoko.catalog.models import Category, Shop, Variant
from etoko.catalog.operations import opening, selling, settings
from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.states import ORDER_FLOW
from etoko.registry.access import Acting
from etoko.registry.models import Business, BusinessRole

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from etoko.people.models import Person
    from etoko.places.models import Area

pytestmark = pytest.mark.journey


def open_shop(owner: Person, village: Area, name: str, product: str, price_rp: int) -> Shop:
    now = timezone.now()
    business = Business.objects.create(name=name, search_name=name.lower().replace(" ", ""), area=village)
    BusinessRole.objects.create(business=business, person=owner, role="owner", starts_on=date(2026, 1, 1))
    acting = Acting(business, owner, is_assisting=False)
    shop = opening.start_shop(acting=acting, name=name, at=now)
    who = Selling(shop, acting)
    settings.set_contact(selling=who, whatsapp=owner.phone, hours=QUICK["long"][1], at=now)
    selling.add_product(
        selling=who,
        name=product,
        category=Category.objects.get(slug="kerupuk"),
        unit="bungkus",
        offers=[selling.Offer(price_rp=price_rp, on_hand=10)],
        at=now,
    )
    shop.refresh_from_db()
    return opening.open_shop(selling=Selling(shop, acting), at=now)


@pytest.fixture
def two_shops(rahma: Person, herman: Person, villages: dict[str, Area]) -> tuple[Shop, Shop]:
    from etoko.catalog.categories import load_categories

    load_categories()
    return (
        open_shop(rahma, villages["Taban"], "Kerupuk Rahma", "Kerupuk Udang", 12_000),
        open_shop(herman, villages["Kutruk"], "Keripik Herman", "Keripik Talas", 15_500),
    )


def put_into_cart(page: Page, wanted: str) -> None:
    page.goto(f"/cari/?q={wanted}")
    page.get_by_role("link", name=wanted).first.click()
    page.get_by_role("heading", level=1, name=wanted).wait_for()
    page.get_by_role("link", name="Masukkan keranjang").first.click()
    page.get_by_role("button", name="Masukkan keranjang").first.click()
    page.get_by_text("Sudah masuk keranjang").wait_for()


def buy_from_both(page: Page) -> str:
    """Returns the address of her private page."""
    put_into_cart(page, "Kerupuk Udang")
    put_into_cart(page, "Keripik Talas")
    page.get_by_role("link", name="Lanjut pesan").click()
    page.get_by_label("Nama lengkap").fill("Siti Aminah")
    page.get_by_label("Nomor WhatsApp").fill("+62 (0)812-1000-0003")
    page.get_by_label("Desa").first.fill("daru")
    page.get_by_role("button", name="Pesan sekarang").last.click()
    page.wait_for_url("**/pesanan/*/")
    return urlsplit(page.url).path


def sign_in(page: Page, person: Person) -> None:
    # Tests hash quickly, the served shop does not know that way of hashing.
    person.password = Argon2PasswordHasher().encode("sandi-rahasia-1", "garam-untuk-tes")
    person.save(update_fields=["password"])
    page.context.clear_cookies()
    page.goto("/masuk/")
    page.get_by_label("Nomor HP").fill(person.phone)
    page.get_by_label("Kata sandi").fill("sandi-rahasia-1")
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/masuk/" not in url)


def take_to_hand_over(page: Page, seller: Person, shop: Shop) -> None:
    """One button each time: Terima, Siap diambil, Sudah diserahkan."""
    sign_in(page, seller)
    order = Order.objects.get(shop=shop)
    for button, state in (
        ("Terima pesanan", "processing"),
        ("Siap diambil", "ready_for_pickup"),
        ("Sudah diserahkan", "delivered"),
    ):
        page.goto(f"/jualan/{shop.public_id}/pesanan/{order.number}/")
        page.get_by_role("button", name=button).first.click()
        page.get_by_text(f"Pesanan {order.number}: {ORDER_FLOW.states[state]}.").wait_for()
        order.refresh_from_db()
        assert order.state == state


def receive_all(page: Page, path: str) -> None:
    page.context.clear_cookies()
    for _order in range(2):
        page.goto(path)
        page.get_by_role("button", name="Sudah saya terima").first.click()
        page.get_by_text("Terima kasih, pesanan").wait_for()


def tell_the_story(page: Page, shops: tuple[Shop, Shop], sellers: tuple[Person, Person]) -> None:
    path = buy_from_both(page)
    group = OrderGroup.objects.get()
    assert (group.name, group.phone, group.total_rp) == ("Siti Aminah", "+6281210000003", 27_500)
    assert {(o.shop_id, o.total_rp, o.state) for o in Order.objects.all()} == {
        (shops[0].pk, 12_000, "awaiting_confirmation"),
        (shops[1].pk, 15_500, "awaiting_confirmation"),
    }
    for seller, shop in zip(sellers, shops, strict=True):
        take_to_hand_over(page, seller, shop)
    receive_all(page, path)
    assert set(Order.objects.values_list("state", flat=True)) == {"completed"}
    assert list(Variant.objects.order_by("pk").values_list("on_hand", "held")) == [(9, 0), (9, 0)]
    page.goto(path)
    page.get_by_text("Selesai").nth(1).wait_for(state="attached")


def test_siti_buys_from_two_sellers_and_receives(
    page: Page, two_shops: tuple[Shop, Shop], rahma: Person, herman: Person
) -> None:
    tell_the_story(page, two_shops, (rahma, herman))


def test_the_same_without_javascript(
    page_without_javascript: Page, two_shops: tuple[Shop, Shop], rahma: Person, herman: Person
) -> None:
    tell_the_story(page_without_javascript, two_shops, (rahma, herman))


def test_sums_that_come_late_take_nothing_from_her(page: Page, two_shops: tuple[Shop, Shop]) -> None:
    """Neither what she writes meanwhile, nor the press that has begun."""
    held: list[Route] = []
    put_into_cart(page, "Kerupuk Udang")
    page.get_by_role("link", name="Lanjut pesan").click()
    # Playwright leaves a mark on what it is given; the method of a list takes none.
    page.route("**/pesan/", lambda route: held.append(route), times=1)  # noqa: PLW0108
    page.get_by_label("Nama lengkap").fill("Siti")
    page.get_by_label("Nomor WhatsApp").fill("0812 1000 0003")
    page.wait_for_function("window.htmx")
    page.get_by_label("Desa").first.fill("daru")
    with page.expect_request("**/pesan/"):
        page.get_by_label("Catatan untuk penjual").press_sequentially("Yang pe")
    page.evaluate("document.getElementById('hitungan').dataset.old = ''")
    button = page.get_by_role("button", name="Pesan sekarang").last
    button.scroll_into_view_if_needed()
    button.hover()
    page.mouse.down()
    held.pop().continue_()
    page.wait_for_selector("#hitungan:not([data-old])")
    page.mouse.up()
    page.wait_for_url("**/pesanan/*/")
    assert Order.objects.get().note == "Yang pe"


def test_sums_that_come_late_leave_the_voucher_she_is_typing(
    page: Page, two_shops: tuple[Shop, Shop]
) -> None:
    held: list[Route] = []
    put_into_cart(page, "Kerupuk Udang")
    page.get_by_role("link", name="Lanjut pesan").click()
    page.wait_for_function("window.htmx")
    page.route("**/pesan/", lambda route: held.append(route), times=1)  # noqa: PLW0108
    page.get_by_label("Desa").first.fill("daru")
    voucher = page.locator("#voucher")
    with page.expect_request("**/pesan/"):
        voucher.press_sequentially("MELA")
    page.evaluate("document.getElementById('jumlah').dataset.old = ''")
    held.pop().continue_()
    page.wait_for_selector("#jumlah:not([data-old])")
    assert voucher.input_value() == "MELA"
    page.keyboard.type("TI 5")
    assert voucher.input_value() == "MELATI 5"


def test_two_presses_make_one_order(page: Page, two_shops: tuple[Shop, Shop]) -> None:
    put_into_cart(page, "Kerupuk Udang")
    page.get_by_role("link", name="Lanjut pesan").click()
    page.get_by_label("Nama lengkap").fill("Siti")
    page.get_by_label("Nomor WhatsApp").fill("0812 1000 0003")
    page.get_by_role("button", name="Pesan sekarang").last.dblclick(no_wait_after=True)
    page.wait_for_url("**/pesanan/*/")
    assert Order.objects.count() == 1
    assert Variant.objects.get(product__shop=two_shops[0]).held == 1
