"""`/sehat/` for machines, `/petugas/server/` for those who look after the installation."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from etoko.foundation.onetime import once
from etoko.foundation.pagecache import cacheable
from etoko.notices.models import Delivery
from etoko.notices.operations import delivering
from etoko.people.access import may
from etoko.people.models import Person
from etoko.people.roles import WATCH_SERVER
from etoko.people.sessions import signed_in
from etoko.portal import health as queries
from etoko.portal import operations


@require_safe
@cacheable(seconds=5)
def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when somebody must look. Kept for five seconds: asking costs nothing."""
    try:
        found = queries.look_at_health(at=timezone.now())
    except DatabaseError:
        return _answer({"status": "down", "problems": ["database"], "version": settings.VERSION}, 503)
    return _answer(found.as_json(), 200 if found.is_well else 503)


@never_cache
@signed_in
@require_safe
def server(request: HttpRequest) -> HttpResponse:
    _watcher(request.user)
    at = timezone.now()
    found = queries.look_at_health(at=at)
    return render(
        request,
        "portal/server.html",
        {
            "health": found,
            "problems": [queries.problem_words(problem) for problem in found.problems],
            "differences": queries.difference_rows() if found.books_differ else [],
            "deeds": queries.deed_rows(),
            "deliveries": queries.delivery_rows(at=at),
            "tasks": queries.task_rows(at=at),
            "nav_active": "saya",
        },
    )


@never_cache
@signed_in
@require_POST
@once
def retry_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    watcher = _watcher(request.user)
    delivery = Delivery.objects.select_related("notice").filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404
    if delivering.retry_delivery(delivery=delivery, by=watcher, at=timezone.now()):
        messages.success(request, _("Kabar itu segera dikirim lagi."))
    else:
        messages.info(request, _("Kabar itu tidak perlu dikirim lagi."))
    return redirect("portal:server")


@never_cache
@signed_in
@require_POST
@once
def retry_task(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    watcher = _watcher(request.user)
    task = DBTaskResult.objects.filter(pk=task_id).first()
    if task is None:
        raise Http404
    if operations.retry_task(task=task, by=watcher, at=timezone.now()):
        messages.success(request, _("Pekerjaan itu segera dicoba lagi."))
    else:
        messages.info(request, _("Pekerjaan itu tidak perlu dicoba lagi."))
    return redirect("portal:server")


def _watcher(user: Person | AnonymousUser) -> Person:
    """Gate: who holds the right in the place that this installation serves. Else "not found"."""
    if not isinstance(user, Person) or not may(user, WATCH_SERVER, settings.HOME_AREA):
        raise Http404
    return user


def _answer(said: dict[str, Any], status: int) -> HttpResponse:
    response = JsonResponse(said, status=status)
    if status != 200:
        response["Cache-Control"] = "no-store"
    return response
