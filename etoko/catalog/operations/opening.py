"""Whether a shop is open: by the will of its owner, by its checklist, by an officer."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog import queries
from etoko.catalog.access import Overseeing, Selling
from etoko.catalog.facts import ShopChanged, ShopStarted
from etoko.catalog.models import DeliveryOption, PaymentOption, Shop
from etoko.catalog.states import CHECKLIST, OFFICER, SELLER, SHOP_FLOW, SHOP_INCOMPLETE, SHOP_OPEN
from etoko.foundation.effects import announce
from etoko.foundation.problems import UnableTo
from etoko.registry.access import Acting
from etoko.registry.models import CLOSED, Business
from etoko.registry.operations.consenting import BY_KADER, BY_SELF, set_consents

# First words of addresses below /toko/ that are no shops.
_TAKEN_SLUGS = frozenset({"buka"})


class UnableToOpenShop(UnableTo):
    pass


@transaction.atomic
def start_shop(*, acting: Acting, name: str, story: str = "", at: datetime) -> Shop:
    """A shop that is not open yet, paid in cash and with goods fetched: so it can be valid at once.

    A business has one shop: started a second time, from another tab, the first one is given back.
    """
    business = Business.objects.select_for_update().get(pk=acting.business.pk)
    existing = Shop.objects.select_related("business__area", "area").filter(business=business).first()
    if existing is not None:
        return existing
    shop = Shop(
        business=business,
        name=name,
        story=story,
        area_id=business.area_id,
        created_by=acting.person,
    )
    shop.slug = _free_slug(name, shop.public_id)
    shop.save()
    PaymentOption.objects.create(shop=shop, kind=PaymentOption.CASH)
    DeliveryOption.objects.create(shop=shop, kind=DeliveryOption.PICKUP)
    record_deed(
        deed="start_shop",
        subject=shop,
        by=acting.person,
        for_name=acting.for_name,
        at=at,
        area_code=shop.area_id,
        changes={"name": ("", name), "story": ("", story)},
    )
    announce(ShopStarted(shop.pk, acting, at))
    return shop


@transaction.atomic
def let_be_shown(*, selling: Selling, at: datetime, text_version: str = "") -> None:
    """The owner agrees that her business, its products and its WhatsApp number are seen by everybody, in the
    words of `text_version` (empty: those of now)."""
    consents = queries.consents_in_force(selling.shop)
    set_consents(
        business=selling.acting.business,
        shown=consents | queries.SHOWN_WITH_A_SHOP,
        how=BY_KADER if selling.acting.is_assisting else BY_SELF,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        text_version=text_version,
    )


@transaction.atomic
def open_shop(*, selling: Selling, at: datetime) -> Shop:
    """Raises UnableToOpenShop with what is missing, or UnableToMove where the table has no such move."""
    shop = Shop.objects.select_for_update(of=("self",)).select_related("business").get(pk=selling.shop.pk)
    if shop.business.status == CLOSED:
        raise UnableToOpenShop(
            _("Usaha ini tercatat tutup. Buka lagi dulu di data usahanya, atau tanya kader desa Anda.")
        )
    missing = queries.missing_of(shop)
    if missing:
        raise UnableToOpenShop(
            _("Toko belum bisa dibuka. Masih kurang: %(points)s.") % {"points": queries.names_of(missing)}
        )
    before = selling.shop.status
    shop = SHOP_FLOW.make_move(selling.shop, "open", parties=[SELLER])
    if shop.opened_at is None:
        shop.opened_at = at
        shop.save(update_fields=["opened_at"])
    _record(shop, "open_shop", before, selling=selling, at=at)
    return shop


@transaction.atomic
def close_shop(*, selling: Selling, at: datetime) -> Shop:
    before = selling.shop.status
    shop = SHOP_FLOW.make_move(selling.shop, "close", parties=[SELLER])
    _record(shop, "close_shop", before, selling=selling, at=at)
    return shop


@transaction.atomic
def suspend_shop(*, overseeing: Overseeing, reason: str, at: datetime) -> Shop:
    before = overseeing.shop.status
    shop = SHOP_FLOW.make_move(overseeing.shop, "suspend", parties=[OFFICER], reason=reason)
    shop.status_reason = reason.strip()
    shop.save(update_fields=["status_reason"])
    _record(shop, "suspend_shop", before, overseeing=overseeing, at=at, reason=reason.strip())
    return shop


@transaction.atomic
def reinstate_shop(*, overseeing: Overseeing, at: datetime) -> Shop:
    """It stays closed: whether it opens again is the owner's to say."""
    before = overseeing.shop.status
    shop = SHOP_FLOW.make_move(overseeing.shop, "reinstate", parties=[OFFICER])
    shop.status_reason = ""
    shop.save(update_fields=["status_reason"])
    _record(shop, "reinstate_shop", before, overseeing=overseeing, at=at)
    return shop


def follow_checklist(*, shop: Shop, at: datetime) -> None:
    """To be called in every deed that can make a point of the checklist go or come.

    An open shop that lacks something is shown as incomplete; once it lacks nothing it is open again,
    since that is what its owner wanted.
    """
    locked = Shop.objects.select_for_update().get(pk=shop.pk)
    _move_by_checklist(locked, at)
    # Last: who answers must find the shop in the state that it ends in.
    announce(ShopChanged(locked.pk))


def _move_by_checklist(locked: Shop, at: datetime) -> None:
    if locked.status not in (SHOP_OPEN, SHOP_INCOMPLETE):
        return
    missing = queries.missing_of(locked)
    move = "fall_short" if missing else "complete"
    if not SHOP_FLOW.allows(locked.status, move, [CHECKLIST]):
        return
    before = locked.status
    moved = SHOP_FLOW.make_move(locked, move, parties=[CHECKLIST])
    record_deed(
        deed=move,
        subject=moved,
        by=None,
        at=at,
        area_code=moved.area_id,
        changes={"status": (before, moved.status)},
        reason=", ".join(missing),
    )


def _record(
    shop: Shop,
    deed: str,
    before: str,
    *,
    at: datetime,
    selling: Selling | None = None,
    overseeing: Overseeing | None = None,
    reason: str = "",
) -> None:
    who = selling or overseeing
    record_deed(
        deed=deed,
        subject=shop,
        by=who.person if who else None,
        for_name=selling.for_name if selling else "",
        at=at,
        area_code=shop.area_id,
        changes={"status": (before, shop.status)},
        reason=reason,
    )
    announce(ShopChanged(shop.pk))


def _free_slug(name: str, public_id: str) -> str:
    """An address from the name; with a tail where another shop has it already."""
    slug = slugify(name)[:60].strip("-") or "toko"
    if slug in _TAKEN_SLUGS or Shop.objects.filter(slug=slug).exists():
        return f"{slug}-{public_id[:6]}"
    return slug
