"""What officers see: complaints that the two did not settle, and the days that do not count."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.phones import whatsapp_link
from etoko.foundation.private_pictures import private_picture
from etoko.foundation.problems import UnableTo
from etoko.ordering import words
from etoko.ordering.access import complaint_for_officer, keeper_of_holidays, photo_of_order
from etoko.ordering.models import Holiday, Order
from etoko.ordering.operations import add_holiday, drop_holiday
from etoko.ordering.queries.after import complaint_row
from etoko.ordering.queries.rows import pages_of
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_safe
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    found = complaint_for_officer(signed_in(request.user), number)
    shop, group, at = found.order.shop, found.order.group, timezone.now()
    return render(
        request,
        "ordering/officer_complaint.html",
        {
            "number": number,
            "complaint": complaint_row(found, party="officer", at=at),
            "order": pages_of(Order.objects.filter(pk=found.order_id), party="officer", at=at)[0],
            "shop_phone": shop.whatsapp,
            "to_buyer": whatsapp_link(group.phone, words.from_officer(found.order, name=group.name)),
            "to_seller": whatsapp_link(shop.whatsapp, words.from_officer(found.order, name=shop.name))
            if shop.whatsapp
            else "",
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def complaint_photo(request: HttpRequest, number: str, key: str) -> HttpResponse:
    found = complaint_for_officer(signed_in(request.user), number)
    return private_picture(photo_of_order(found.order, key))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def holidays(request: HttpRequest) -> HttpResponse:
    person = keeper_of_holidays(signed_in(request.user))
    problem: UnableTo | None = None
    if request.method == "POST":
        try:
            day_on = _day(request.POST.get("day_on", ""))
            if request.POST.get("deed") == "drop":
                drop_holiday(day_on=day_on, by=person, at=timezone.now())
            else:
                name = request.POST.get("name", "").strip()
                add_holiday(day_on=day_on, name=name, by=person, at=timezone.now())
        except UnableTo as refused:
            problem = refused
        else:
            messages.success(request, _("Hari libur tersimpan."))
            return redirect("ordering:holidays")
    return render(
        request,
        "ordering/holidays.html",
        {
            "days": list(
                Holiday.objects.filter(day_on__gte=timezone.localdate()).values_list("day_on", "name")
            ),
            "problem": problem,
            "typed": request.POST,
            "nav_active": "saya",
        },
        status=422 if problem else 200,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnableTo(_("Pilih tanggalnya dulu."), field="day_on") from None
