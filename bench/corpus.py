"""Invented goods in numbers, for measuring: 20,000 products of 1,000 shops, or as many as are asked for.

    python manage.py migrate && python -m bench.corpus --products 20000 --shops 1000

The words are drawn with a fixed seed and as unevenly as people use them: some stand in thousands of
names, most in a few. Everything is put in by hundreds and indexed once at the end.
"""

import argparse
import os
import random
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product as crossed

FIRST = (
    "Kerupuk Keripik Emping Rempeyek Opak Dodol Kue Nastar Bolu Tempe Tahu Abon Sambal Kopi Teh Madu Jamu"
    " Sirup Topi Tas Tikar Besek Keranjang Batik Kebaya Mukena Sarung Kerudung Sandal Dompet Gantungan"
    " Kursi Meja Rak Pot Bibit Pupuk Telur Bandeng Lele Bakso Cilok Sirup Wajik Lemper Peci Bantal Sabun"
).split()
SECOND = (
    "Udang Pisang Singkong Melinjo Kacang Bawang Ikan Ayam Sapi Jahe Kelapa Gula Beras Ketan Ubi Nangka"
    " Durian Bambu Rotan Pandan Kain Kulit Kayu Rajut Bordir Mawar Melati Kenanga Cokelat Keju Susu"
).split()
THIRD = "Pedas Manis Asin Gurih Original Renyah Premium Jumbo Mini Kiloan Asli Kampung Mentah Goreng".split()
TELLING = "Dibuat sendiri di rumah setiap hari, tanpa bahan pengawet, cocok untuk oleh-oleh dan hajatan."
SYLLABLES = ["".join(pair) for pair in crossed("bcdgjklmnprstw", "aeiou")]


def fill(*, products: int, shops: int, seed: int = 7) -> None:
    """Only into an empty catalogue. All shops are open and complete, so that checkouts can be measured."""
    from django.conf import settings
    from django.db import transaction

    from etoko.catalog.categories import load_categories
    from etoko.catalog.models import Category, Product, Shop
    from etoko.catalog.search.operations import reindex_everything
    from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE, Area
    from etoko.places.names import search_name

    if Product.objects.exists():
        raise SystemExit("There are products already: measure in a data folder of its own.")
    draw = random.Random(seed)
    with transaction.atomic():
        load_categories()
        code = settings.HOME_AREA
        parent = None
        for level, part in ((PROVINCE, code[:2]), (REGENCY, code[:5]), (DISTRICT, code)):
            parent, _made = Area.objects.get_or_create(
                code=part,
                defaults={
                    "name": f"Wilayah {part}",
                    "level": level,
                    "kind": "kecamatan",
                    "parent": parent,
                    "search_name": search_name(part),
                },
            )
        if not Area.objects.filter(parent=parent, level=VILLAGE).exists():
            Area.objects.bulk_create(
                Area(
                    code=f"{code}.{2001 + number}",
                    name=f"Desa {_rare_word(draw).capitalize()}",
                    level=VILLAGE,
                    kind="desa",
                    parent=parent,
                    search_name=f"desa{number}",
                )
                for number in range(10)
            )
        villages = list(Area.objects.filter(parent=parent, level=VILLAGE))
        leaves = list(Category.objects.filter(parent__isnull=False))
        made = _shops(shops, villages, draw)
        for start in range(0, products, 5_000):
            _goods(start, min(5_000, products - start), made, leaves, draw)
    reindex_everything()
    assert Shop.objects.count() == shops


def _shops(shops: int, villages: list, draw: random.Random) -> list:  # type: ignore[type-arg]
    from etoko.catalog.models import DeliveryOption, PaymentOption, Shop
    from etoko.catalog.states import SHOP_OPEN
    from etoko.registry.models import Business

    now = datetime.now(UTC)
    hours = {str(day): ["00.00", "23.59"] for day in range(7)}
    names = [f"{draw.choice(FIRST)} {_rare_word(draw).capitalize()}" for _number in range(shops)]
    businesses = Business.objects.bulk_create(
        [
            Business(name=name, search_name=name.lower(), area=villages[number % len(villages)])
            for number, name in enumerate(names)
        ],
        batch_size=500,
    )
    made = Shop.objects.bulk_create(
        [
            Shop(
                business=business,
                slug=f"toko-{number}",
                name=business.name,
                story=TELLING,
                area=business.area,
                whatsapp="+6281210000001",
                hours=hours,
                status=SHOP_OPEN,
                opened_at=now,
            )
            for number, business in enumerate(businesses)
        ],
        batch_size=500,
    )
    PaymentOption.objects.bulk_create(
        [PaymentOption(shop=shop, kind=PaymentOption.CASH) for shop in made], batch_size=500
    )
    DeliveryOption.objects.bulk_create(
        [DeliveryOption(shop=shop, kind=DeliveryOption.PICKUP) for shop in made], batch_size=500
    )
    return made


def _goods(start: int, many: int, shops: list, leaves: list, draw: random.Random) -> None:  # type: ignore[type-arg]
    from django.db import connection
    from django.utils.text import slugify

    from etoko.catalog.models import Product, Variant
    from etoko.catalog.states import PUBLISHED

    now = datetime.now(UTC)
    goods = []
    for number in range(start, start + many):
        # The square makes the first words of the list frequent and the last ones rare.
        words = [part[int(draw.random() ** 2 * len(part))] for part in (FIRST, SECOND, THIRD)]
        name = f"{' '.join(words)} {_rare_word(draw).capitalize()}"
        price_rp = draw.randrange(2, 200) * 500
        shop = shops[number % len(shops)]
        goods.append(
            Product(
                shop=shop,
                slug=slugify(name),
                name=name,
                description=f"{TELLING} {_rare_word(draw)} {draw.choice(SECOND)}",
                category=leaves[int(draw.random() ** 2 * len(leaves))],
                area_code=shop.area_id,
                unit="bungkus",
                status=PUBLISHED,
                price_from_rp=price_rp,
                price_to_rp=price_rp,
            )
        )
    made = Product.objects.bulk_create(goods, batch_size=400)
    # `auto_now_add` overrules what was given: the ages are written afterwards.
    ages = [(now - timedelta(minutes=start + at), product.pk) for at, product in enumerate(made)]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE catalog_product SET created_at = %s WHERE id = %s", ages)
    Variant.objects.bulk_create(
        [
            Variant(
                product=product, price_rp=product.price_from_rp, on_hand=1_000_000, amount=250, measure="g"
            )
            for product in made
        ],
        batch_size=500,
    )


def _rare_word(draw: random.Random) -> str:
    """One of 15,000: as many words as people really use for goods."""
    return draw.choice(_rare_words())


@cache
def _rare_words() -> list[str]:
    draw = random.Random(11)
    return ["".join(draw.choice(SYLLABLES) for _syllable in range(3)) for _word in range(15_000)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--shops", type=int, default=1_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
    import django

    django.setup()
    began = time.monotonic()
    fill(products=asked.products, shops=asked.shops)
    print(f"{asked.products} products of {asked.shops} shops in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
