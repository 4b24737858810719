"""Noting that the other side was told by hand: the `ping` of the WhatsApp buttons.

The buttons lead to WhatsApp themselves; the browser tells us by a POST of its own that somebody pressed one
(HTML standard, "hyperlink auditing"). So nobody who merely looks at a page, or opens all its links, notes
anything. A browser that sends no pings costs nothing but the note.
"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from etoko.notices.operations import pass_on_notices
from etoko.ordering.access import order_by_link, order_for_seller
from etoko.ordering.operations.telling import about_buyer, about_seller
from etoko.ordering.states import AWAITING_CONFIRMATION
from etoko.ordering.views.carrying import person_of
from etoko.people.models import Person


@never_cache
@csrf_exempt  # a ping carries no token; from elsewhere it would come without the session
@login_required
@require_POST
def tell_buyer(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    order_for_seller(request.user, shop_id, number)
    pass_on_notices(about=about_buyer(number), by=request.user, at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@never_cache
@csrf_exempt  # the secret in the address is the key
@require_POST
def tell_seller(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    """While the seller has not answered, the words of the button are the order itself; later they are a
    question, which tells her nothing that she should know."""
    order = order_by_link(secret, number)
    if order.state == AWAITING_CONFIRMATION:
        pass_on_notices(about=about_seller(number), by=person_of(request), at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
