"""Bu Rahma opens her shop from the link that Bu Yanti gave her, and is on sale in under two minutes."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, expect

from etoko.catalog.models import Product, Shop
from etoko.people.operations.activating import create_activation_link
from etoko.registry.models import Business, BusinessPhone, BusinessRole

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.people.models import Person
    from etoko.places.models import Area

pytestmark = pytest.mark.journey


@pytest.fixture
def way_in(rahma: Person, yanti: Person, villages: dict[str, Area]) -> str:
    """The address in the WhatsApp message."""
    business = Business.objects.create(
        name="Kerupuk Rahma",
        search_name="kerupukrahma",
        area=villages["Taban"],
        profile="Digoreng tiap pagi.",
    )
    today = timezone.localdate()
    BusinessRole.objects.create(business=business, person=rahma, role=BusinessRole.OWNER, starts_on=today)
    BusinessPhone.objects.create(business=business, phone=rahma.phone)
    link = create_activation_link(
        person=rahma, next_path=f"/toko/buka/{business.public_id}/", by=yanti, at=timezone.now()
    )
    return f"/aktivasi/{link.secret}/"


def twelve_megapixels() -> bytes:
    out = BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()


def open_a_shop(page: Page, way_in: str) -> float:
    """Returns how many seconds it took from the link to the goods on sale."""
    photo = FilePayload(name="IMG_0001.jpg", mimeType="image/jpeg", buffer=twelve_megapixels())
    started = time.monotonic()
    page.goto(way_in)
    page.get_by_role("button", name="masuk").first.click()
    expect(page.get_by_label("Nama toko")).to_have_value("Kerupuk Rahma")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text("Saya setuju").click()
    page.get_by_role("button", name="Lanjut").click()
    page.set_input_files("input[name=camera]", files=[photo])
    page.get_by_label("Nama produk").fill("Kerupuk bawang")
    page.locator("#id_v0-price").fill("12000")
    page.get_by_label("Stok sekarang").fill("20")
    page.get_by_role("button", name="Jual dan buka toko").click()
    page.get_by_role("heading", name="Kerupuk Rahma sudah buka").wait_for()
    return time.monotonic() - started


def is_on_sale() -> None:
    product = Product.objects.select_related("category", "shop").get()
    assert (product.shop.status, product.status, product.price_from_rp) == ("open", "published", 12_000)
    assert product.category.slug == "kerupuk"
    assert (product.photo["width"], product.photo["height"]) == (1080, 810)
    assert product.variants.get().on_hand == 20


def test_with_script_the_photo_is_made_small_on_the_phone(page: Page, way_in: str) -> None:
    sent: list[int] = []
    page.on("request", lambda r: sent.append(len(r.post_data_buffer or b"")) if r.method == "POST" else None)
    assert open_a_shop(page, way_in) < 120
    is_on_sale()
    assert max(sent) < 1_500_000
    link = page.get_by_role("link", name="Bagikan ke WhatsApp").get_attribute("href") or ""
    assert link.startswith("https://wa.me/?text=")
    assert "kerupuk-rahma" in link


def test_without_script_she_sends_all_twelve_megapixels(page_without_javascript: Page, way_in: str) -> None:
    assert open_a_shop(page_without_javascript, way_in) < 120
    is_on_sale()


def test_a_refused_price_keeps_the_photo(page_without_javascript: Page, way_in: str) -> None:
    page = page_without_javascript
    open_a_shop(page, way_in)
    page.goto(f"/jualan/{Shop.objects.get().public_id}/produk/baru/")
    photo = FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=twelve_megapixels())
    page.set_input_files("input[name=camera]", files=[photo])
    page.get_by_label("Nama produk").fill("Rengginang")
    page.locator("#id_v0-price").fill("-1")
    page.get_by_role("button", name="Jual sekarang").click()
    page.get_by_text("Tulis harga dengan angka saja").first.wait_for()
    expect(page.get_by_label("Pakai foto ini")).to_be_checked()
    page.locator("#id_v0-price").fill("9.000")
    page.get_by_role("button", name="Jual sekarang").click()
    page.get_by_text("Produk sekarang dijual.").wait_for()
    assert Product.objects.get(name="Rengginang").photo["width"] == 1080
