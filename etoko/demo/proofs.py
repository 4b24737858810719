"""At the first two sample shops: an order to be paid, one with its proof, one with a borrowed proof."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw

from etoko.catalog.models import DeliveryOption, PaymentOption, Shop, Variant
from etoko.catalog.states import PUBLISHED
from etoko.foundation.days import show_moment
from etoko.foundation.money import show_rupiah
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Order
from etoko.ordering.operations import Receiver, add_to_cart, move_order, place_orders
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import BUYER, SELLER
from etoko.payments.operations.proving import send_proof
from etoko.payments.proofs import keep_proof
from etoko.people.models import Person


def show_samples(*, shops: Sequence[Shop], siti: Person, now: datetime) -> int:
    shown = 0
    for shop in shops[:2]:
        variant = (
            Variant.objects.filter(product__shop=shop, product__status=PUBLISHED, on_hand__gte=12)
            .order_by("pk")
            .first()
        )
        if variant is None:
            continue
        at = now - timedelta(hours=3)
        _to_pay, paid, borrowed = (
            _order(shop, variant, siti, at + timedelta(minutes=5 * i)) for i in range(3)
        )
        picture = _receipt(shop.name, paid.total_rp, at)
        for order in (paid, borrowed):
            send_proof(
                order=order,
                kept=keep_proof(BytesIO(picture)),
                party=BUYER,
                by=siti,
                by_name=siti.name,
                told_rp=paid.total_rp,
                told_on=timezone.localdate(at),
                at=at + timedelta(hours=1),
            )
            shown += 1
    return shown


def _order(shop: Shop, variant: Variant, siti: Person, at: datetime) -> Order:
    cart, _secret = add_to_cart(cart=None, person=None, variant_id=variant.pk, quantity=2, at=at)
    choices = {shop.pk: Choice(delivery=DeliveryOption.PICKUP, payment=PaymentOption.QRIS)}
    order = place_orders(
        cart=cart,
        receiver=Receiver(name=siti.name, phone=siti.phone),
        choices=choices,
        shown=quote_of(contents_of(cart, at=at), choices, area_code="").shown,
        by=siti,
        at=at,
    ).orders[0]
    return move_order(order=order, move="accept", party=SELLER, by=None, by_name=shop.name, at=at)


def _receipt(shop: str, amount_rp: int, at: datetime) -> bytes:
    """Plainly a sample: it says so where a bank would have its name."""
    picture = Image.new("RGB", (720, 1280), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 720, 300), fill="#1d6b45")
    draw.text((360, 150), "CONTOH, bukan bukti", fill="white", font_size=52, anchor="mm")
    draw.text((360, 420), show_rupiah(amount_rp), fill="black", font_size=72, anchor="mm")
    for place, (name, value) in enumerate([("Penerima", shop), ("Waktu", show_moment(at)), ("Biaya", "Rp0")]):
        draw.text((60, 560 + 100 * place), name, fill="#5a5a5a", font_size=30)
        draw.text((660, 560 + 100 * place), value, fill="black", font_size=30, anchor="ra")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
