"""One page for what everybody may see, for the owner herself and for an officer who asked her."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.consent_texts import is_outgrown, text_now
from etoko.registry.forms import ConsentForm
from etoko.registry.models import Business
from etoko.registry.operations.consenting import BY_KADER, set_consents


def consent_page(
    request: HttpRequest,
    business: Business,
    *,
    how: str,
    by: Person,
    for_name: str,
    home: str,
    crumbs: list[tuple[str, str]],
) -> HttpResponse:
    """`how` is empty where the page asks for it."""
    in_force = list(business.consents.filter(withdrawn_at__isnull=True))
    text = text_now()
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        initial={
            "shown": [row.what for row in in_force],
            "how": BY_KADER,
            "text_version": text.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_consents(
                business=business,
                shown=form.cleaned_data["shown"],
                how=how or form.cleaned_data["how"] or BY_KADER,
                by=by,
                at=timezone.now(),
                for_name=for_name,
                text_version=form.cleaned_data["text_version"],
            )
        except UnableTo as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, _("Persetujuan tercatat dan langsung berlaku."))
            return redirect(f"{home}#persetujuan")
    return render(
        request,
        "registry/consents.html",
        {
            "form": form,
            "text": text,
            "anew": [text.purposes[row.what] for row in in_force if is_outgrown(row.what, row.text_version)],
            "business_name": business.name,
            "home": home,
            "is_owner": bool(how),
            "crumbs": [*crumbs, (_("Persetujuan"), "")],
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )
