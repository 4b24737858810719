"""`/bertindak-sebagai/`: for whom she speaks, and as whom she acts now."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.onetime import once
from etoko.foundation.personal import show_personal
from etoko.partners.access import HERSELF, SESSION_KEY, voice_in, voices_of
from etoko.partners.queries.keeping import voice_rows
from etoko.people.sessions import next_path
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def act_as(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    if request.method == "POST":
        chosen = request.POST.get("as", "")
        voice = next((one for one in voices_of(person) if one.organisation.public_id == chosen), None)
        request.session[SESSION_KEY] = voice.organisation.public_id if voice else HERSELF
        name = voice.organisation.title if voice else ""
        messages.success(
            request,
            _("Anda sekarang bertindak sebagai %(name)s.") % {"name": name}
            if voice
            else _("Anda sekarang bertindak sebagai diri sendiri."),
        )
        response: HttpResponse = redirect(next_path(request) or request.path)
        show_personal(request, response, acting=name)
        return response
    voice = voice_in(request)
    response = render(
        request,
        "partners/act_as.html",
        {
            "rows": voice_rows(person, voice),
            "acting": voice.organisation.title if voice else "",
            "back": next_path(request),
            "nav_active": "saya",
        },
    )
    show_personal(request, response, acting=voice.organisation.title if voice else "")
    return response
