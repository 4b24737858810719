"""What the shop does when its business closes."""

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.catalog.facts import ShopChanged
from etoko.catalog.models import Shop
from etoko.catalog.states import REGISTER, SHOP_FLOW
from etoko.foundation.effects import announce
from etoko.registry.facts import BusinessClosed


@transaction.atomic
def follow_closing(*, fact: BusinessClosed) -> None:
    """An open shop closes with its business: no new orders. Those that are under way are finished as ever."""
    shop = Shop.objects.filter(business_id=fact.business_id).first()
    if shop is None or not SHOP_FLOW.allows(shop.status, "close", [REGISTER]):
        return
    before = shop.status
    shop = SHOP_FLOW.make_move(shop, "close", parties=[REGISTER])
    record_deed(
        deed="close_shop_with_business", subject=shop, by=None, at=fact.at, area_code=shop.area_id,
        changes={"status": (before, shop.status)},
    )  # fmt: skip
    announce(ShopChanged(shop.pk))
