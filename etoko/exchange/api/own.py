"""With a key: what its person may see herself, through the gates of the pages."""

from typing import Any

from django.conf import settings
from django.db.models import F, Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.security import HttpBearer

from etoko.audit.operations import note_access
from etoko.catalog.models import Product, Variant
from etoko.exchange.api.paging import PER_PAGE, After, AreaCode, page_of
from etoko.exchange.api.public import ALSO_LOST, Code
from etoko.exchange.api.schemas import (
    MeOut,
    OwnBusinessOut,
    OwnProductOut,
    Page,
    Problem,
    row_of,
    schema_of,
)
from etoko.exchange.scopes import OWN, REGISTER
from etoko.people.access import area_with, areas_with
from etoko.people.models import ApiToken, Person
from etoko.people.operations.handing_keys import use_token
from etoko.people.operations.limiting import count_try
from etoko.people.roles import SEE_REGISTER
from etoko.places.models import Area
from etoko.registry.access import areas_of_officer, businesses_of, record_for_officer
from etoko.registry.models import LISTED, Business
from etoko.registry.queries.office import RegisterFilter, register_rows
from etoko.registry.spreadsheets import REGISTER_COLUMNS, records_after, whole_record
from etoko.registry.states import VERIFICATION_FLOW

RecordOut: Any = schema_of("Catatan", REGISTER_COLUMNS)
REFUSALS: Any = {401: Problem, **ALSO_LOST}


class Key(HttpBearer):
    """A token that may read what the scope names; "" is any token."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        at = timezone.now()
        found = use_token(secret=token, at=at)
        if found is None or (self._scope and self._scope not in found.scopes):
            return None
        count_try("api_token", str(found.pk), at=at)
        return found


own_router = Router(auth=Key(OWN))
register_router = Router(auth=Key(REGISTER))


@own_router.get("", auth=Key(), response={200: MeOut, **REFUSALS}, summary="Kunci ini dan pemegangnya")
def me(request: HttpRequest) -> dict[str, Any]:
    token = _token(request)
    return {
        "nama": token.person.name,
        "kunci": token.name,
        "boleh": token.scopes,
        "berlaku_sampai": timezone.localtime(token.expires_at).isoformat(timespec="seconds"),
        "wilayah_tugas": areas_with(token.person, SEE_REGISTER) if REGISTER in token.scopes else [],
    }


@own_router.get("/usaha", response={200: Page[OwnBusinessOut], **REFUSALS}, summary="Usaha yang Anda urus")
def own_businesses(request: HttpRequest) -> dict[str, Any]:
    told = [_business(one) for one in businesses_of(_person(request))]
    return {"data": told, "berikutnya": None}


@own_router.get("/produk", response={200: Page[OwnProductOut], **REFUSALS}, summary="Produk yang Anda jual")
def own_products(request: HttpRequest, after: After = 0) -> dict[str, Any]:
    """Semua produk dari toko usaha yang Anda urus, juga konsep dan yang disembunyikan."""
    active = Q(variants__status=Variant.ACTIVE)
    found = (
        Product.objects.filter(shop__business__in=businesses_of(_person(request)), pk__gt=after)
        .annotate(left=Sum(F("variants__on_hand") - F("variants__held"), filter=active))
        .select_related("shop")
        .order_by("pk")
    )
    return page_of(request, list(found[: PER_PAGE + 1]), _product)


@register_router.get(
    "/usaha", response={200: Page[RecordOut], **REFUSALS}, summary="Catatan register di wilayah tugas Anda"
)
def records(request: HttpRequest, code: AreaCode = "", after: After = 0) -> dict[str, Any]:
    """Berisi data pribadi. Pemilik usaha di wilayah itu melihat bahwa Anda mengambilnya."""
    person = _person(request)
    codes = [area_with(person, SEE_REGISTER, code).code] if code else areas_of_officer(person)
    at = timezone.now()
    for area in Area.objects.filter(pk__in=[one or settings.HOME_AREA for one in codes]):
        note_access(subject=area, by=person, at=at, area_code=area.code)
    found = records_after(register_rows(codes, RegisterFilter()), after=after, most=PER_PAGE + 1)
    return page_of(request, found, lambda one: row_of(REGISTER_COLUMNS, one), desa=code)


@register_router.get("/usaha/{kode}", response={200: RecordOut, **REFUSALS}, summary="Satu catatan register")
def record(request: HttpRequest, kode: Code) -> dict[str, Any]:
    """Berisi data pribadi. Pemiliknya melihat bahwa Anda membukanya."""
    held = record_for_officer(_person(request), kode)
    return row_of(REGISTER_COLUMNS, whole_record(held.business))


def _token(request: HttpRequest) -> ApiToken:
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token


def _person(request: HttpRequest) -> Person:
    return _token(request).person


def _business(one: Business) -> dict[str, Any]:
    return {
        "kode": one.public_id,
        "nama": one.name,
        "kode_desa": one.area_id,
        "desa": one.area.name,
        "verifikasi": str(VERIFICATION_FLOW.states[one.verification]),
        "tampil": one.listing == LISTED,
    }


def _product(one: Any) -> dict[str, Any]:
    return {
        "kode": one.public_id,
        "nama": one.name,
        "keadaan": str(one.get_status_display()),
        "harga_rp": one.price_from_rp,
        "harga_sampai_rp": one.price_to_rp,
        "satuan": one.unit,
        "stok": one.left or 0,
        "toko": one.shop.name,
    }
