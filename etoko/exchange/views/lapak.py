"""`/petugas/lapak/`: the lapak of a village's OpenSID comes in."""

import tempfile
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.exchange import access
from etoko.exchange.models import LapakGoods, LapakImport
from etoko.exchange.opensid.reading import Lapak, read_lapak
from etoko.exchange.operations import lapak as deeds
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.foundation.tables.reading import MOST_BYTES, too_large
from etoko.people.access import within
from etoko.registry.access import signed_in
from etoko.registry.states import COMMITTED, PREVIEWED

MOST_FILES = 6
_NAME = "nama-"
PER_PAGE = 20


# The size is looked at before anything of the body is read: the check against forged forms reads it whole.
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lapak_list(request: HttpRequest) -> HttpResponse:
    access.villages_to_import(signed_in(request.user))
    size = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and (not size.isdecimal() or int(size) > MOST_BYTES):
        request.method = "GET"
        return _list_page(
            request, problem=too_large(int(size) if size.isdecimal() else 0).sentence, status=413
        )
    return _lapak_list(request)


@csrf_protect
@once
def _lapak_list(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _list_page(request)
    person = signed_in(request.user)
    area = access.village_to_import(person, request.POST.get("area", ""))
    try:
        kept = deeds.keep_lapak(
            lapak=_read(request), area=area, file_name=_names(request), by=person, at=timezone.now()
        )
    except UnableTo as problem:
        return _list_page(request, problem=problem.sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("exchange:lapak", kept.public_id)


@never_cache
@login_required
@require_safe
def lapak(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, access.lapak_for(signed_in(request.user), public_id))


@never_cache
@login_required
@require_POST
@once
def name(request: HttpRequest, public_id: str) -> HttpResponse:
    said = {
        key.removeprefix(_NAME): str(value) for key, value in request.POST.items() if key.startswith(_NAME)
    }
    return _done(request, public_id, deeds.name_sellers, names=said)


@never_cache
@login_required
@require_POST
@once
def commit(request: HttpRequest, public_id: str) -> HttpResponse:
    said = _("Lapak masuk. Belum ada yang dijual: penjual memeriksa konsepnya dulu.")
    return _done(request, public_id, deeds.commit_lapak, said=said)


@never_cache
@login_required
@require_POST
@once
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, deeds.discard_lapak, is_gone=True)


@never_cache
@login_required
@require_POST
@once
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    return _done(request, public_id, deeds.undo_lapak)


def _done(
    request: HttpRequest,
    public_id: str,
    deed: Callable[..., object],
    *,
    said: str = "",
    is_gone: bool = False,
    **told: object,
) -> HttpResponse:
    """Gate, deed, and the page of what it was done to; a refusal stands on that page."""
    person = signed_in(request.user)
    kept = access.lapak_for(person, public_id)
    try:
        deed(kept=kept, by=person, at=timezone.now(), **told)
    except UnableTo as problem:
        return _page(request, kept, problem=problem.sentence)
    if said:
        messages.success(request, said)
    return redirect("exchange:lapak_list") if is_gone else redirect("exchange:lapak", public_id)


def _read(request: HttpRequest) -> Lapak:
    files = request.FILES.getlist("files")
    if not files:
        raise deeds.UnableToImportLapak(_("Pilih dulu berkas dari OpenSID."))
    if len(files) > MOST_FILES:
        raise deeds.UnableToImportLapak(_("Pilih paling banyak %d berkas.") % MOST_FILES)
    with tempfile.TemporaryDirectory(prefix="lapak-") as folder:
        there = []
        for number, file in enumerate(files):
            path = Path(folder) / str(number)
            with path.open("wb") as out:
                out.writelines(file.chunks())
            there.append((path, file.name or "berkas"))
        return read_lapak(there)


def _names(request: HttpRequest) -> str:
    return ", ".join(file.name or "berkas" for file in request.FILES.getlist("files"))


def _list_page(request: HttpRequest, *, problem: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    person = signed_in(request.user)
    villages = access.villages_to_import(person)
    chosen = request.POST.get("area", "") or person.home_area_id or ""
    codes = [area.code for area in villages]
    imports = LapakImport.objects.filter(within(codes)).select_related("area", "uploaded_by")
    return render(
        request,
        "exchange/lapak_list.html",
        {
            "problem": problem,
            "areas": [(area.code, area.name) for area in villages],
            "chosen": chosen if chosen in codes else codes[0],
            "most_mb": MOST_BYTES // 1_048_576,
            "imports": [
                {
                    "href": f"/petugas/lapak/{one.public_id}/",
                    "name": one.file_name,
                    "place": one.area.name,
                    "by": one.uploaded_by.name,
                    "at": one.uploaded_at,
                    "state": one.state,
                    "state_name": one.get_state_display(),
                }
                for one in imports.order_by("-uploaded_at")[:PER_PAGE]
            ],
            "nav_active": "saya",
        },
        status=status,
    )


def _page(request: HttpRequest, kept: LapakImport, *, problem: str = "") -> HttpResponse:
    kept.refresh_from_db()
    told = {
        "public_id": kept.public_id,
        "file_name": kept.file_name,
        "place": kept.area.name,
        "at": kept.undone_at or kept.committed_at or kept.uploaded_at,
        "state": kept.state,
        "state_name": kept.get_state_display(),
        "undo_report": deeds.undone(kept),
    }
    rows = _previewed(request, kept) if kept.state == PREVIEWED else _committed(kept)
    return render(
        request,
        "exchange/lapak.html",
        {"lapak": told, "problem": problem, "nav_active": "saya", **rows},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
    )


_WORDS = dict(LapakGoods.OUTCOMES)
_TONES = {LapakGoods.MADE: "ok", LapakGoods.WAITING: "wait", LapakGoods.RETURNED: "bad"}


def _previewed(request: HttpRequest, kept: LapakImport) -> dict[str, object]:
    seen = deeds.look_at_lapak(kept, by=signed_in(request.user))
    return {
        "remarks": deeds.lapak_of(kept).remarks,
        "tiles": [
            (_("Usaha baru"), seen.count("new")),
            (_("Usaha sudah ada"), seen.count("matched")),
            (_("Konsep produk"), seen.count_goods(LapakGoods.MADE)),
            (_("Produk menunggu toko"), seen.count_goods(LapakGoods.WAITING)),
            (_("Dikembalikan"), seen.count("returned") + seen.count_goods(LapakGoods.RETURNED)),
        ],
        "can_commit": seen.count("new") + seen.count("matched") > 0,
        "asks": any(one.asks_name for one in seen.sellers),
        "sellers": [
            {
                "name": one.name or one.seller.phone or _("Penjual %s") % one.seller.ref,
                "typed": kept.names.get(one.seller.ref, ""),
                "field": f"{_NAME}{one.seller.ref}",
                "asks_name": one.asks_name,
                "outcome": one.outcome,
                "phone": one.seller.phone,
                "reason": one.reason,
                "href": f"/petugas/usaha/{one.business.public_id}/" if one.business else "",
                "goods": [
                    {
                        "name": goods.goods.name or _("Tanpa nama"),
                        "price_rp": goods.goods.price_rp,
                        "unit": goods.goods.unit,
                        "word": _WORDS[goods.outcome]
                        if goods.outcome != LapakGoods.MADE
                        else _("Jadi konsep"),
                        "tone": _TONES.get(goods.outcome, ""),
                        "why": " ".join(part for part in (goods.reason, goods.notes) if part),
                    }
                    for goods in one.goods
                ],
            }
            for one in seen.sellers
        ],
    }


def _committed(kept: LapakImport) -> dict[str, object]:
    goods = list(kept.goods.order_by("seller", "pk").select_related("product__shop"))
    counts = {outcome: sum(one.outcome == outcome for one in goods) for outcome, _word in LapakGoods.OUTCOMES}
    batch = kept.batch
    return {
        "tiles": [
            (_("Usaha baru"), batch.new_count if batch else 0),
            (_("Usaha sudah ada"), batch.matched_count if batch else 0),
            *((word, counts[outcome]) for outcome, word in LapakGoods.OUTCOMES if counts[outcome]),
        ],
        "can_undo": kept.state == COMMITTED,
        "waiting_note": _(
            "%(num)s produk menunggu. Begitu penjualnya membuka toko, produknya jadi konsep di situ."
        )
        % {"num": counts[LapakGoods.WAITING]}
        if counts[LapakGoods.WAITING]
        else "",
        "goods": [
            {
                "name": one.name,
                "seller": one.seller,
                "word": _WORDS[one.outcome],
                "tone": _TONES.get(one.outcome, ""),
                "why": one.reason,
                "href": f"/jualan/{one.product.shop.public_id}/produk/{one.product.public_id}/"
                if one.product
                else "",
            }
            for one in goods
        ],
    }
