"""Sample reviews of completed orders: varied, mostly kind, some with a reply, one reported, one hidden."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from etoko.catalog.access import Selling
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.states import COMPLETED
from etoko.people.models import Person
from etoko.registry.access import Acting, people_of_businesses
from etoko.reviews.access import Moderating
from etoko.reviews.models import Review
from etoko.reviews.operations import hide_review, reply_to_review, report_review, write_review

COUNT = 150
_WEIGHTS = {5: 46, 4: 34, 3: 12, 2: 5, 1: 3}
_OF_GOODS = {
    5: (
        "Enak, pas di lidah. Anak-anak minta lagi.",
        "Persis seperti di foto, rapi dan bersih.",
        "Sudah tiga kali pesan, rasanya selalu sama.",
        "Buatannya halus. Terima kasih, Bu.",
        "Baru datang langsung habis di arisan.",
        "Harganya pantas untuk yang sebagus ini.",
        "",
    ),
    4: (
        "Bagus, cuma kemasannya kurang rapat.",
        "Enak. Kalau bisa ada ukuran yang lebih besar.",
        "Sesuai pesanan, sedikit lama menunggu.",
        "Rasanya mantap, agak asin buat saya.",
        "",
    ),
    3: ("Lumayan, tapi ada yang remuk.", "Biasa saja, tidak seistimewa fotonya.", "Lebih kecil dari dugaan."),
    2: ("Sebagian sudah melempem waktu dibuka.", "Warnanya beda dari yang di foto."),
    1: ("Yang datang bukan yang saya pesan.", "Sudah lewat tanggal. Mohon dicek lagi."),
}  # fmt: skip
_OF_SELLERS = {
    5: ("Ramah dan cepat menjawab.", "Barangnya disiapkan tepat waktu.", "Ibunya baik, diberi bonus satu."),
    4: ("Enak diajak bicara, agak lambat membalas WhatsApp.", "Baik. Tempatnya agak susah dicari."),
    3: ("Menunggu sehari baru dijawab.", ""),
    2: ("Jam bukanya tidak sesuai yang tertulis.",),
    1: ("Sudah ke sana, tokonya tutup tanpa kabar.",),
}
_REPLIES = {
    5: ("Terima kasih banyak, Bu. Ditunggu pesanan berikutnya.", "Alhamdulillah, senang mendengarnya."),
    4: ("Terima kasih masukannya, kemasannya kami perbaiki.", "Siap, Bu. Ukuran besar menyusul."),
    3: ("Maaf ya, nanti kami kemas lebih rapi.", "Terima kasih, jadi bahan perbaikan kami."),
    2: ("Mohon maaf. Silakan hubungi kami, kami ganti yang baru.",),
    1: ("Mohon maaf sebesar-besarnya. Sudah kami hubungi lewat WhatsApp.",),
}


def review_samples(*, people: Mapping[str, Person], now: datetime) -> int:
    """About COUNT reviews, of goods and of sellers; always the same."""
    random = Random(150)
    orders = list(
        Order.objects.filter(state=COMPLETED).select_related("shop__business", "group__buyer").order_by("pk")
    )
    lines: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in OrderLine.objects.filter(order__in=orders).select_related("variant"):
        lines[line.order_id].append(line)
    keepers = people_of_businesses([order.shop.business_id for order in orders])
    loved = {
        order.shop_id
        for order in orders
        if {people["Rahma"], people["Herman"]} & {*keepers.get(order.shop.business_id, ())}
    }
    made: list[Review] = []
    for order in orders:
        if len(made) >= COUNT or random.random() < 0.25:
            continue
        about: list[OrderLine | None] = [line for line in lines[order.pk] if random.random() < 0.7]
        for subject in [*about, *([None] if random.random() < 0.35 else [])]:
            review = _write(order, subject, now, random, least=4 if order.shop_id in loved else 1)
            made.append(review)
            if (known := keepers.get(order.shop.business_id)) and random.random() < 0.6:
                _reply(review, known[0], now, random)
    _look_at(made, people, now)
    return len(made)


def _write(order: Order, line: OrderLine | None, now: datetime, random: Random, *, least: int) -> Review:
    stars = max(least, random.choices(list(_WEIGHTS), weights=list(_WEIGHTS.values()))[0])
    return write_review(
        order=order,
        line=line,
        stars=stars,
        text=random.choice((_OF_GOODS if line else _OF_SELLERS)[stars]),
        naming=Review.NAMED if random.random() < 0.6 else Review.UNNAMED,
        by=order.group.buyer,
        at=min(now, order.changed_at + timedelta(hours=random.randint(2, 90))),
    )


def _reply(review: Review, keeper: Person, now: datetime, random: Random) -> None:
    shop = review.order.shop
    reply_to_review(
        selling=Selling(shop, Acting(shop.business, keeper, is_assisting=False)),
        review=review,
        text=random.choice(_REPLIES[review.stars]),
        at=min(now, review.created_at + timedelta(hours=random.randint(1, 30))),
    )


def _look_at(made: list[Review], people: Mapping[str, Person], now: datetime) -> None:
    """An unkind one is reported and waits; an advertisement is hidden."""
    unkind = next((review for review in reversed(made) if review.stars <= 2 and review.text), made[-1])
    report_review(review=unkind, reason="Bukan tentang barang atau penjual ini", by=people["Rahma"], at=now)
    silent = next((review for review in made if not review.text), made[0])
    advertisement = write_review(
        order=silent.order,
        line=silent.line,
        stars=5,
        text="Jual pulsa dan token listrik murah, langsung hubungi saya.",
        by=None,
        at=silent.created_at + timedelta(hours=1),
    )
    hide_review(moderating=Moderating(advertisement, people["Dedi"]), reason="Iklan atau penipuan", at=now)
