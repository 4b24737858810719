"""The checkout page with what people, and others, type into it."""

import pytest
from django.test import Client
from django.urls import reverse

from etoko.catalog.models import DeliveryFee, Shop, Variant
from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.tests.conftest import Everything, hidden
from etoko.people.models import Person


@pytest.fixture
def ready(client: Client, kerupuk: Variant) -> Client:
    """A guest with two bags in her cart."""
    client.post(reverse("ordering:add_to_cart", args=[kerupuk.pk]), {"quantity": "2"})
    return client


def send(client: Client, **fields: str) -> int:
    form = {
        "name": "Siti",
        "phone": "081210000003",
        "shown": hidden(client.get("/pesan/"), "shown"),
        **fields,
    }
    return client.post("/pesan/", form).status_code


@pytest.mark.parametrize(
    "phone",
    ["0812 1000 0003", "+62 812-1000-0003", "6281210000003", "81210000003", "https://wa.me/6281210000003"],
)
def test_a_phone_in_any_spelling_is_one_number(phone: str, ready: Client) -> None:
    assert send(ready, phone=phone) == 302
    assert OrderGroup.objects.get().phone == "+6281210000003"


@pytest.mark.parametrize("phone", ["", "123", "tidak punya", "0812", "0" * 70, "081210000003 / 081210000004"])
def test_a_phone_that_is_none_orders_nothing_and_keeps_what_was_typed(
    phone: str, ready: Client, everything: Everything
) -> None:
    before = everything()
    shown = hidden(ready.get("/pesan/"), "shown")
    answer = ready.post("/pesan/", {"name": "Siti Aminah", "phone": phone, "shown": shown, "street": "Kp. X"})
    assert answer.status_code == 422
    assert 'value="Siti Aminah"' in answer.content.decode() and 'value="Kp. X"' in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize("name", ["", "   ", "123", "\u200b", "A" * 300])
def test_a_name_that_is_none_orders_nothing(name: str, ready: Client, everything: Everything) -> None:
    before = everything()
    assert send(ready, name=name) == 422
    assert everything() == before


def test_signs_of_all_kinds_are_only_signs(ready: Client, rahma: Person) -> None:
    note = "<script>alert(1)</script> 🌶️ “pedas” & 100% %(number)s"
    shop = Shop.objects.get()
    assert send(ready, name="Hj. Siti 🌸 <b>%s</b>", **{f"catatan-{shop.pk}": note}) == 302
    order = Order.objects.get()
    assert order.note == note and order.group.name == "Hj. Siti 🌸 <b>%s</b>"
    client = Client()
    client.force_login(rahma)
    seen = client.get(f"/jualan/{shop.public_id}/pesanan/{order.number}/").content.decode()
    assert "<script>alert(1)" not in seen and "&lt;script&gt;alert(1)" in seen


def test_a_tampered_fee_price_or_total_orders_nothing(
    ready: Client, kerupuk: Variant, everything: Everything
) -> None:
    before = everything()
    shop = kerupuk.product.shop_id
    assert send(ready, shown=f"v{kerupuk.pk}=2@1 s{shop}=pickup@0") == 422
    assert send(ready, shown=f"v{kerupuk.pk}=2@15000 s{shop}=pickup@-30000") == 422
    assert send(ready, shown="x" * 100_000) == 422
    assert everything() == before


def test_fields_that_nobody_asked_for_are_ignored(ready: Client) -> None:
    assert send(ready, total_rp="1", price_rp="1", state="completed", for_other="on") == 302
    assert Order.objects.get().total_rp == 30_000
    assert OrderGroup.objects.get().recorded_by is None


def test_a_way_that_the_seller_does_not_offer_is_not_taken(ready: Client, kerupuk: Variant) -> None:
    shop = kerupuk.product.shop_id
    assert send(ready, **{f"antar-{shop}": "drone", f"bayar-{shop}": "bitcoin"}) == 302
    assert (Order.objects.get().delivery, Order.objects.get().payment) == ("pickup", "cash")


def test_reckoning_anew_orders_nothing_and_loses_nothing(
    ready: Client, kerupuk: Variant, everything: Everything
) -> None:
    before = everything()
    shop = kerupuk.product.shop_id
    form = {
        "name": "Siti",
        "village": "jambe ",
        f"antar-{shop}": "seller",
        f"catatan-{shop}": "Renyah",
        "hitung": "1",
    }
    answer = ready.post("/pesan/", form)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Rp35.000" in page
    assert 'value="Siti"' in page and 'value="Renyah"' in page and "Belum tersimpan" not in page
    assert everything() == before


def test_another_way_of_delivery_is_first_shown_with_its_sum(ready: Client, kerupuk: Variant) -> None:
    """Without script she picks delivery and presses at once: the sum she saw was another."""
    shop = kerupuk.product.shop_id
    form = {
        "name": "Siti",
        "phone": "081210000003",
        "village": "Jambe",
        "street": "Kp. X",
        f"antar-{shop}": "seller",
    }
    first = ready.post("/pesan/", {**form, "shown": hidden(ready.get("/pesan/"), "shown")})
    assert first.status_code == 422 and "menjadi Rp5.000" in first.content.decode()
    assert ready.post("/pesan/", {**form, "shown": hidden(first, "shown")}).status_code == 302
    assert Order.objects.get().total_rp == 35_000


def test_a_fee_that_rose_meanwhile_is_told_before_ordering(ready: Client, kerupuk: Variant) -> None:
    shop = kerupuk.product.shop_id
    form = {
        "name": "Siti",
        "phone": "081210000003",
        "village": "Jambe",
        "street": "Kp. X",
        f"antar-{shop}": "seller",
    }
    shown = hidden(ready.post("/pesan/", {**form, "hitung": "1"}), "shown")
    DeliveryFee.objects.update(fee_rp=9_000)
    answer = ready.post("/pesan/", {**form, "shown": shown})
    assert answer.status_code == 422 and "menjadi Rp9.000" in answer.content.decode()
    assert not Order.objects.exists()


def test_what_is_left_can_be_taken_without_typing_again(ready: Client) -> None:
    Variant.objects.update(held=9)
    shown = hidden(ready.get("/pesan/"), "shown")
    form = {"name": "Siti", "phone": "081210000003", "shown": shown}
    refused = ready.post("/pesan/", form)
    assert refused.status_code == 422 and "tinggal 1, Anda minta 2" in refused.content.decode()
    adjusted = ready.post("/pesan/", {**form, "sesuaikan": "1"})
    assert 'value="Siti"' in adjusted.content.decode() and "Rp15.000" in adjusted.content.decode()
    assert ready.post("/pesan/", {**form, "shown": hidden(adjusted, "shown")}).status_code == 302
    assert Order.objects.get().total_rp == 15_000


def test_a_signed_in_buyer_finds_her_name_and_number_there(ready: Client, siti: Person) -> None:
    ready.force_login(siti)
    page = ready.get("/pesan/").content.decode()
    assert 'value="Siti"' in page and 'value="0812-1000-0003"' in page


def test_a_kader_may_order_for_somebody(ready: Client, yanti: Person) -> None:
    ready.force_login(yanti)
    assert "Saya memesankan untuk orang lain" in ready.get("/pesan/").content.decode()
    assert send(ready, name="Mak Icih", phone="081299998888", for_other="on") == 302
    group = OrderGroup.objects.get()
    assert (group.name, group.buyer, group.recorded_by) == ("Mak Icih", None, yanti)
    assert "Anda pesankan untuk Mak Icih" in ready.get("/pesanan/").content.decode()


def test_the_whole_way_costs_few_questions(ready: Client, max_queries: object) -> None:
    form = {"name": "Siti", "phone": "081210000003", "shown": hidden(ready.get("/pesan/"), "shown")}
    with max_queries(8):  # type: ignore[operator]
        ready.get("/keranjang/")
    with max_queries(8):  # type: ignore[operator]
        ready.get("/pesan/")
    with max_queries(36):  # type: ignore[operator]
        answer = ready.post("/pesan/", form)
    with max_queries(9):  # type: ignore[operator]
        ready.get(answer["Location"])
