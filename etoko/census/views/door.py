"""The small JSON door through which phones take the list and send their sheets. Every answer is JSON."""

import functools
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.audit.operations import note_access
from etoko.census.access import Surveyor, business_to_visit, may_survey, own_sheet, surveyor
from etoko.census.facts import NAMES, fresh, in_words
from etoko.census.models import Sheet
from etoko.census.operations.photographing import receive_photo
from etoko.census.operations.receiving import ChangedMeanwhile, receive_sheet
from etoko.census.queries import business_row, receipts_of, worklist
from etoko.census.sheets import UnableToRead, form_of, read_sheet
from etoko.foundation.problems import UnableTo
from etoko.registry.models import Business
from etoko.registry.operations.registering import MaybeTheSame

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def in_json(view: View[P]) -> View[P]:
    """A visitor is told to sign in, and whoever may not is told so, without a page around it."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _problem(_("Masuk dulu, lalu kirim lagi. Catatan Anda tetap tersimpan di HP."), 401)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return _problem(_("Ini tidak ada, atau bukan di desa Anda (lagi)."), 404)

    return guarded  # type: ignore[return-value]


@never_cache
@require_safe
@in_json
def take_list(request: HttpRequest) -> HttpResponse:
    """The businesses of one village of hers, and what of hers has arrived."""
    held = surveyor(request.user)
    village = held.village(request.GET.get("desa", "")[:13])
    # Once a day for the whole list, which is personal data; each visit leaves its own trace.
    note_access(subject=village, by=held.person, at=timezone.now(), area_code=village.code)
    get_token(request)  # the phone reads the cookie and sends it along with what it sends
    return JsonResponse(
        {
            "person": {"id": held.person.pk, "name": held.person.name},
            "village": {"code": village.code, "name": village.name},
            "villages": [{"code": one.code, "name": one.name} for one in held.villages],
            "businesses": worklist(village),
            "receipts": [one.as_json() for one in receipts_of(held.person)],
            "taken_at": timezone.now().isoformat(),
        }
    )


@never_cache
@require_POST
@in_json
def send_sheet(request: HttpRequest) -> HttpResponse:
    """200 with the receipt; 409 with what must be decided first; 422 with what must be put right."""
    held = surveyor(request.user)
    try:
        sent = _read_json(request)
        if sent.get("person") != held.person.pk:
            # Somebody else has signed in on this phone: what was written down stays hers.
            return _problem(_("Catatan ini milik akun lain. Masuk lagi dengan akun itu."), 401)
        form = form_of(sent.get("values"))
        business = _business_of(held, sent)
        area = business.area if business else held.village(str(sent.get("area", "-")))
        if not form.is_valid():
            return _refused(form.errors)
        at = timezone.now()
        filled = read_sheet(
            key=request.headers.get("Idempotency-Key", ""),
            sent=sent,
            form=form,
            business=business,
            area=area,
            at=at,
        )
        sheet = receive_sheet(
            filled=filled, by=held.person, is_verifier=held.is_verifier_in(area.code), at=at
        )
    except ChangedMeanwhile as problem:
        return _problem(problem.sentence, 409, differences=differences_shown(problem))
    except MaybeTheSame as problem:
        return _problem(problem.sentence, 409, suspects=_suspects_shown(held, problem))
    except UnableTo as problem:
        return _refused({problem.field: [problem.sentence]})
    return JsonResponse(_receipt(sheet))


@never_cache
@require_POST
@in_json
def send_photo(request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """The bytes of one photo, as they are. Sent again, it is there once."""
    held = surveyor(request.user)
    sheet = own_sheet(held.person, key)
    try:
        receive_photo(sheet=sheet, sha256=sha256, content=request.body, at=timezone.now())
    except UnableTo as problem:
        return _problem(problem.sentence, 422)
    return JsonResponse(_receipt(sheet))


def differences_shown(problem: ChangedMeanwhile) -> list[dict[str, Any]]:
    """What stands in the office and what the sheet says, raw and in words."""
    return [
        {
            "field": one.field,
            "label": str(NAMES[one.field]),
            "now": one.now,
            "now_words": in_words(one.field, one.now),
            "mine_words": in_words(one.field, one.mine),
            "by": one.by,
            "at": one.at.isoformat() if one.at else "",
        }
        for one in problem.differences
    ]


def _business_of(held: Surveyor, sent: dict[str, Any]) -> Business | None:
    if not sent.get("business"):
        return None
    return business_to_visit(held, str(sent["business"])[:12])


def _receipt(sheet: Sheet) -> dict[str, Any]:
    photos = list(sheet.photos.all())
    return {
        "receipt": {
            "key": sheet.key,
            "name": sheet.business.name,
            "kind": str(sheet.get_kind_display()),
            "received_at": sheet.received_at.isoformat(),
            "photos": len(photos),
            "arrived": sum(1 for photo in photos if photo.picture),
        },
        "missing": [photo.sha256 for photo in photos if not photo.picture],
        "row": business_row(fresh(sheet.business), sheet.received_at),
    }


def _suspects_shown(held: Surveyor, problem: MaybeTheSame) -> list[dict[str, Any]]:
    """Those that look alike; the facts only of those that she may edit."""
    return [
        {
            "id": one.business.public_id,
            "name": one.business.name,
            "place": one.business.area.name,
            "why": one.why,
            "row": business_row(fresh(one.business), None)
            if may_survey(held, one.business.area_id)
            else None,
        }
        for one in problem.suspects
    ]


def _read_json(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise UnableToRead(_("Catatan ini tidak terbaca. Perbarui aplikasinya, lalu kirim lagi."))
    return sent


def _refused(errors: Any) -> JsonResponse:
    told = {field: " ".join(str(one) for one in problems) for field, problems in errors.items()}
    return _problem(_("Ada isian yang perlu diperbaiki."), HTTPStatus.UNPROCESSABLE_ENTITY, errors=told)


def _problem(sentence: str, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"problem": sentence, **more}, status=status)
