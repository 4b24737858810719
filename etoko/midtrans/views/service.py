"""`/webhook/midtrans/`: where Midtrans tells that something happened to a charge."""

import json
import logging

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from etoko.midtrans.access import require_midtrans
from etoko.midtrans.client import MidtransIsAway, Status
from etoko.midtrans.operations import ForgedCall, hear

LONGEST_CALL = 64 * 1024

logger = logging.getLogger("etoko.midtrans")


@never_cache
@csrf_exempt
@require_POST
def notification(request: HttpRequest) -> HttpResponse:
    require_midtrans()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_CALL:
        return HttpResponse(status=413)
    try:
        status = Status.read(json.loads(request.body))
    except (ValueError, RecursionError):
        status = None
    if status is None:
        return HttpResponse(status=400)
    try:
        hear(status=status, at=timezone.now())
    except ForgedCall:
        logger.warning("A call of the Midtrans webhook without a signature of ours")
        return HttpResponse(status=403)
    except MidtransIsAway:
        # It calls again later, and the worker asks by itself as well.
        return HttpResponse(status=503)
    return HttpResponse(status=200)
