"""Links and slips that open an account once: the page of who got one, the pages of who hands them out."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.foundation.qrdrawings import qr_svg
from etoko.people import queries
from etoko.people.access import area_with, helper_of, link_to_revoke, person_to_help
from etoko.people.forms import PersonToHelpForm
from etoko.people.models import Person
from etoko.people.operations import activating, joining
from etoko.people.roles import ASSIST_SELLERS
from etoko.people.sessions import open_session, signed_in

_SLIPS = "slips"
MOST_SLIPS = 24
_STATUS = {queries.VALID: HTTPStatus.OK, queries.UNKNOWN: HTTPStatus.NOT_FOUND}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def activate(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking uses nothing up: WhatsApp opens every link by itself to draw a preview."""
    at = timezone.now()
    if request.method == "POST":
        try:
            link = activating.use_activation_link(secret=secret, at=at)
        except UnableTo:
            pass  # the page says why
        else:
            wanted = link.next_path or "/saya/"
            if not link.person.has_usable_password():
                wanted = f"{reverse('people:passphrase')}?{urlencode({'next': wanted})}"
            answer = redirect(wanted)
            open_session(request, answer, link.person, at=at, proved=True)
            return answer
    page = queries.link_page(secret, at=at)
    context = {
        "page": page,
        "is_hers": request.user.is_authenticated and request.user.pk == page.person_id,
        "signed_in_as": request.user.name if isinstance(request.user, Person) else "",
    }
    response = render(
        request, "people/activate.html", context, status=_STATUS.get(page.state, HTTPStatus.GONE)
    )
    # The address is a secret: no other site may learn it. Not "no-referrer": the button's form would then
    # come from origin "null", which Django takes for a forged one.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@signed_in
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    return _links_page(request)


@never_cache
@signed_in
@require_POST
@once
def create_links(request: HttpRequest) -> HttpResponse:
    """For several people at once: each gets her slip."""
    helper, at = helper_of(request.user), timezone.now()
    ids = [int(text) for text in request.POST.getlist("person") if text.isdecimal() and len(text) < 19]
    if not ids:
        return _links_page(request, problem=_("Pilih dulu paling sedikit satu orang."))
    people = [person_to_help(helper, person_id) for person_id in ids[:MOST_SLIPS]]
    for person in people:
        hand_out(request, activating.create_activation_link(person=person, next_path="", by=helper, at=at))
    return redirect("people:slips")


@never_cache
@signed_in
@require_POST
@once
def create_link_for_new(request: HttpRequest) -> HttpResponse:
    helper, at = helper_of(request.user), timezone.now()
    form = PersonToHelpForm(request.POST, villages=queries.villages_to_help(helper))
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                person = joining.ensure_person(
                    phone=given["phone"],
                    name=given["name"],
                    home_area=area_with(helper, ASSIST_SELLERS, given["village"]),
                    by=helper,
                    at=at,
                )
                made = activating.create_activation_link(person=person, next_path="", by=helper, at=at)
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            hand_out(request, made)
            return redirect("people:slips")
    return _links_page(request, form=form)


@never_cache
@signed_in
@require_safe
def slips(request: HttpRequest) -> HttpResponse:
    """The links made in this session, until they are cleared: nobody can show them again afterwards."""
    helper = helper_of(request.user)
    at, made = timezone.now(), dict(request.session.get(_SLIPS, []))
    rows = [_slip(row, made[row.id]) for row in queries.open_links(helper, at=at, most=500) if row.id in made]
    return render(request, "people/slips.html", {"slips": rows, "nav_active": "saya"})


@never_cache
@signed_in
@require_POST
@once
def clear_slips(request: HttpRequest) -> HttpResponse:
    request.session.pop(_SLIPS, None)
    return redirect("people:links")


@never_cache
@signed_in
@require_POST
@once
def revoke_link(request: HttpRequest, link_id: int) -> HttpResponse:
    helper = helper_of(request.user)
    try:
        activating.revoke_activation_link(link=link_to_revoke(helper, link_id), by=helper, at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("Tautan dibatalkan. Siapa pun yang memegangnya tidak bisa memakainya."))
    return redirect("people:links")


def hand_out(request: HttpRequest, made: activating.NewLink) -> None:
    """Keep a new link for the page of slips (`people:slips`), where a room that made one sends its helper."""
    kept = request.session.get(_SLIPS, [])
    request.session[_SLIPS] = [*kept, [made.link.pk, made.secret]][-MOST_SLIPS:]


def _links_page(
    request: HttpRequest, *, form: PersonToHelpForm | None = None, problem: str = ""
) -> HttpResponse:
    helper, at = helper_of(request.user), timezone.now()
    words = request.GET.get("q", "").strip()[:100]
    villages = queries.villages_to_help(helper)
    context: dict[str, Any] = {
        "form": form or PersonToHelpForm(villages=villages),
        "villages": villages,
        "words": words,
        "people": queries.people_to_help(helper, words=words),
        "links": queries.open_links(helper, at=at),
        "slips": len(request.session.get(_SLIPS, [])),
        "problem": problem,
        "nav_active": "saya",
    }
    refused = problem or (form is not None and form.errors)
    return render(
        request,
        "people/links.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )


def _slip(row: queries.LinkRow, secret: str) -> dict[str, Any]:
    address = whole_address(reverse("people:activate", args=[secret]))
    return {
        "name": row.name,
        "phone": row.phone,
        "village": row.village,
        "expires_at": row.expires_at,
        "address": address,
        "qr": qr_svg(address),
        "text": _(
            "Assalamu'alaikum %(name)s. Ini tautan untuk masuk ke e-Toko PKK: %(address)s\n"
            "Ketuk, lalu tekan tombol hijau. Berlaku sampai %(until)s dan hanya sekali. "
            "Jangan diteruskan ke orang lain."
        )
        % {
            "name": row.name,
            "address": address,
            "until": show_day(timezone.localtime(row.expires_at).date()),
        },
    }
