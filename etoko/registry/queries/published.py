"""What everybody may know of a business: only of listed ones, and of each only what its owner agreed to show.
The page, the open data and the API are all told from here."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise

from etoko.foundation.long_reads import one_by_one
from etoko.foundation.phones import whatsapp_link
from etoko.people.access import within
from etoko.places.models import VILLAGE
from etoko.registry.kinds import KIND_BY_SLUG
from etoko.registry.models import LISTED, Business, Licence, Owner, PublicConsent
from etoko.registry.shops import shop_paths
from etoko.registry.states import VERIFIED

AT_ONCE = 500


@dataclass(frozen=True)
class PublicBusiness:
    id: int
    cursor: str
    """Where a page that ends with it goes on."""
    public_id: str
    name: str
    kind_slug: str
    kind: str | Promise
    place: str
    area_code: str
    district: str
    products: list[str]
    profile: str
    opening_hours: str
    is_verified: bool
    owner_names: list[str]
    phone: str
    whatsapp_href: str
    address: str
    postal_code: str
    landmark: str
    latitude: Decimal | None
    longitude: Decimal | None
    shop_path: str
    licences: list[str]


def public_business(public_id: str) -> PublicBusiness | None:
    """None where its owner does not list it. Seven queries."""
    return next(iter(_told(list(_listed().filter(public_id=public_id)))), None)


def published(area_code: str = "", *, after: str = "", most: int) -> list[PublicBusiness]:
    """Those of the area ("" is everywhere) by name, after the one with this `cursor`. Seven queries."""
    found = _in(area_code).order_by("search_name", "pk")
    name, _, number = after.rpartition("~")
    if number.isascii() and number.isdigit() and len(number) < 16:
        # A range first, so that both databases begin in the index where the last page ended.
        found = found.filter(search_name__gte=name).exclude(search_name=name, pk__lte=int(number))
    return _told(list(found[:most]))


def all_published(area_code: str = "") -> Iterator[PublicBusiness]:
    """All of the area, a portion at a time: whoever withdraws meanwhile is not in the next one."""
    last = ""
    while portion := published(area_code, after=last, most=AT_ONCE):
        yield from portion
        last = portion[-1].cursor


def address_line(business: Business) -> str:
    """ "Kp. Cikuya, RT 003/RW 002", without the village."""
    parts = [business.street]
    if business.rt or business.rw:
        parts.append("/".join(f"{word} {number}" for word, number in _rt_rw(business) if number))
    return ", ".join(part for part in parts if part)


def _listed() -> QuerySet[Business]:
    in_force = PublicConsent.objects.filter(withdrawn_at__isnull=True)
    seen = Licence.objects.filter(status="held", check_state=Licence.CHECKED)
    return (
        Business.objects.filter(listing=LISTED)
        .select_related("area__parent")
        .prefetch_related(
            # As lists, for a queryset for each of 155,000 rows would cost more than the rows.
            Prefetch("consents", in_force, to_attr="agreed"),
            Prefetch("owners", Owner.objects.defer("nik_sealed").order_by("pk"), to_attr="owners_now"),
            Prefetch("phones", to_attr="phones_now"),
            # Kinds of licences that a verifier has seen. Numbers stay in the record.
            Prefetch("licences", seen.exclude(kind__in=["npwp", "other"]), to_attr="seen_licences"),
        )
    )


def _in(area_code: str) -> QuerySet[Business]:
    if area_code.count(".") + 1 == VILLAGE:
        return _listed().filter(area=area_code)  # one area has an index of its own, a range has not
    return _listed().filter(within([area_code])) if area_code else _listed()


def _told(businesses: list[Any]) -> list[PublicBusiness]:
    shops = shop_paths([business.pk for business in businesses]) if businesses else {}
    return [_public(business, shops.get(business.pk, "")) for business in one_by_one(businesses)]


def _public(business: Any, shop_path: str) -> PublicBusiness:
    agreed = {consent.what for consent in business.agreed}
    kind = KIND_BY_SLUG.get(business.kind)
    phones = business.phones_now if PublicConsent.PHONE in agreed else ()
    phone = next((one.phone for one in phones), "")
    shows_address, shows_place = PublicConsent.ADDRESS in agreed, PublicConsent.LOCATION in agreed
    return PublicBusiness(
        id=business.pk,
        cursor=f"{business.search_name}~{business.pk}",
        public_id=business.public_id,
        name=business.name,
        kind_slug=business.kind if kind else "",
        kind=kind.name if kind else "",
        place=business.area.name,
        area_code=business.area_id,
        district=business.area.parent.name if business.area.parent else "",
        products=[one.strip() for one in business.products_text.replace(";", ",").split(",") if one.strip()],
        profile=business.profile,
        opening_hours=business.opening_hours,
        is_verified=business.verification == VERIFIED,
        owner_names=[one.name for one in business.owners_now] if PublicConsent.OWNER_NAME in agreed else [],
        phone=phone,
        whatsapp_href=whatsapp_link(phone) if phone.startswith("+628") else "",
        address=address_line(business) if shows_address else "",
        postal_code=business.area.postal_code if shows_address else "",
        landmark=business.landmark if shows_address else "",
        latitude=business.latitude if shows_place else None,
        longitude=business.longitude if shows_place else None,
        shop_path=shop_path,
        licences=sorted({str(one.get_kind_display()) for one in business.seen_licences}),
    )


def _rt_rw(business: Business) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("RT", business.rt), ("RW", business.rw)
