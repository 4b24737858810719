"""Sample shops and goods, made through the doors that sellers and kader use."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from random import Random

from etoko.catalog.access import Selling
from etoko.catalog.categories import suggest_categories
from etoko.catalog.hours import QUICK
from etoko.catalog.models import Category, DeliveryOption, PaymentOption, Product, ProductPhoto, Shop
from etoko.catalog.operations import opening, selling, settings
from etoko.catalog.operations.qris import set_qris
from etoko.catalog.photos import Upload, copy_photo, keep_photo, make_modern_formats, photo_as_json
from etoko.demo.businesses import Sample
from etoko.demo.goods import TRADES, Good
from etoko.demo.pictures import draw_picture
from etoko.foundation.qris import NATIONAL, Qris, nested_of, payload_of, read_qris
from etoko.people.models import Person
from etoko.registry.access import Acting
from etoko.registry.states import VERIFIED

SHOPS = 120
PRODUCTS = 800
_ALSO = ("Super", "Istimewa", "Rumahan", "Spesial", "Pilihan", "Hemat", "Keluarga", "Asli Jambe")


def open_samples(*, samples: Sequence[Sample], now: datetime, random: Random) -> list[Shop]:
    """120 open shops with 800 products between them; the last is on holiday."""
    able = [s for s in samples if s.trade.goods and s.business.verification == VERIFIED]
    able = [*able[:2], *random.sample(able[2:], SHOPS - 2)]
    doing = Opening(now=now, random=random)
    shops = [doing.open(sample, PRODUCTS // SHOPS + (i < PRODUCTS % SHOPS)) for i, sample in enumerate(able)]
    for i in (0, 1, *range(2, SHOPS, 3)):
        qris = _sample_qris(shops[i].name, i + 1)
        set_qris(selling=_who(able[i], shops[i]), qris=qris, image="", at=now - timedelta(days=90))
    settings.set_holiday(
        selling=_who(able[-1], shops[-1]),
        from_on=now.date(),
        until_on=(now + timedelta(days=9)).date(),
        note="Pulang kampung",
        at=now,
    )
    return shops


class Pictures:
    """Each good is drawn once; every product of it gets the picture under a name of its own."""

    def __init__(self, goods: Sequence[Good]) -> None:
        signs = dict.fromkeys(good.sign for good in goods)
        # Compressing leaves Python's lock free: it goes on while the shops are opened.
        pool = ThreadPoolExecutor(2)
        self._drawn = {sign: pool.submit(_draw, sign, ground) for ground, sign in enumerate(signs)}
        pool.shutdown(wait=False)

    def hang(self, product: Product, good: Good) -> None:
        upload = copy_photo(self._drawn[good.sign].result())
        photo = ProductPhoto.objects.create(
            product=product,
            key=upload.key,
            width=upload.width,
            height=upload.height,
            alt=product.name,
            state=ProductPhoto.READY,
        )
        product.photo = photo_as_json(photo)
        product.save(update_fields=["photo"])


def _draw(sign: str, ground: int) -> Upload:
    upload = keep_photo(BytesIO(draw_picture(sign, ground)))
    make_modern_formats(upload.key, upload.width)
    return upload


def _who(sample: Sample, shop: Shop) -> Selling:
    """The owner where she has an account, else the kader who verified her business and helps her."""
    business = sample.business
    owner = business.owners.first()
    person: Person | None = owner.person if owner else None
    helper = business.verified_by
    acting = Acting(business, person or helper, is_assisting=person is None)  # type: ignore[arg-type]
    return Selling(shop, acting)


class Opening:
    """What it takes to open one sample shop after the other."""

    def __init__(self, *, now: datetime, random: Random) -> None:
        self.now, self.random = now, random
        self.pictures = Pictures([good for trade in TRADES for good in trade.goods])
        self.categories = {category.slug: category for category in Category.objects.all()}

    def open(self, sample: Sample, count: int) -> Shop:
        """A shop opened about a year ago, whose shelves have filled since."""
        random, business = self.random, sample.business
        at = self.now - timedelta(days=random.randint(370, 390), minutes=random.randint(0, 600))
        acting = _who(sample, Shop()).acting
        shop = opening.start_shop(acting=acting, name=business.name, story=sample.trade.story, at=at)
        who = _who(sample, shop)
        hours = QUICK[random.choice(list(QUICK))][1]
        settings.set_contact(selling=who, whatsapp=sample.phone, hours=hours, at=at)
        if random.random() < 0.6:
            self._take_transfers(who, at)
        if random.random() < 0.7:
            self._deliver(who, at)
        for i in range(count):
            self._sell(who, sample.trade.goods, i, at if i == 0 else at + (self.now - at) * random.random())
        shop.refresh_from_db()
        opening.open_shop(selling=_who(sample, shop), at=at)
        return shop

    def _take_transfers(self, who: Selling, at: datetime) -> None:
        transfer = settings.Payment(
            kind=PaymentOption.TRANSFER,
            bank=self.random.choice(["BRI", "BCA", "Mandiri", "BNI"]),
            account_number=str(self.random.randint(10**9, 10**10 - 1)),
            account_name=who.shop.name[:60],
        )
        cash = settings.Payment(kind=PaymentOption.CASH)
        settings.set_payment_options(selling=who, payments=[cash, transfer], at=at)

    def _deliver(self, who: Selling, at: datetime) -> None:
        fee_rp = self.random.choice([3_000, 5_000, 7_000])
        fees_rp = {f"36.03.04.{code}": fee_rp for code in range(2001, 2011)} | {who.shop.area_id: 0}
        kinds = [DeliveryOption.PICKUP, DeliveryOption.SELLER]
        settings.set_delivery_options(selling=who, kinds=kinds, fees_rp=fees_rp, at=at)

    def _sell(self, who: Selling, goods: Sequence[Good], i: int, at: datetime) -> None:
        random, good, round_ = self.random, goods[i % len(goods)], i // len(goods)
        name = f"{good.name} {_ALSO[(round_ - 1 + i) % len(_ALSO)]}" if round_ else good.name
        price_rp = round(good.price_rp * random.choice([0.9, 1, 1, 1.1, 1.2]) / 500) * 500
        product = selling.add_product(
            selling=who,
            name=name,
            category=self.categories[_category_of(good)],
            unit=good.unit,
            offers=_offers(good, price_rp, random),
            supply=Product.MADE_TO_ORDER if good.lead_days else Product.STOCK,
            lead_days=good.lead_days,
            capacity_per_day=good.capacity_per_day,
            description=good.about,
            at=at,
        )
        # One in ten has no photo yet, as in life: the weave stands in.
        if random.random() < 0.9:
            self.pictures.hang(product, good)


@cache
def _category_of(good: Good) -> str:
    suggested = suggest_categories(good.name) or suggest_categories(good.about) or ["jasa-lain"]
    return suggested[0]


def _sample_qris(shop: str, number: int) -> Qris:
    """Nobody can pay it: no bank has this number, and the name says that it is a sample."""
    account = [("00", "ID.CONTOH.WWW"), ("01", f"93600000{number:010d}"), ("03", "UMI")]
    national = [("00", NATIONAL), ("02", f"ID{number:013d}"), ("03", "UMI")]
    parts = [
        ("00", "01"),
        ("01", "11"),
        ("26", nested_of(account)),
        ("51", nested_of(national)),
        ("52", "5499"),
        ("53", "360"),
        ("58", "ID"),
        ("59", f"CONTOH {shop.upper()}"[:25].strip()),
        ("60", "KAB TANGERANG"),
    ]
    return read_qris(payload_of(parts))


def _offers(good: Good, price_rp: int, random: Random) -> list[selling.Offer]:
    def stock() -> int:
        return 0 if good.lead_days else random.choice([0, 4, 12, 20, 25, 40, 60, 100])

    if good.sizes:
        return [
            selling.Offer(
                price_rp=size_rp,
                name=name,
                amount=Decimal(amount) if amount else None,
                measure="g" if amount else "",
                on_hand=stock() + 10,
            )
            for name, amount, size_rp in good.sizes
        ]
    amount = Decimal(good.amount) if good.amount else None
    return [
        selling.Offer(price_rp=price_rp, name=taste, amount=amount, measure=good.measure, on_hand=stock())
        for taste in good.tastes or ("",)
    ]
