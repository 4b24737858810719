"""How long a shop waits for payments and for who collects."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.catalog.access import shop_for_seller
from etoko.foundation.onetime import once
from etoko.ordering import deadlines
from etoko.ordering.forms import read_quantity
from etoko.ordering.operations import UnableToSetWaitingTimes, set_waiting_times
from etoko.registry.access import signed_in

_HOURS = (2, 6, 12, 24, 48, 72)
_DAYS = (1, 2, 3, 5, 7, 14)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def waiting_times(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(signed_in(request.user), shop_id)
    pay_hours, collect_days = deadlines.waiting_times(selling.shop.pk)
    problem = problem_at = ""
    if request.method == "POST":
        pay_hours = read_quantity(request.POST.get("pay_hours", ""))
        collect_days = read_quantity(request.POST.get("collect_days", ""))
        try:
            set_waiting_times(
                selling=selling, pay_hours=pay_hours, collect_days=collect_days, at=timezone.now()
            )
        except UnableToSetWaitingTimes as refused:
            problem, problem_at = refused.sentence, refused.field
        else:
            messages.success(request, _("Waktu menunggu tersimpan."))
            return redirect("ordering:waiting_times", shop_id)
    return render(
        request,
        "ordering/waiting_times.html",
        {
            "shop_id": shop_id,
            "shop_name": selling.shop.name,
            "for_name": selling.for_name,
            "pay_hours": pay_hours,
            "collect_days": collect_days,
            "pay_choices": [(hours, _in_words(hours)) for hours in _HOURS],
            "collect_choices": [(days, _in_words(days * 24)) for days in _DAYS],
            "problem": problem,
            "problem_at": problem_at,
            "nav_active": "saya",
        },
        status=422 if problem else 200,
    )


def _in_words(hours: int) -> str:
    if hours % 24 or hours == 24:
        return ngettext("%(num)s jam", "%(num)s jam", hours) % {"num": hours}
    days = hours // 24
    return ngettext("%(num)s hari", "%(num)s hari", days) % {"num": days}
