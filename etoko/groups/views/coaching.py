"""`/kelompok/pembinaan/` and the coaching of one group: visits, actions, what the group is seen to do."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.charts import bar_chart
from etoko.foundation.onetime import once
from etoko.groups.access import ASSIST, KEEP_MINUTES, Standing, areas_to, group_for
from etoko.groups.coaching import next_visit_after
from etoko.groups.forms_coaching import ACTIONS, PlanForm, VisitForm
from etoko.groups.models_coaching import Action
from etoko.groups.operations.visiting import finish_action, plan_visit, record_visit
from etoko.groups.queries import coaching as queries
from etoko.groups.queries.scoring import scorecard
from etoko.groups.views.common import Crumbs, Look, done, form_page, group_render
from etoko.people.roles import SEE_GROUPS
from etoko.registry.access import signed_in

_LOOK: Look = {
    **{name: {"type": "date"} for name in ("visited_on", "next_on")},
    **{f"until_{number}": {"type": "date", "mark_optional": False} for number in range(ACTIONS)},
    **{f"who_{number}": {"mark_optional": False} for number in range(ACTIONS)},
    "minutes": {"type": "number", "inputmode": "numeric", "suffix": gettext_lazy("menit"), "short": True},
    "findings": {"rows": 4},
}


@never_cache
@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    codes = areas_to(signed_in(request.user), SEE_GROUPS)
    today = timezone.localdate()
    villages = queries.time_by_village(codes, today=today)
    chart = bar_chart(
        _("Waktu pembinaan untuk satu kelompok, setahun terakhir"),
        [(one.name, one.minutes_per_group) for one in villages],
        show=lambda value: _("%(minutes)s menit") % {"minutes": int(value)},
        heading=_("Desa"),
        unit=_("Waktu"),
    )
    rows = queries.calendar(codes, today=today)
    context = {
        "late": [row for row in rows if row.late_days > 0],
        "coming": [row for row in rows if row.late_days <= 0],
        "villages": villages,
        "chart": chart if villages else "",
        "rules": queries.rules(),
        "nav_active": "saya",
    }
    return render(request, "groups/calendar.html", context)


@never_cache
@login_required
@require_safe
def coaching(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id)
    today = timezone.localdate()
    next_on = standing.group.next_visit_on
    context = {
        "next_on": next_on,
        "is_late": next_on is not None and next_on < today,
        "actions": queries.open_actions(standing.group, today=today),
        "visits": queries.visits_of(standing.group, today=today),
        "practices": scorecard(standing.group, today=today),
    }
    return group_render(request, "groups/coaching.html", standing, context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def visit(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, ASSIST)
    today = timezone.localdate()
    usual = next_visit_after(today, standing.group.level)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        initial={"visited_on": today, "minutes": 60, "next_on": usual}
        | {f"until_{number}": usual for number in range(ACTIONS)},
    )

    def deed() -> None:
        data = form.cleaned_data
        record_visit(
            standing=standing,
            visited_on=data["visited_on"],
            minutes=data["minutes"],
            findings=data["findings"],
            actions=form.actions(),
            next_on=data["next_on"],
            at=timezone.now(),
        )

    if request.method == "POST" and done(form, deed):
        messages.success(request, _("Kunjungan tercatat."))
        return redirect("groups:coaching", group_id)
    return form_page(
        request,
        form,
        title=_("Catat kunjungan"),
        button=_("Simpan"),
        crumbs=_crumbs(standing, _("Catat kunjungan")),
        look=_LOOK,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, ASSIST)
    initial: dict[str, date | None] = {"next_on": standing.group.next_visit_on}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and done(
        form,
        lambda: plan_visit(standing=standing, next_on=form.cleaned_data["next_on"], at=timezone.now()),
    ):
        messages.success(request, _("Hari kunjungan diganti."))
        return redirect("groups:coaching", group_id)
    return form_page(
        request,
        form,
        title=_("Ganti hari kunjungan"),
        button=_("Ganti hari"),
        crumbs=_crumbs(standing, _("Ganti hari")),
        look=_LOOK,
    )


@never_cache
@login_required
@require_POST
@once
def finish(request: HttpRequest, group_id: str, action_id: int) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, KEEP_MINUTES)
    action = Action.objects.filter(pk=action_id, visit__group=standing.group).first()
    if action is None:
        raise Http404
    finish_action(standing=standing, action=action, at=timezone.now())
    messages.success(request, _("Tindak lanjut selesai."))
    return redirect("groups:coaching", group_id)


def _crumbs(standing: Standing, last: str) -> Crumbs:
    group_id = standing.group.public_id
    return [
        (standing.group.name, reverse("groups:group", args=[group_id])),
        (_("Pembinaan"), reverse("groups:coaching", args=[group_id])),
        (last, ""),
    ]
