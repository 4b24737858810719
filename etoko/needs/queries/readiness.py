"""Where businesses stand on the ladder, and what is missing for the next step: read from what happened in
their shops, a constant number of queries for any number of businesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etoko.catalog.models import PaymentOption, Product, ProductPhoto
from etoko.catalog.states import PUBLISHED, SHOP_DRAFT
from etoko.foundation.addresses import whole_address
from etoko.needs.ladder import (
    B2B,
    B2B_ORDER_RP,
    CATALOGUE,
    CATALOGUE_GOODS,
    DIGITAL_PAYMENT,
    MEANINGS,
    ONLINE_ORDERS,
    PHOTOS,
    STEPS,
    WHATSAPP_ONLY,
)
from etoko.needs.models import ReadinessStep
from etoko.needs.queries.needs import Words, villages_within
from etoko.ordering.models import Order
from etoko.ordering.states import COMPLETED
from etoko.payments.models import Payment
from etoko.people.access import within
from etoko.registry.models import ACTIVE, Business

PAGE_SIZE = 30
DIGITAL = (Payment.QRIS, Payment.TRANSFER, Payment.MIDTRANS)


@dataclass(frozen=True, slots=True)
class StepRow:
    step: int
    name: Words
    meaning: Words
    reached_at: datetime | None
    """Empty for one that was reached since last night, or not at all."""
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """The one thing to press for the next step."""

    words: str
    """What is missing."""
    label: str
    path: str
    icon: str
    shares: str = ""
    """The name of a shop to be shared instead: `path` is its whole address."""


@dataclass(frozen=True, slots=True)
class Ladder:
    step: int
    name: Words
    rows: list[StepRow]
    next: Deed | None
    """Empty: the last step is reached."""


@dataclass(frozen=True, slots=True)
class VillageSteps:
    code: str
    name: str
    counts: list[int]
    """How many businesses stand on each step, the lowest first."""
    total: int


@dataclass(frozen=True, slots=True)
class ClimberRow:
    public_id: str
    name: str
    village: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Climbers:
    rows: list[ClimberRow]
    total: int
    page: int
    last: int


def with_facts(businesses: QuerySet[Business]) -> QuerySet[Any]:
    """Each with the step it reached before (`reached`), and whether what the steps ask for happened."""
    goods = Product.objects.filter(shop__business=OuterRef("pk"), status=PUBLISHED).order_by()
    number = goods.values("shop__business").annotate(number=Count("pk")).values("number")
    sold = Order.objects.filter(shop__business=OuterRef("pk"), state=COMPLETED)
    paid = Payment.objects.filter(
        shop__business=OuterRef("pk"),
        kind=Payment.RECEIVED,
        method__in=DIGITAL,
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    return businesses.annotate(
        reached=_reached(),
        has_photo=Exists(goods.filter(photos__state=ProductPhoto.READY)),
        goods=Coalesce(Subquery(number, output_field=IntegerField()), Value(0)),
        sold_online=Exists(sold.filter(group__recorded_by__isnull=True)),
        paid_digitally=Exists(paid),
        sold_much=Exists(sold.filter(total_rp__gte=B2B_ORDER_RP)),
    )


def climbing(businesses: QuerySet[Business]) -> QuerySet[Any]:
    """Those for which the next step is fulfilled now."""
    return with_facts(businesses).filter(
        Q(reached=WHATSAPP_ONLY, has_photo=True)
        | Q(reached=PHOTOS, goods__gte=CATALOGUE_GOODS)
        | Q(reached=CATALOGUE, sold_online=True)
        | Q(reached=ONLINE_ORDERS, paid_digitally=True)
        | Q(reached=DIGITAL_PAYMENT, sold_much=True)
    )


def step_of(facts: Any) -> int:
    """How high it stands, by a row of `with_facts`. No step is jumped: a large order without a photo in the
    shop waits for the photo."""
    step: int = facts.reached
    while step < B2B and _is_fulfilled(facts, step + 1):
        step += 1
    return step


def ladder_of(business: Business) -> Ladder:
    """As it is at this moment: what she did since last night counts already."""
    own_ways = PaymentOption.objects.filter(shop__business=OuterRef("pk"), kind__in=DIGITAL)
    photos = ProductPhoto.objects.filter(product=OuterRef("pk"), state=ProductPhoto.READY)
    without = Product.objects.filter(~Exists(photos), shop__business=OuterRef("pk"), status=PUBLISHED)
    # By "pk" PostgreSQL would walk through the goods of all shops in that order.
    without = without.order_by("created_at", "pk")
    facts = (
        with_facts(Business.objects.filter(pk=business.pk))
        .annotate(
            shop_id=F("shop__public_id"),
            shop_slug=F("shop__slug"),
            shop_name=F("shop__name"),
            shop_status=F("shop__status"),
            offers_digital=Exists(own_ways),
            unpictured=Subquery(without.values("public_id")[:1]),
        )
        .get()
    )
    reached = dict(ReadinessStep.objects.filter(business=business).values_list("step", "reached_at"))
    step = step_of(facts)
    rows = [
        StepRow(one, name, MEANINGS[one], reached.get(one), is_reached=one <= step)
        for one, name in STEPS.items()
    ]
    return Ladder(step, STEPS[step], rows, _next_deed(facts, step + 1) if step < B2B else None)


def steps_of(businesses: Sequence[Business]) -> dict[int, int]:
    """{id of the business: its step}, as it is at this moment. One query."""
    found = with_facts(Business.objects.filter(pk__in=[one.pk for one in businesses]))
    return {facts.pk: step_of(facts) for facts in found}


def village_steps(codes: Sequence[str]) -> list[VillageSteps]:
    """How many businesses of each village stand on each step, as of last night: all its villages, also those
    in which nobody climbs."""
    asked = _counted(codes)
    total = dict(asked.order_by().values_list("area_id").annotate(Count("pk")))
    higher = ReadinessStep.objects.filter(business=OuterRef("business"), step__gt=OuterRef("step"))
    highest = ReadinessStep.objects.filter(~Exists(higher), business__in=asked).order_by()
    counted: dict[str, dict[int, int]] = {}
    for code, step, number in highest.values_list("business__area_id", "step").annotate(Count("pk")):
        counted.setdefault(code, {})[step] = number
    return [
        VillageSteps(code, name, _counts(total.get(code, 0), counted.get(code, {})), total.get(code, 0))
        for code, name in villages_within(codes)
    ]


def climbers(codes: Sequence[str], *, step: int, village: str = "", page: int = 1) -> Climbers:
    """Who stands on a step, as of last night, by name."""
    steps = ReadinessStep.objects.filter(business=OuterRef("pk"))
    found = _counted(codes).exclude(Exists(steps.filter(step__gt=step)))
    if step:
        found = found.filter(Exists(steps.filter(step=step)))
    if village:
        found = found.filter(within([village]))
    total = found.count()
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    rows = (
        found.annotate(since=Subquery(steps.filter(step=step).values("reached_at")))
        .order_by("name", "pk")
        .values_list("public_id", "name", "area__name", "since")
    )
    start = (page - 1) * PAGE_SIZE
    return Climbers([ClimberRow(*row) for row in rows[start : start + PAGE_SIZE]], total, page, last)


def _reached() -> Coalesce:
    steps = ReadinessStep.objects.filter(business=OuterRef("pk")).order_by()
    highest = steps.values("business").annotate(highest=Max("step")).values("highest")
    return Coalesce(Subquery(highest, output_field=IntegerField()), Value(WHATSAPP_ONLY))


def _counted(codes: Sequence[str]) -> QuerySet[Business]:
    """Whom the ladder counts: everybody who is in business, once."""
    return Business.objects.filter(within(list(codes)), status=ACTIVE, merged_into__isnull=True)


def _counts(total: int, counted: dict[int, int]) -> list[int]:
    return [total - sum(counted.values()), *(counted.get(step, 0) for step in STEPS if step)]


def _is_fulfilled(facts: Any, step: int) -> bool:
    return bool(
        {
            PHOTOS: facts.has_photo,
            CATALOGUE: facts.goods >= CATALOGUE_GOODS,
            ONLINE_ORDERS: facts.sold_online,
            DIGITAL_PAYMENT: facts.paid_digitally,
            B2B: facts.sold_much,
        }[step]
    )


def _next_deed(facts: Any, step: int) -> Deed:
    shop_id = facts.shop_id
    if not shop_id or facts.shop_status == SHOP_DRAFT:
        words = _("Belum ada toko. Buka satu: nama, nomor WhatsApp, dan satu produk dengan foto.")
        return Deed(words, _("Buka toko"), reverse("catalog:open_shop", args=[facts.public_id]), "store")
    if step == PHOTOS:
        return _show_a_photo(facts)
    if step == CATALOGUE:
        left = CATALOGUE_GOODS - facts.goods
        words = ngettext(
            "Jual %(num)s produk lagi, supaya pembeli bisa memilih.",
            "Jual %(num)s produk lagi, supaya pembeli bisa memilih.",
            left,
        ) % {"num": left}
        return Deed(words, _("Tambah produk"), reverse("catalog:new_product", args=[shop_id]), "plus")
    if step == ONLINE_ORDERS:
        words = _(
            "Belum ada pesanan yang dibuat sendiri oleh pembeli sampai selesai. Bagikan tautan toko ke status"
            " WhatsApp dan ke pelanggan."
        )
        path = whole_address(reverse("catalog:shop", args=[facts.shop_slug]))
        return Deed(words, _("Bagikan"), path, "share-2", shares=facts.shop_name)
    if step == DIGITAL_PAYMENT:
        return _be_paid_digitally(facts)
    words = _(
        "Belum ada pesanan selesai senilai Rp1.000.000 atau lebih. Tulis di cerita toko berapa banyak yang"
        " bisa dibuat dan berapa lama, supaya kantor, hotel, dan toko berani memesan."
    )
    path = reverse("catalog:settings_section", args=[shop_id, "nama"])
    return Deed(words, _("Tulis di cerita toko"), path, "pencil")


def _show_a_photo(facts: Any) -> Deed:
    if not facts.unpictured:
        words = _("Belum ada produk yang dijual. Foto satu barang, tulis harganya, lalu jual.")
        return Deed(words, _("Tambah produk"), reverse("catalog:new_product", args=[facts.shop_id]), "camera")
    path = reverse("catalog:edit_product", args=[facts.shop_id, facts.unpictured])
    words = _("Produknya belum berfoto. Foto dari HP sudah cukup.")
    return Deed(words, _("Tambah foto"), path, "camera")


def _be_paid_digitally(facts: Any) -> Deed:
    if facts.offers_digital:
        words = _(
            "Pembeli sudah bisa membayar dengan QRIS atau transfer. Begitu uangnya masuk, catat di pesanan."
        )
        path = reverse("ordering:seller_day", args=[facts.shop_id])
        return Deed(words, _("Lihat pesanan"), path, "package")
    words = _("Toko ini baru menerima tunai. Pasang QRIS atau nomor rekening.")
    path = reverse("catalog:settings_section", args=[facts.shop_id, "pembayaran"])
    return Deed(words, _("Pasang cara bayar"), path, "qr-code")
