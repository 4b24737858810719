"""To WhatsApp with the words ready, noting that the other side is now told by hand.

Links, not forms: WhatsApp leads on to another name of its own, and the page's policy lets forms go only where
it names. What is noted is only that somebody opened WhatsApp.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.notices.operations import pass_on_notices
from etoko.ordering.access import order_by_link, order_for_seller
from etoko.ordering.models import Order
from etoko.ordering.operations.telling import about_buyer, about_seller
from etoko.ordering.queries.rows import pages_of
from etoko.ordering.states import AWAITING_CONFIRMATION, BUYER, SELLER
from etoko.ordering.views.carrying import person_of
from etoko.people.models import Person


@never_cache
@login_required
@require_safe
def tell_buyer(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    _selling, order = order_for_seller(request.user, shop_id, number)
    return _to_whatsapp(order, SELLER, about_buyer(number), by=request.user)


@never_cache
@require_safe
def tell_seller(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    """While the seller has not answered the words are the order itself; later they are a question."""
    order = order_by_link(secret, number)
    about = about_seller(number) if order.state == AWAITING_CONFIRMATION else ""
    return _to_whatsapp(order, BUYER, about, by=person_of(request))


def _to_whatsapp(order: Order, party: str, about: str, *, by: Person | None) -> HttpResponse:
    at = timezone.now()
    page = pages_of(Order.objects.filter(pk=order.pk), party=party, at=at)[0]
    if not page.whatsapp:
        raise Http404
    if about:
        pass_on_notices(about=about, by=by, at=at)
    return redirect(page.whatsapp)
