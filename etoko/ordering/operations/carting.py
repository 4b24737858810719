"""Filling the cart. It promises nothing: stock is held only when an order is placed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import Product, Variant
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.foundation.ids import new_secret, secret_hash
from etoko.foundation.problems import UnableTo
from etoko.ordering.cart import SHORT, contents_of
from etoko.ordering.models import Cart, CartLine
from etoko.people.models import Person

MOST_OF_ONE = 9999
MOST_LINES = 60


class UnableToAdd(UnableTo):
    pass


@transaction.atomic
def add_to_cart(
    *, cart: Cart | None, person: Person | None, variant_id: int, quantity: int, at: datetime
) -> tuple[Cart, str]:
    """Put goods in; what lies there already is added to. Without a cart one is made for `person`, or for
    a guest: then the second value is the secret for her cookie (else empty)."""
    variant = _sold_variant(variant_id, at)
    if not 1 <= quantity <= MOST_OF_ONE:
        raise UnableToAdd(_("Jumlahnya dari 1 sampai 9.999."), field="quantity")
    cart, secret = (cart, "") if cart else _new_cart(person, at)
    locked = Cart.objects.select_for_update().get(pk=cart.pk)
    line = locked.lines.filter(variant=variant).first()
    wanted = quantity + (line.quantity if line else 0)
    _check_can_be_had(variant, wanted, already=line.quantity if line else 0)
    if line:
        line.quantity, line.price_seen_rp = wanted, variant.price_rp
        line.save(update_fields=["quantity", "price_seen_rp"])
    else:
        if locked.lines.count() >= MOST_LINES:
            raise UnableToAdd(
                _("Keranjang sudah penuh (%(most)s macam barang). Pesan dulu yang ada.")
                % {"most": MOST_LINES}
            )
        CartLine.objects.create(cart=locked, variant=variant, quantity=wanted, price_seen_rp=variant.price_rp)
    _touch(locked, at)
    return locked, secret


@transaction.atomic
def change_quantity(*, cart: Cart, variant_id: int, quantity: int, at: datetime) -> None:
    """Nought takes the line out. A line that is not there stays away: it was taken out in another tab."""
    if quantity <= 0:
        take_out(cart=cart, variant_id=variant_id, at=at)
        return
    if quantity > MOST_OF_ONE:
        raise UnableToAdd(_("Jumlahnya dari 1 sampai 9.999."), field="quantity")
    line = cart.lines.select_related("variant__product").filter(variant_id=variant_id).first()
    if line is None:
        return
    if quantity > line.quantity:
        _check_can_be_had(line.variant, quantity, already=0)
    line.quantity, line.price_seen_rp = quantity, line.variant.price_rp
    line.save(update_fields=["quantity", "price_seen_rp"])
    _touch(cart, at)


@transaction.atomic
def take_out(*, cart: Cart, variant_id: int, at: datetime) -> None:
    cart.lines.filter(variant_id=variant_id).delete()
    _touch(cart, at)


@transaction.atomic
def take_what_is_left(*, cart: Cart, at: datetime) -> None:
    """Lower every line that wants more than there is to what can be had."""
    for line in contents_of(cart, at=at).lines:
        if line.problem == SHORT and line.most:
            cart.lines.filter(variant_id=line.variant_id).update(
                quantity=line.most, price_seen_rp=line.price_rp
            )
    _touch(cart, at)


@transaction.atomic
def merge_carts(*, guest_cart: Cart, person: Person, at: datetime) -> Cart:
    """On sign-in: what she collected as a guest joins her own cart, and the guest's cart is gone."""
    own = Cart.objects.filter(person=person).first()
    if own is None:
        guest_cart.person = person
        guest_cart.save(update_fields=["person"])
        return guest_cart
    mine = {line.variant_id: line for line in own.lines.all()}
    for line in guest_cart.lines.all():
        if there := mine.get(line.variant_id):
            there.quantity = min(there.quantity + line.quantity, MOST_OF_ONE)
            there.price_seen_rp = line.price_seen_rp
            there.save(update_fields=["quantity", "price_seen_rp"])
        else:
            line.cart = own
            line.save(update_fields=["cart"])
    guest_cart.delete()
    _touch(own, at)
    return own


def _sold_variant(variant_id: int, at: datetime) -> Variant:
    variant = (
        Variant.objects.select_related("product__shop")
        .filter(pk=variant_id, status=Variant.ACTIVE, product__status=PUBLISHED)
        .first()
    )
    if variant is None:
        raise UnableToAdd(_("Barang ini tidak dijual lagi. Cari yang lain di tokonya."))
    shop = variant.product.shop
    today = timezone.localdate(at)
    on_holiday = (
        shop.holiday_from_on
        and shop.holiday_until_on
        and (shop.holiday_from_on <= today <= shop.holiday_until_on)
    )
    if shop.status != SHOP_OPEN or on_holiday:
        raise UnableToAdd(_("Toko ini sedang tidak menerima pesanan. Coba lagi nanti."))
    return variant


def _check_can_be_had(variant: Variant, wanted: int, *, already: int) -> None:
    if wanted > MOST_OF_ONE:
        raise UnableToAdd(_("Jumlahnya dari 1 sampai 9.999."), field="quantity")
    if variant.product.supply == Product.MADE_TO_ORDER:
        most = variant.product.capacity_per_day
        if most is not None and wanted > most:
            raise UnableToAdd(
                _("Sehari paling banyak %(most)s yang bisa dibuat. Kurangi jumlahnya, atau tanya penjualnya.")
                % {"most": most},
                field="quantity",
            )
        return
    if wanted <= variant.available:
        return
    if variant.available <= 0:
        raise UnableToAdd(_("“%(name)s” sedang habis.") % {"name": variant.product.name}, field="quantity")
    words = {"name": variant.product.name, "left": variant.available, "already": already}
    raise UnableToAdd(
        _("“%(name)s” tinggal %(left)s, dan %(already)s sudah ada di keranjang Anda.") % words
        if already
        else _("“%(name)s” tinggal %(left)s. Kurangi jumlahnya.") % words,
        field="quantity",
    )


def _new_cart(person: Person | None, at: datetime) -> tuple[Cart, str]:
    secret = new_secret()
    if person is None:
        return Cart.objects.create(secret_hash=secret_hash(secret), updated_at=at), secret
    cart, _made = Cart.objects.get_or_create(
        person=person, defaults={"secret_hash": secret_hash(secret), "updated_at": at}
    )
    return cart, ""


def _touch(cart: Cart, at: datetime) -> None:
    Cart.objects.filter(pk=cart.pk).update(updated_at=at)
