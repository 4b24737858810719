"""What would become of each seller and each of her goods, as things stand now. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from etoko.catalog.models import Product, Shop
from etoko.catalog.states import ARCHIVED
from etoko.exchange.models import LapakGoods
from etoko.exchange.opensid.reading import Goods, Lapak, Seller
from etoko.foundation.tables.reading import Table
from etoko.people.access import may
from etoko.people.models import Person
from etoko.people.roles import ASSIST_SELLERS
from etoko.places.models import Area
from etoko.registry.importing.cells import read_phones
from etoko.registry.importing.columns import Column, fingerprint
from etoko.registry.models import ACTIVE, Business, BusinessPhone
from etoko.registry.operations.previewing import Upload, preview

NEW, MATCHED, RETURNED = "new", "matched", "returned"
_FIELDS = ("name", "owner", "phone", "latitude", "longitude", "source_ref", "products")
_HEADERS = ["nama usaha", "pemilik", "telepon", "lintang", "bujur", "nomor sumber", "produk"]


@dataclass
class JudgedGoods:
    goods: Goods
    outcome: str
    """made, waiting, matched or returned, as in LapakGoods."""
    reason: str = ""

    @property
    def notes(self) -> str:
        return " ".join(self.goods.notes)


@dataclass
class JudgedSeller:
    seller: Seller
    name: str
    outcome: str
    row: int = 0
    """Her number in the import of the register; 0: she is not in it."""
    reason: str = ""
    asks_name: bool = False
    """Nobody knows what to call her business: it is asked for."""
    business: Business | None = None
    """Which she is already."""
    shop: Shop | None = None
    goods: list[JudgedGoods] = field(default_factory=list)


@dataclass
class Judgement:
    sellers: list[JudgedSeller]
    upload: Upload
    """Her and the others as the register imports them."""

    def count(self, outcome: str) -> int:
        return sum(one.outcome == outcome for one in self.sellers)

    def count_goods(self, *outcomes: str) -> int:
        return sum(one.outcome in outcomes for seller in self.sellers for one in seller.goods)


def judge_lapak(
    lapak: Lapak, *, area: Area, names: Mapping[str, str], by: Person, file_name: str
) -> Judgement:
    sellers = [_named(seller, area, names) for seller in lapak.sellers]
    upload = _upload(sellers, area, file_name)
    _ask_register(sellers, upload, area)
    known = set(
        LapakGoods.objects.filter(
            source_ref__startswith=f"{area.code}:", outcome__in=(LapakGoods.MADE, LapakGoods.WAITING)
        ).values_list("source_ref", flat=True)
    )
    for one in sellers:
        _judge_goods(one, known, area, by)
    return Judgement(sellers, upload)


def goods_ref(area: Area, goods: Goods) -> str:
    return f"{area.code}:{goods.ref}"


def _named(seller: Seller, area: Area, names: Mapping[str, str]) -> JudgedSeller:
    """The name of her business: typed, that of the only one with her number, or made from her own."""
    if seller.problem:
        return JudgedSeller(seller, seller.name, RETURNED, reason=seller.problem)
    typed = " ".join(names.get(seller.ref, "").split())[:200]
    known = None if typed else _by_phone(seller, area)
    name = typed or (known.name if known else _("Lapak %s") % seller.name if seller.name else "")
    if not name:
        return JudgedSeller(
            seller,
            "",
            RETURNED,
            reason=_("Nama penjual tidak ada di berkas. Tulis nama usahanya di sini, lalu periksa lagi."),
            asks_name=True,
        )
    return JudgedSeller(seller, name, NEW)


def _by_phone(seller: Seller, area: Area) -> Business | None:
    phones = [number for number, _note in read_phones(seller.phone).numbers]
    found = Business.objects.filter(
        pk__in=BusinessPhone.objects.filter(phone__in=phones).values("business_id"),
        area=area,
        status=ACTIVE,
        merged_into__isnull=True,
    )[:2]
    return found[0] if len(found) == 1 else None


def _upload(sellers: list[JudgedSeller], area: Area, file_name: str) -> Upload:
    rows: list[tuple[int, list[str]]] = []
    for one in sellers:
        if one.outcome == RETURNED:
            continue
        one.row = len(rows) + 1
        seller, goods = one.seller, ", ".join(goods.name for goods in one.seller.goods[:10] if goods.name)
        ref = f"lapak:{area.code}:{seller.ref}"
        cells = [one.name, seller.name, seller.phone, seller.latitude, seller.longitude, ref, goods]
        rows.append((one.row, cells))
    columns = [
        Column(at, header, meant, (), "officer")
        for at, (header, meant) in enumerate(zip(_HEADERS, _FIELDS, strict=True))
    ]
    return Upload(file_name, Table(_HEADERS, rows, "lapak"), columns, fingerprint(_HEADERS), 1)


def _ask_register(sellers: list[JudgedSeller], upload: Upload, area: Area) -> None:
    if not upload.table.rows:
        return
    judged = {one.record.number: one for one in preview(upload=upload, within=area.code).judged}
    targets = {one.target.id for one in judged.values() if one.outcome == MATCHED and one.target}
    businesses = {one.pk: one for one in Business.objects.filter(pk__in=targets).select_related("area")}
    shops = {shop.business_id: shop for shop in Shop.objects.filter(business__in=targets)}
    for one in sellers:
        found = judged.get(one.row)
        if found is None:
            continue
        one.outcome = found.outcome
        one.reason = " ".join(
            f"{problem.sentence} {problem.advice}".strip()
            for problem in (*found.record.returned, *found.record.notes)
        )
        if found.outcome == MATCHED and found.target:
            one.business = businesses.get(found.target.id)
            one.shop = shops.get(found.target.id)


def _judge_goods(one: JudgedSeller, known: set[str], area: Area, by: Person) -> None:
    named = set[str]()
    if one.shop:
        names = Product.objects.filter(shop=one.shop).exclude(status=ARCHIVED).values_list("name", flat=True)
        named = {name.casefold() for name in names}
    beyond = one.business is not None and not may(by, ASSIST_SELLERS, one.business.area_id)
    for goods in one.seller.goods:
        if goods.problem:
            judged = JudgedGoods(goods, LapakGoods.RETURNED, goods.problem)
        elif one.outcome == RETURNED:
            judged = JudgedGoods(goods, LapakGoods.RETURNED, _("Penjualnya belum bisa dimasukkan."))
        elif goods_ref(area, goods) in known:
            judged = JudgedGoods(goods, LapakGoods.MATCHED, _("Sudah masuk dari impor sebelumnya."))
        elif goods.name.casefold() in named:
            judged = JudgedGoods(goods, LapakGoods.MATCHED, _("Produk bernama sama sudah ada di tokonya."))
        elif beyond:
            judged = JudgedGoods(goods, LapakGoods.RETURNED, _("Tokonya di luar wilayah tugas Anda."))
        else:
            named.add(goods.name.casefold())
            judged = JudgedGoods(goods, LapakGoods.MADE if one.shop else LapakGoods.WAITING)
        one.goods.append(judged)
