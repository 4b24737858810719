"""The page of a link: it shows, and its buttons do. Nobody is signed in here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from etoko.answering.access import REVOKED, Opened, opened_by_link
from etoko.answering.operations import answer_by_link, may_renew, renew_link, take_back_answer
from etoko.answering.queries import answer_page
from etoko.foundation.onetime import once
from etoko.foundation.phones import mask_phone
from etoko.foundation.problems import UnableTo
from etoko.notices.queries import goes_by_whatsapp


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET and HEAD only show what will happen: scanners and link previews open everything. POST does it."""
    at = timezone.now()
    opened = opened_by_link(token, at=at)
    if request.method != "POST":
        return _page(request, opened)
    reason = request.POST.get("reason", "").strip() or request.POST.get("quick", "").strip()
    try:
        answer_by_link(opened=opened, at=at, reason=reason)
    except UnableTo as problem:
        return _page(request, opened, problem=problem.sentence, status=422)
    return redirect("answering:answer", token)


@never_cache
@require_POST
@once
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    opened = opened_by_link(token, at=at)
    try:
        take_back_answer(opened=opened, at=at)
    except UnableTo as problem:
        return _page(request, opened, problem=problem.sentence, status=422)
    return redirect("answering:answer", token)


@never_cache
@require_POST
@once
def renew(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    opened = opened_by_link(token, at=at)
    try:
        notice = renew_link(opened=opened, at=at)
    except UnableTo as problem:
        return _page(request, opened, problem=problem.sentence, status=422)
    words = {"phone": mask_phone(opened.phone)}
    messages.success(
        request,
        _("Tautan baru dikirim ke WhatsApp %(phone)s. Buka pesan yang paling baru.") % words
        if goes_by_whatsapp(notice)
        else _("Tautan baru untuk %(phone)s siap. Kader di desa Anda bisa meneruskannya ke WhatsApp.")
        % words,
    )
    return redirect("answering:answer", token)


def _page(request: HttpRequest, opened: Opened, *, problem: str = "", status: int = 200) -> HttpResponse:
    at = timezone.now()
    frame = {
        "token": opened.link.token,
        "number": opened.order.number,
        "shop_id": opened.order.shop.public_id,
        "shop_name": opened.order.shop.name,
        "standing": opened.standing,
        "problem": problem,
        "typed": request.POST,
        "may_renew": may_renew(opened),
    }
    # A phone number that changed may belong to somebody else now: the order is none of her business.
    page = None if opened.standing == REVOKED else answer_page(opened, at=at)
    template = "answering/answer.html" if page and opened.standing == "valid" else "answering/over.html"
    response = render(request, template, {**frame, "page": page}, status=status)
    # The address is the key. "no-referrer" would be stricter, but then browsers send "Origin: null"
    # with our own forms, and Django refuses them.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
