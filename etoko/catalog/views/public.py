"""Pages that everybody may see: a shop, a product. Nothing personal stands in them."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from etoko.catalog import queries_public as queries
from etoko.catalog.beside import maker_of, offers_of, reviews_of
from etoko.catalog.rating import LEAST, MOST, Rating
from etoko.foundation.addresses import whole_address
from etoko.foundation.money import show_rupiah
from etoko.foundation.pagecache import cacheable
from etoko.foundation.phones import whatsapp_link


@require_safe
@cacheable(seconds=60, on_the_minute=True)
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    row = queries.shop_page(slug, at=timezone.now())
    if row is None:
        raise Http404
    number = request.GET.get("hal", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    goods = queries.shop_goods(row.id, page=page) if row.is_shown else None
    deliveries, payments = queries.ways_of(row.id)
    address = whole_address(row.href)
    greeting = _("Halo %(shop)s, saya melihat toko Anda di e-Toko PKK: %(address)s") % {
        "shop": row.name,
        "address": address,
    }
    return render(
        request,
        "catalog/shop.html",
        {
            "shop": row,
            "goods": goods,
            "offers": offers_of(row.id, row.area_code, timezone.localdate()) if row.takes_orders else (),
            "deliveries": deliveries,
            "payments": payments,
            "address": address,
            "chat": whatsapp_link(row.whatsapp, greeting) if row.whatsapp else "",
            "data": _script(_shop_data(row, address)),
        },
    )


@require_safe
@cacheable(seconds=60, on_the_minute=True)
def product(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    row = queries.product_page(public_id, at=timezone.now())
    if row is None:
        raise Http404
    if isinstance(row, queries.Missing):
        return render(request, "catalog/gone.html", {"missing": row}, status=410)
    if slug != row.slug:
        return HttpResponsePermanentRedirect(row.href)
    deliveries, payments = queries.ways_of(row.shop.id)
    address = whole_address(row.href)
    question = _("Halo %(shop)s, saya mau tanya %(product)s: %(address)s") % {
        "shop": row.shop.name,
        "product": row.name,
        "address": address,
    }
    return render(
        request,
        "catalog/product.html",
        {
            "product": row,
            "reviews": reviews_of(row.id) if row.rating else (),
            "maker": maker_of(row.id),
            "related": queries.related_cards(row),
            "deliveries": deliveries,
            "payments": payments,
            "address": address,
            "description": _about(row),
            "picture_address": whole_address(row.pictures[0].src) if row.pictures else "",
            "chat": whatsapp_link(row.shop.whatsapp, question) if row.shop.whatsapp else "",
            "data": _script(_product_data(row, address)),
        },
    )


def _about(row: queries.ProductPage) -> str:
    words = " ".join(row.description.split())
    short = words if len(words) <= 110 else words[:109].rstrip() + "…"
    price, shop = f"{show_rupiah(row.price_from_rp)} / {row.unit}", row.shop
    return f"{row.name}, {price}. {shop.name}, {shop.place}. {short}".strip()


def _script(data: dict[str, Any]) -> str:
    """JSON that cannot end the <script> it stands in."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def _shop_data(row: queries.ShopPage, address: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": address,
        "name": row.name,
        "url": address,
        "description": row.story or row.kind,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": row.place,
            "addressRegion": row.district,
            "addressCountry": "ID",
        },
        "currenciesAccepted": "IDR",
        **_stars(row.rating),
    }


def _stars(rating: Rating | None) -> dict[str, Any]:
    """Only where somebody has rated it: an aggregate of nothing is refused by search engines."""
    if rating is None:
        return {}
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": rating.mean,
            "reviewCount": rating.count,
            "bestRating": MOST,
            "worstRating": LEAST,
        }
    }


def _product_data(row: queries.ProductPage, address: str) -> dict[str, Any]:
    base = "https://schema.org/"
    state = "PreOrder" if row.is_made_to_order else "OutOfStock" if row.gone else "InStock"
    offer: dict[str, Any] = {
        "priceCurrency": "IDR",
        "availability": base + state,
        "url": address,
        "seller": {"@type": "Organization", "name": row.shop.name, "url": whole_address(row.shop.href)},
    }
    if row.price_from_rp == row.price_to_rp:
        offer |= {"@type": "Offer", "price": row.price_from_rp}
    else:
        offer |= {
            "@type": "AggregateOffer",
            "lowPrice": row.price_from_rp,
            "highPrice": row.price_to_rp,
            "offerCount": len(row.variants),
        }
    places = [row.group, row.category] if row.group else [row.category]
    crumbs = [(place.name, place.href) for place in places] + [(row.name, row.href)]
    return {
        "@context": base,
        "@graph": [
            {
                "@type": "Product",
                "name": row.name,
                "description": row.description or row.name,
                "sku": row.public_id,
                "image": [whole_address(picture.src) for picture in row.pictures],
                "offers": offer,
                **_stars(row.rating),
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": at, "name": name, "item": whole_address(href)}
                    for at, (name, href) in enumerate(crumbs, 1)
                ],
            },
        ],
    }
