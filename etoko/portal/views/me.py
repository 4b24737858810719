"""`/saya/`: one's own things; for a visitor, what an account would give."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.foundation.personal import show_personal
from etoko.people.models import Person
from etoko.people.sessions import first_name
from etoko.portal.mine import mine


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, Person):
        response = render(request, "portal/me_visitor.html", {"nav_active": "saya"})
        # A session that ran out leaves the name in the cookie behind.
        show_personal(request, response, name="", unread=0, acting="")
        return response
    own = mine(request.user)
    response = render(request, "portal/me.html", {"me": own, "nav_active": "saya"})
    show_personal(request, response, name=first_name(request.user), unread=own.unread)
    return response
