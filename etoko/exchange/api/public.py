"""For everybody, without a key: what the pages show to everybody, told by the same questions."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router

from etoko.catalog.queries_open import OpenShop, one_open_good, open_goods, open_shops
from etoko.catalog.queries_public import categories as all_categories
from etoko.exchange.api.paging import PER_PAGE, After, AfterName, AreaCode, page_of
from etoko.exchange.api.schemas import AreaOut, CategoryOut, Page, Problem, ShopOut, row_of, schema_of
from etoko.exchange.datasets.businesses import BUSINESSES
from etoko.exchange.datasets.goods import GOODS
from etoko.foundation.addresses import whole_address
from etoko.foundation.pagecache import HEADER
from etoko.people.operations.limiting import count_try
from etoko.people.sessions import address_of
from etoko.places.models import Area
from etoko.registry.queries.published import public_business, published

BusinessOut: Any = schema_of("Usaha", BUSINESSES.columns)
ProductOut: Any = schema_of("Produk", GOODS.columns)

KEPT_SECONDS = 60
"""The page cache drops an answer at the very change; this bounds what only the clock changes."""
REFUSALS: Any = {422: Problem, 429: Problem}
ALSO_LOST: Any = {404: Problem, **REFUSALS}
Code = Annotated[str, Path(pattern=r"^[0-9a-z]{1,12}$")]
CategoryCode = Annotated[
    str, Query(alias="kategori", pattern=r"^[-a-z0-9_]{0,50}$", description="Kode dari /kategori")
]

router = Router()


@router.get("/wilayah", response={200: Page[AreaOut], **ALSO_LOST}, summary="Wilayah di dalam sebuah wilayah")
def areas(request: HttpRequest, response: HttpResponse, code: AreaCode = "") -> dict[str, Any]:
    """Tanpa parameter: semua provinsi. Dengan kode wilayah: yang satu tingkat di bawahnya."""
    _open(request, response)
    _check_area(code)
    found = Area.objects.filter(parent=code) if code else Area.objects.filter(parent=None)
    return {"data": [_area(area) for area in found.order_by("code")], "berikutnya": None}


@router.get("/kategori", response={200: Page[CategoryOut], **REFUSALS}, summary="Kategori produk")
def categories(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    _open(request, response)
    rows = all_categories()
    slugs = {row.id: row.slug for row in rows}
    told = [{"kode": row.slug, "nama": row.name, "di": slugs.get(row.parent_id or 0, "")} for row in rows]
    return {"data": told, "berikutnya": None}


@router.get("/produk", response={200: Page[ProductOut], **ALSO_LOST}, summary="Produk yang dijual")
def products(
    request: HttpRequest,
    response: HttpResponse,
    code: AreaCode = "",
    category: CategoryCode = "",
    after: After = 0,
) -> dict[str, Any]:
    """Barang dan jasa di toko yang buka, menurut urutan pendaftarannya."""
    _open(request, response)
    _check_area(code)
    found = open_goods(code, category=category, after=after, most=PER_PAGE + 1)
    return page_of(request, found, lambda one: row_of(GOODS.columns, one), desa=code, kategori=category)


@router.get("/produk/{kode}", response={200: ProductOut, **ALSO_LOST}, summary="Satu produk")
def product(request: HttpRequest, response: HttpResponse, kode: Code) -> dict[str, Any]:
    _open(request, response)
    found = one_open_good(kode)
    if found is None:
        raise Http404
    return row_of(GOODS.columns, found)


@router.get("/toko", response={200: Page[ShopOut], **ALSO_LOST}, summary="Toko yang buka")
def shops(
    request: HttpRequest, response: HttpResponse, code: AreaCode = "", after: After = 0
) -> dict[str, Any]:
    _open(request, response)
    _check_area(code)
    return page_of(request, open_shops(code, after=after, most=PER_PAGE + 1), _shop, desa=code)


@router.get("/usaha", response={200: Page[BusinessOut], **ALSO_LOST}, summary="Usaha yang tampil untuk umum")
def businesses(
    request: HttpRequest, response: HttpResponse, code: AreaCode = "", after: AfterName = ""
) -> dict[str, Any]:
    """Usaha yang pemiliknya setuju ditampilkan; dari masing-masing hanya yang diizinkannya."""
    _open(request, response)
    _check_area(code)
    found = published(code, after=after, most=PER_PAGE + 1)
    return page_of(request, found, lambda one: row_of(BUSINESSES.columns, one), by="cursor", desa=code)


@router.get("/usaha/{kode}", response={200: BusinessOut, **ALSO_LOST}, summary="Satu usaha")
def business(request: HttpRequest, response: HttpResponse, kode: Code) -> dict[str, Any]:
    _open(request, response)
    found = public_business(kode)
    if found is None:
        raise Http404
    return row_of(BUSINESSES.columns, found)


def _open(request: HttpRequest, response: HttpResponse) -> None:
    """Counted only where the page cache did not answer."""
    count_try("api_address", address_of(request), at=timezone.now())
    response[HEADER] = str(KEPT_SECONDS)


def _check_area(code: str) -> None:
    if code and not Area.objects.filter(pk=code).exists():
        raise Http404


def _area(area: Area) -> dict[str, str]:
    return {
        "kode": area.code,
        "kode_bps": area.bps_code,
        "nama": area.name,
        "tingkat": str(area.get_level_display()),
        "di": area.parent_id or "",
    }


def _shop(shop: OpenShop) -> dict[str, str]:
    return {
        "kode": shop.slug,
        "nama": shop.name,
        "cerita": shop.story,
        "kode_desa": shop.area_code,
        "desa": shop.place,
        "usaha": shop.business_id,
        "halaman": whole_address(shop.href),
    }
