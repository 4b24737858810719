"""Shops with goods, put there as a move from elsewhere would, and indexed."""

from datetime import timedelta
from typing import Any

from etoko.catalog.models import Category, Product, Shop, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, receive_stock
from etoko.catalog.search.operations import reindex_everything
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.places.models import Area
from etoko.registry.models import Business
from tests.cast import NOW


class Market:
    def __init__(self, villages: dict[str, Area]) -> None:
        self.villages = villages
        self.food = Category.objects.get_or_create(slug="pangan", defaults={"name": "Pangan"})[0]
        self.kinds = {
            slug: Category.objects.get_or_create(
                slug=f"t-{slug}", defaults={"name": name, "parent": self.food}
            )[0]
            for slug, name in (("kering", "Camilan kering"), ("topi", "Topi"))
        }
        self.rahma = self.shop("Dapur Rahma", "Taban")
        self.herman = self.shop("Anyaman Herman", "Kutruk", hours={"1": ["17.00", "01.00"]})

    def shop(self, name: str, village: str, hours: Any = None, status: str = SHOP_OPEN) -> Shop:
        business = Business.objects.create(name=name, search_name=name.lower(), area=self.villages[village])
        return Shop.objects.create(
            business=business,
            slug=name.lower().replace(" ", "-"),
            name=name,
            area=self.villages[village],
            whatsapp="+6281210000001",
            hours=hours if hours is not None else {str(day): ["08.00", "17.00"] for day in range(6)},
            status=status,
            opened_at=NOW,
        )

    def product(
        self, name: str, shop: Shop, price_rp: int = 10_000, kind: str = "kering", text: str = ""
    ) -> Product:
        product = Product.objects.create(
            shop=shop,
            slug="x",
            name=name,
            description=text,
            category=self.kinds[kind],
            area_code=shop.area_id,
            unit="bungkus",
            status=PUBLISHED,
            price_from_rp=price_rp,
            price_to_rp=price_rp,
        )
        Product.objects.filter(pk=product.pk).update(created_at=NOW + timedelta(minutes=product.pk))
        variant = Variant.objects.create(product=product, price_rp=price_rp)
        receive_stock(quantities={variant.pk: 5}, cause=Cause(StockMovement.FORM), at=NOW)
        return product

    @classmethod
    def with_goods(cls, villages: dict[str, Area]) -> "Market":
        market = cls(villages)
        market.product("Kerupuk Udang", market.rahma, 12_000)
        market.product("Krupuk Kulit Pedas", market.rahma, 15_000)
        market.product("Keripik Pisang", market.rahma, 9_000, text="Lebih renyah dari kerupuk")
        market.product("Topi Anyaman Bambu", market.herman, 45_000, "topi")
        market.product("Kopiah Hitam", market.herman, 60_000, "topi")
        market.product("Ikan Asin Peda", market.rahma, 30_000)
        reindex_everything()
        return market
