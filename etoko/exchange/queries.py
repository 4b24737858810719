"""What other sites read of us: goods and businesses that are public anyway, as plain rows."""

from dataclasses import dataclass
from typing import Any

from etoko.catalog.models import Product
from etoko.catalog.queries_cards import Card, cards_of
from etoko.catalog.search.finding import NEWEST, After, Filters, find
from etoko.catalog.search.understanding import Understood
from etoko.foundation.addresses import whole_address
from etoko.places.models import VILLAGE, Area
from etoko.registry.queries.published import published

PER_PAGE = 50


@dataclass(frozen=True)
class Goods:
    cards: list[Card]
    next: str
    """`setelah` of the next page; empty on the last."""


def goods(village: str, *, after: str = "", most: int = PER_PAGE) -> Goods:
    """The newest first. Three queries."""
    start = After.read(after) if after else None
    found = find(Understood(""), Filters(area=village), order=NEWEST, after=start, most=most)
    rows = cards_of(Product.objects.filter(pk__in=found.refs), order=found.refs)
    return Goods([card for _pk, card in rows], str(found.next) if found.next else "")


def goods_feed(village: str, *, after: str) -> dict[str, Any]:
    page = goods(village, after=after)
    return {"produk": [_product(card) for card in page.cards], "setelah": page.next}


def businesses_feed(village: str, *, after: str) -> dict[str, Any]:
    """Those whose owner agreed to be listed, by name; of each only name, kind, goods and village."""
    rows = published(village, after=after, most=PER_PAGE + 1)
    shown = rows[:PER_PAGE]
    return {
        "usaha": [
            {
                "nama": business.name,
                "jenis": str(business.kind),
                "produk": ", ".join(business.products),
                "desa": {"kode": business.area_code, "nama": business.place},
                "alamat": whole_address(f"/usaha/{business.public_id}/"),
                "toko": whole_address(business.shop_path) if business.shop_path else None,
            }
            for business in shown
        ],
        "setelah": shown[-1].cursor if len(rows) > PER_PAGE else "",
    }


def village_of(code: str) -> Area | None:
    return Area.objects.filter(code=code, level=VILLAGE).first() if code else None


def _product(card: Card) -> dict[str, Any]:
    picture = card.picture
    return {
        "nama": card.name,
        "harga_rp": card.price_rp,
        "harga_sampai_rp": card.price_to_rp,
        "satuan": card.unit,
        "tersedia": not card.gone,
        "penjual": card.seller,
        "desa": card.place,
        "gambar": whole_address(picture.src) if picture else None,
        "alamat": whole_address(card.href),
    }
