"""The QRIS of a shop: read from a photo, a file or a text, looked at, and only then taken."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.catalog import queries, queries_qris
from etoko.catalog.access import Selling, shop_for_seller
from etoko.catalog.models import Shop
from etoko.catalog.operations.qris import check_qris, set_qris
from etoko.catalog.photos import keep_qris, qris_url
from etoko.catalog.views.common import person_of
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.foundation.qrcodes import qris_in
from etoko.foundation.qrdrawings import qr_svg
from etoko.foundation.qris import Qris, UnableToReadQris, read_qris


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shop_qris(request: HttpRequest, shop_id: str) -> HttpResponse:
    """A first POST brings the code and is answered with what it says; a second, with the token, takes it."""
    seller = shop_for_seller(person_of(request), shop_id)
    if request.method != "POST":
        return _page(request, seller)
    if "token" in request.POST:
        return _take(request, seller)
    # Before the one-time key, and without any lock: looking for a code takes up to two seconds.
    try:
        qris, image = _read(request)
        check_qris(qris)
    except UnableTo as problem:
        return _page(request, seller, problem=problem.sentence, text=request.POST.get("text", ""))
    return _look(request, seller, qris, image)


def _read(request: HttpRequest) -> tuple[Qris, str]:
    """In one of three ways; the first that is there counts. Second the picture as it was kept, if any."""
    if sent := request.FILES.get("camera") or request.FILES.get("picture"):
        return qris_in(sent), keep_qris(sent)
    if not request.POST.get("text"):
        raise UnableToReadQris(_("Foto QRIS-nya, pilih gambarnya, atau tempel teksnya."))
    return read_qris(request.POST["text"]), ""


@once
def _take(request: HttpRequest, seller: Selling) -> HttpResponse:
    try:
        payload, image = signing.loads(request.POST["token"], salt=_salt(seller.shop))
        set_qris(selling=seller, qris=read_qris(payload), image=image, at=timezone.now())
    except signing.BadSignature:
        return _page(request, seller, problem=_("Halaman tadi sudah tidak berlaku. Unggah QRIS sekali lagi."))
    except UnableTo as problem:
        return _page(request, seller, problem=problem.sentence)
    messages.success(request, _("QRIS dipakai. Pembeli sekarang melihat QRIS dengan jumlah pesanannya."))
    return redirect("catalog:shop_qris", seller.shop.public_id)


def _look(request: HttpRequest, seller: Selling, qris: Qris, image: str) -> HttpResponse:
    return render(
        request,
        "catalog/seller_qris_look.html",
        {
            "shop": queries.shop_state(seller.shop, on=timezone.localdate()),
            "for_name": seller.for_name,
            "qris": qris,
            "picture": qris_url(image),
            "oddities": queries_qris.oddities_of(seller.shop, qris),
            "token": signing.dumps([qris.payload, image], salt=_salt(seller.shop), compress=True),
        },
    )


def _page(request: HttpRequest, seller: Selling, *, problem: str = "", text: str = "") -> HttpResponse:
    page = queries_qris.qris_page(seller.shop)
    return render(
        request,
        "catalog/seller_qris.html",
        {
            "shop": queries.shop_state(seller.shop, on=timezone.localdate()),
            "for_name": seller.for_name,
            "page": page,
            "drawing": qr_svg(page.current.payload, title=_("QRIS toko ini")) if page.current else "",
            "problem": problem,
            "text": text,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
    )


def _salt(shop: Shop) -> str:
    return f"qris of {shop.public_id}"
