"""Minutes of the group's meetings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.groups.access import KEEP_MINUTES, Standing, group_for, meeting_for
from etoko.groups.forms import MeetingForm
from etoko.groups.models import Meeting
from etoko.groups.operations.meeting import Minutes, amend_meeting, record_meeting
from etoko.groups.queries import groups as queries
from etoko.groups.views.common import Crumbs, Look, done, form_page, group_render
from etoko.registry.access import signed_in

_LOOK: Look = {
    "held_on": {"type": "date"},
    "notes": {"rows": 3},
    "decisions": {"rows": 3},
    "present": {"two": True},
}


@never_cache
@login_required
@require_safe
def meetings(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id)
    return group_render(
        request, "groups/meetings.html", standing, {"meetings": queries.meeting_rows(standing.group)}
    )


@never_cache
@login_required
@require_safe
def meeting(request: HttpRequest, group_id: str, meeting_id: int) -> HttpResponse:
    standing, found = meeting_for(signed_in(request.user), group_id, meeting_id)
    return group_render(request, "groups/meeting.html", standing, {"page": queries.meeting_page(found)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_meeting(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, KEEP_MINUTES)
    form = _form(request, standing, {"held_on": timezone.localdate(), "agenda": _("Rapat bulanan")})
    made: list[Meeting] = []
    if request.method == "POST" and done(
        form,
        lambda: made.append(
            record_meeting(
                standing=standing, minutes=form.minutes(), present=form.numbers(), at=timezone.now()
            )
        ),
    ):
        messages.success(request, _("Rapat tercatat."))
        return redirect("groups:meeting", group_id, made[0].pk)
    return form_page(
        request,
        form,
        title=_("Catat rapat"),
        button=_("Simpan"),
        crumbs=_crumbs(standing, _("Catat rapat")),
        look=_LOOK,
        for_name=standing.for_name,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit_meeting(request: HttpRequest, group_id: str, meeting_id: int) -> HttpResponse:
    standing, found = meeting_for(signed_in(request.user), group_id, meeting_id, KEEP_MINUTES)
    present = [str(number) for number in found.attendances.values_list("member__number", flat=True)]
    initial = {name: getattr(found, name) for name in Minutes.__slots__} | {"present": present}
    form = _form(request, standing, initial)
    if request.method == "POST" and done(
        form,
        lambda: amend_meeting(
            standing=standing,
            meeting=found,
            minutes=form.minutes(),
            present=form.numbers(),
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("Catatan rapat tersimpan."))
        return redirect("groups:meeting", group_id, meeting_id)
    return form_page(
        request,
        form,
        title=_("Betulkan catatan rapat"),
        button=_("Simpan"),
        crumbs=_crumbs(standing, _("Betulkan")),
        look=_LOOK,
        for_name=standing.for_name,
    )


def _form(request: HttpRequest, standing: Standing, initial: dict[str, object]) -> MeetingForm:
    members = list(standing.group.members.values_list("number", "name"))
    return MeetingForm(request.POST if request.method == "POST" else None, members=members, initial=initial)


def _crumbs(standing: Standing, last: str) -> Crumbs:
    group_id = standing.group.public_id
    return [
        (standing.group.name, reverse("groups:group", args=[group_id])),
        (_("Rapat"), reverse("groups:meetings", args=[group_id])),
        (last, ""),
    ]
