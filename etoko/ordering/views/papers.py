"""Papers to print or to keep: nota, label, packing list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.catalog.access import shop_for_seller
from etoko.foundation.papers import pdf_response
from etoko.ordering.access import order_by_link, order_for_seller
from etoko.ordering.documents import labels_pdf, nota_pdf, packing_pdf
from etoko.ordering.models import Order
from etoko.ordering.queries.rows import OrderPage, pages_of_found, whole
from etoko.ordering.queries.seller import orders_to_pack
from etoko.ordering.states import BUYER, SELLER
from etoko.registry.access import signed_in


@never_cache
@require_safe
def nota_of_buyer(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    order, page = _read(order_by_link(secret, number), party=BUYER)
    return pdf_response(nota_pdf(order, page), f"nota-{number}")


@never_cache
@login_required
@require_safe
def nota(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    _selling, order = order_for_seller(signed_in(request.user), shop_id, number)
    order, page = _read(order, party=SELLER)
    return pdf_response(nota_pdf(order, page), f"nota-{number}")


@never_cache
@login_required
@require_safe
def label(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    _selling, order = order_for_seller(signed_in(request.user), shop_id, number)
    return pdf_response(labels_pdf([_read(order, party=SELLER)], sheet=False), f"label-{number}")


@never_cache
@login_required
@require_safe
def label_sheet(request: HttpRequest, shop_id: str) -> HttpResponse:
    """Labels of all that is to be packed, four on a sheet."""
    selling = shop_for_seller(signed_in(request.user), shop_id)
    found = whole(orders_to_pack(selling.shop))
    pages = pages_of_found(found, party=SELLER, at=timezone.now())
    return pdf_response(labels_pdf(list(zip(found, pages, strict=True)), sheet=True), "label")


@never_cache
@login_required
@require_safe
def packing(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling, at = shop_for_seller(signed_in(request.user), shop_id), timezone.now()
    pages = pages_of_found(whole(orders_to_pack(selling.shop)), party=SELLER, at=at)
    return pdf_response(packing_pdf(selling.shop.name, pages, at=at), "daftar-kemas")


def _read(order: Order, *, party: str) -> tuple[Order, OrderPage]:
    found = whole(Order.objects.filter(pk=order.pk))
    return found[0], pages_of_found(found, party=party, at=timezone.now())[0]
