"""A promise is given."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.onetime import once
from etoko.groups.views.common import Look, done, form_page
from etoko.partners.access import voice_in
from etoko.partners.models import SHOWN_NAME, Organisation
from etoko.promises.forms import PromiseForm
from etoko.promises.models import Promise
from etoko.promises.operations import PromiseFacts, make_promise

_LOOK: Look = {
    "what": {"type": "textarea", "rows": 3},
    "due_on": {"type": "date", "short": True},
    "origin": {"two": True},
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_promise(request: HttpRequest) -> HttpResponse:
    voice = voice_in(request)
    if voice is None:
        messages.warning(request, _("Pilih dulu atas nama siapa Anda berjanji."))
        return redirect(f"/bertindak-sebagai/?next={request.path}")
    others = Organisation.objects.public().exclude(pk=voice.organisation.pk).whole().order_by(SHOWN_NAME)
    found = {one.public_id: one for one in others}
    form = PromiseForm(
        request.POST if request.method == "POST" else None,
        partners=[(public_id, one.title) for public_id, one in found.items()],
    )
    made: list[Promise] = []

    def deed() -> None:
        given = dict(form.cleaned_data)
        given["for_organisation"] = found.get(given["for_organisation"])
        made.append(make_promise(voice=voice, facts=PromiseFacts(**given), at=timezone.now()))

    if request.method == "POST" and done(form, deed):
        messages.success(request, _("Janji tercatat dan bisa dilihat semua orang."))
        return redirect("promises:promise", made[0].public_id)
    return form_page(
        request,
        form,
        title=_("Buat janji"),
        lead=_("Atas nama %(name)s. Semua orang bisa melihat janji ini dan apa jadinya.")
        % {"name": voice.organisation.title},
        button=_("Janjikan"),
        crumbs=[(_("Janji"), "/janji/"), (_("Buat janji"), "")],
        look=_LOOK,
        acting=voice.organisation.title,
    )
