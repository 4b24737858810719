"""Keeping a record true: it closes and opens again, changes hands, becomes one with another, or two."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.roles import EDIT_REGISTER
from etoko.registry.access import (
    Office,
    areas_of_officer,
    business_to_act_for,
    merge_of,
    record_for_officer,
    signed_in,
)
from etoko.registry.forms_keeping import CloseForm, HandOverForm, MergeForm, SplitForm
from etoko.registry.models import ACTIVE, Business
from etoko.registry.operations import closing, handing_over, merging, splitting
from etoko.registry.queries import keeping


@never_cache
@login_required
@require_safe
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _held(request, public_id))


@never_cache
@login_required
@require_POST
@once
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    held = _held(request, public_id)
    form = CloseForm(request.POST)
    return _sent(request, held, form, "close", lambda given: _close(held.business, given["reason"], request))


@never_cache
@login_required
@require_POST
@once
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    held = _held(request, public_id)
    return _reopened(request, held.business, "", reverse("registry:record", args=[public_id]))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def close_own(request: HttpRequest, public_id: str) -> HttpResponse:
    acting = business_to_act_for(signed_in(request.user), public_id)
    home = reverse("registry:my_business", args=[public_id])
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _close(acting.business, form.cleaned_data["reason"], request, for_name=acting.for_name)
        except UnableTo as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(
                request, _("Usaha tercatat tutup. Tidak ada yang hilang; Anda bisa membukanya lagi.")
            )
            return redirect(home)
    return render(
        request,
        "registry/close_own.html",
        {
            "form": form,
            "business_name": acting.business.name,
            "home": home,
            "crumbs": [(_("Saya"), "/saya/"), (acting.business.name, home), (_("Tutup usaha"), "")],
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_POST
@once
def reopen_own(request: HttpRequest, public_id: str) -> HttpResponse:
    acting = business_to_act_for(signed_in(request.user), public_id)
    home = reverse("registry:my_business", args=[public_id])
    return _reopened(request, acting.business, acting.for_name, home)


@never_cache
@login_required
@require_POST
@once
def hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    held = _held(request, public_id)
    form = HandOverForm(request.POST, owners=_owners(held.business))

    def deed(given: dict[str, Any]) -> str:
        handing_over.hand_over_business(
            business=held.business,
            owner_id=int(given["owner"]),
            **{name: given[name] for name in ("name", "gender", "phone", "reason")},
            by=held.person,
            at=timezone.now(),
        )
        return _("Pemilik berganti. Tanyakan kepada pemilik baru apa yang boleh dilihat umum.")

    return _sent(request, held, form, "hand_over", deed)


@never_cache
@login_required
@require_POST
@once
def split(request: HttpRequest, public_id: str) -> HttpResponse:
    held = _held(request, public_id)
    form = SplitForm(request.POST, choices=_parts(held.business))

    def deed(given: dict[str, Any]) -> str:
        new = splitting.split_business(business=held.business, **given, by=held.person, at=timezone.now())
        return _("%(name)s sekarang usaha tersendiri dan menunggu verifikasi.") % {"name": new.name}

    return _sent(request, held, form, "split", deed)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def merge(request: HttpRequest, public_id: str, other_id: str) -> HttpResponse:
    """Two records side by side, and what would move if they are one."""
    held, other = _held(request, public_id), _held(request, other_id)
    kept, going = held.business, other.business
    choices = [(kept.public_id, kept.name), (going.public_id, going.name)]
    form = MergeForm(
        request.POST if request.method == "POST" else None, choices=choices, initial={"kept": kept.public_id}
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kept"] == going.public_id:
            kept, going = going, kept
        try:
            merging.merge_businesses(
                kept=kept, other=going, by=held.person, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except UnableTo as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(
                request, _("Kedua catatan sekarang satu. Kalau keliru, bisa diurungkan di bawah.")
            )
            return redirect(reverse("registry:keep", args=[kept.public_id]) + "#gabung")
    home = reverse("registry:keep", args=[public_id])
    return render(
        request,
        "registry/merge.html",
        {
            "form": form,
            "kept": kept,
            "other": going,
            "problem": "" if form.errors else merging.mergeable_problem(kept=kept, other=going),
            "rows": keeping.compared(kept, going),
            "moving": keeping.moving(kept, going),
            "home": home,
            "crumbs": [
                (_("Petugas"), reverse("registry:officer_home")),
                (kept.name, reverse("registry:record", args=[kept.public_id])),
                (_("Gabungkan"), ""),
            ],
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_POST
@once
def undo_merge(request: HttpRequest, public_id: str, merge_id: int) -> HttpResponse:
    held = _held(request, public_id)
    try:
        done = merging.undo_merge(merge=merge_of(held, merge_id), by=held.person, at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("%(name)s berdiri sendiri lagi.") % {"name": done.other.name})
    return redirect(reverse("registry:keep", args=[public_id]) + "#gabung")


def _held(request: HttpRequest, public_id: str) -> Office:
    return record_for_officer(signed_in(request.user), public_id, right=EDIT_REGISTER)


def _close(business: Business, reason: str, request: HttpRequest, *, for_name: str = "") -> str:
    person = signed_in(request.user)
    closing.close_business(business=business, reason=reason, by=person, at=timezone.now(), for_name=for_name)
    return _("Usaha tercatat tutup. Tidak ada datanya yang hilang.")


def _reopened(request: HttpRequest, business: Business, for_name: str, home: str) -> HttpResponse:
    try:
        closing.reopen_business(
            business=business, by=signed_in(request.user), at=timezone.now(), for_name=for_name
        )
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("Usaha tercatat berjalan lagi. Tokonya dibuka sendiri oleh pemiliknya."))
    return redirect(home)


def _sent(
    request: HttpRequest, held: Office, form: Any, name: str, deed: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """The deed with what the form says, and on to the record; or the page again, with what was typed."""
    if form.is_valid():
        try:
            messages.success(request, deed(form.cleaned_data))
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            return redirect("registry:record", held.business.public_id)
    return _page(request, held, **{name: form})


def _page(request: HttpRequest, held: Office, **sent: Any) -> HttpResponse:
    business = held.business
    codes = areas_of_officer(held.person, EDIT_REGISTER)
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    parts = _parts(business)
    forms = {
        "close": CloseForm(),
        "hand_over": HandOverForm(owners=_owners(business)),
        "split": SplitForm(choices=parts),
        **sent,
    }
    return render(
        request,
        "registry/keep.html",
        {
            "business": business,
            "is_active": business.status == ACTIVE,
            "forms": forms,
            "sent": next(iter(sent), ""),
            "parts": parts,
            "typed": typed,
            "found": keeping.found_by(codes, typed, besides=business),
            "merges": keeping.merges_of(business),
            "same_people": keeping.of_the_same_people(business, codes),
            "former": keeping.former_owners(business),
            "owners": _owners(business),
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK,
    )


def _owners(business: Business) -> list[tuple[int, str]]:
    return list(business.owners.order_by("pk").values_list("pk", "name"))


def _parts(business: Business) -> list[tuple[str, str]]:
    return [(part.key, f"{part.name}: {part.told}") for part in keeping.parts_of(business)]
