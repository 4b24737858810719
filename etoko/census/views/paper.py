"""Paper mode: forms to print, and the page on which they are typed, in the same order."""

import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.census import printing
from etoko.census.access import Surveyor, business_to_visit, surveyor
from etoko.census.facts import NAMES, facts_of, fresh, in_words, with_facts
from etoko.census.forms import SheetForm
from etoko.census.models import Sheet
from etoko.census.operations.receiving import ChangedMeanwhile, receive_sheet
from etoko.census.queries import find_to_type, receipts_of, to_print
from etoko.census.sheets import read_sheet, seen_in
from etoko.foundation.onetime import once
from etoko.foundation.papers import pdf_response
from etoko.foundation.phones import show_phone
from etoko.foundation.problems import UnableTo
from etoko.places.models import Area
from etoko.registry.consent_texts import TEXTS, text_now
from etoko.registry.kbli import search_kbli
from etoko.registry.models import UNKNOWN, Business
from etoko.registry.operations.exporting import record_export
from etoko.registry.operations.registering import MaybeTheSame, Suspect


@never_cache
@login_required
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    held = surveyor(request.user)
    village = held.village(request.GET.get("desa", "")[:13])
    return render(
        request,
        "census/papers.html",
        {
            "villages": held.villages,
            "village_choices": _choices(held),
            "village": village,
            "counts": {which: to_print(village, which).count() for which in ("semua", "belum", "periksa")},
            "most": printing.MOST,
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    village = surveyor(request.user).village(request.GET.get("desa", "")[:13])
    count = request.GET.get("lembar", "")
    wanted = int(count) if count.isdecimal() and len(count) < 4 else 10
    return pdf_response(printing.blank_forms(village, count=max(1, min(wanted, 50))), "formulir-kosong")


@never_cache
@login_required
@require_POST
@once
def filled(request: HttpRequest) -> HttpResponse:
    """Forms of a village, filled in. A POST, for what leaves the house leaves a trace."""
    held = surveyor(request.user)
    village = held.village(request.POST.get("desa", "-")[:13])
    found = list(with_facts(to_print(village, request.POST.get("pilih", "")))[: printing.MOST])
    if not found:
        messages.info(request, _("Tidak ada usaha yang cocok untuk dicetak."))
        return redirect(f"{reverse('census:papers')}?{urlencode({'desa': village.code})}")
    record_export(areas=[village], rows=len(found), form="pdf", by=held.person, at=timezone.now())
    return pdf_response(printing.filled_forms(found, village), f"formulir-{village.code}")


@never_cache
@login_required
@require_safe
def typing(request: HttpRequest) -> HttpResponse:
    """Where the number that stands on the form, or a name, leads to its page."""
    held = surveyor(request.user)
    sought = request.GET.get("nomor", "").replace("\x00", "").strip()[:60]
    if printing.is_number(sought):
        return redirect(f"{reverse('census:new_typing')}?{urlencode({'nomor': sought.upper()})}")
    found = find_to_type(held.villages, sought) if sought else []
    if len(found) == 1 and found[0].public_id == sought.lower():
        return redirect("census:type", found[0].public_id)
    return render(
        request,
        "census/typing.html",
        {
            "sought": sought,
            "found": found,
            "receipts": receipts_of(held.person, most=10),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_typing(request: HttpRequest) -> HttpResponse:
    """A blank form: its number makes sure that it is typed once."""
    held = surveyor(request.user)
    number = request.GET.get("nomor", "").upper()
    number = number if printing.is_number(number) else ""
    typed = Sheet.objects.filter(person=held.person, key=f"kertas-{number}").first() if number else None
    if typed and request.method != "POST":
        messages.info(
            request,
            _("Formulir %(number)s sudah pernah diketik, untuk %(name)s.")
            % {"number": number, "name": typed.business.name},
        )
        return redirect("census:type", typed.business.public_id)
    village = held.village(request.POST.get("desa", request.GET.get("desa", ""))[:13])
    return _typing_page(request, held, None, village, number)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def type_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    held = surveyor(request.user)
    business = business_to_visit(held, public_id)
    return _typing_page(request, held, business, business.area, "")


def _typing_page(
    request: HttpRequest, held: Surveyor, business: Business | None, village: Area, number: str
) -> HttpResponse:
    facts = facts_of(fresh(business)) if business else {}
    seen, conflict, suspects = facts, [], list[Suspect]()
    sent = request.method == "POST"
    searching = sent and "cari" in request.POST
    initial: dict[str, Any] = {
        "kind": UNKNOWN,
        "turnover_band": UNKNOWN,
        "status": "active",
        **facts,
        "how": "paper",
    }
    initial["phone"] = show_phone(facts["phone"]) if facts.get("phone") else ""
    initial["shown"] = [what for what in facts.get("shown", "").split(",") if what]
    form = SheetForm(request.POST if sent else None, initial=initial)
    if sent and not searching and form.is_valid():
        try:
            sheet = _receive(request, held, form, business=business, village=village, number=number)
        except ChangedMeanwhile as problem:
            seen = {**_seen(request), **{one.field: one.now for one in problem.differences}}
            conflict = [
                (NAMES[one.field], in_words(one.field, one.now), in_words(one.field, one.mine))
                for one in problem.differences
            ]
        except MaybeTheSame as problem:
            suspects = problem.suspects
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("%(name)s: sudah diketik.") % {"name": sheet.business.name})
            return redirect("census:typing")
    elif sent:
        seen = _seen(request) or facts
    return render(
        request,
        "census/type.html",
        {
            "form": form,
            "business": business,
            "village": village,
            "village_choices": _choices(held),
            "number": number or (business.public_id if business else ""),
            "seen": json.dumps(seen),
            "conflict": conflict,
            "suspects": suspects,
            "codes": _codes(request, facts),
            "sought": request.POST.get("kbli_cari", ""),
            "consent_text": text_now().said,
            "texts": [(text.version, text.version) for text in TEXTS[::-1]],
            "text_version": request.POST.get("text_version", "") or text_now().version,
            "is_searching": searching,
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent and not searching else HTTPStatus.OK,
    )


def _choices(held: Surveyor) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in held.villages]


def _receive(
    request: HttpRequest,
    held: Surveyor,
    form: SheetForm,
    *,
    business: Business | None,
    village: Area,
    number: str,
) -> Sheet:
    at = timezone.now()
    told: dict[str, Any] = {
        "origin": Sheet.PAPER,
        "values": form.facts(),
        "seen": _seen(request),
        "is_another": "bukan_sama" in request.POST,
        "consent_version": request.POST.get("text_version", ""),
    }
    key = f"kertas-{number or request.POST.get('once', '')}"
    filled_in = read_sheet(key=key, sent=told, form=form, business=business, area=village, at=at)
    return receive_sheet(
        filled=filled_in, by=held.person, is_verifier=held.is_verifier_in(village.code), at=at
    )


def _seen(request: HttpRequest) -> dict[str, str]:
    """What stood there when the page was opened. Whatever cannot be read counts as not seen."""
    try:
        return seen_in({"seen": json.loads(request.POST.get("seen", ""))})
    except ValueError:
        return {}


def _codes(request: HttpRequest, facts: dict[str, str]) -> list[tuple[str, str]]:
    """What to choose a KBLI code from: the one there is, and what fits the words."""
    words = request.POST.get("kbli_cari", "").strip() or facts.get("products_text", "").split(",")[0]
    chosen = request.POST.get("kbli", "") or facts.get("kbli", "")
    found = [(f"{one.edition}:{one.code}", f"{one.code} · {one.title}") for one in search_kbli(words[:100])]
    known = [(chosen, in_words("kbli", chosen))] if chosen and chosen not in dict(found) else []
    return [*known, *found]
