"""The page of a voucher that is passed on by WhatsApp."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.vouchers.carrying import carry_code
from etoko.vouchers.queries import voucher_page


@never_cache
@require_safe
def voucher(request: HttpRequest, code: str) -> HttpResponse:
    """Shows what the code is worth and remembers it for her order."""
    page = voucher_page(code, on=timezone.localdate())
    if page is None:
        raise Http404
    response = render(request, "vouchers/voucher.html", {"voucher": page})
    if not page.why_not:
        carry_code(response, page.code)
    return response
