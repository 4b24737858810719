"""`/petugas/kabar/`: news of people without account that nobody passed on yet."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.notices import operations, queries
from etoko.notices.access import notice_to_pass_on
from etoko.people.access import areas_with, helper_of
from etoko.people.roles import ASSIST_SELLERS
from etoko.people.sessions import signed_in


@never_cache
@signed_in
@require_safe
def untold(request: HttpRequest) -> HttpResponse:
    helper = helper_of(request.user)
    rows = queries.untold(areas_with(helper, ASSIST_SELLERS), today=timezone.localdate())
    return render(request, "notices/untold.html", {"rows": rows, "nav_active": "saya"})


@never_cache
@csrf_exempt  # a ping carries no token; from elsewhere it would come without the session
@signed_in
@require_POST
def pass_on(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The `ping` of the WhatsApp button: she opened WhatsApp with the words ready."""
    helper = helper_of(request.user)
    notice = notice_to_pass_on(helper, notice_id)
    operations.pass_on_for_somebody(notice=notice, by=helper, at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@never_cache
@signed_in
@require_POST
@once
def mark_told(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Said in person."""
    helper = helper_of(request.user)
    notice = notice_to_pass_on(helper, notice_id)
    operations.pass_on_for_somebody(notice=notice, by=helper, at=timezone.now())
    messages.success(request, _("Dicatat: sudah dikabari."))
    return redirect("notices:untold")
