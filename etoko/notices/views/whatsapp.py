"""`/webhook/whatsapp/`: where WhatsApp tells what became of our messages, and what people wrote back.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started (read November 2026).
"""

import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from etoko.notices.operations.hearing import hear_whatsapp

LONGEST_CALL = 1024 * 1024

logger = logging.getLogger("etoko.whatsapp")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def whatsapp_webhook(request: HttpRequest) -> HttpResponse:
    """Not there at all where WhatsApp is not set up: without secrets anybody could speak for it."""
    access = settings.WHATSAPP
    if not access["secret"] or not access["verify"]:
        raise Http404
    return _hear(request) if request.method == "POST" else _prove(request)


def _prove(request: HttpRequest) -> HttpResponse:
    """Asked once when the address is entered: only who knows the word gets the answer."""
    word = request.GET.get("hub.verify_token", "")
    if request.GET.get("hub.mode") != "subscribe" or not _same(word, settings.WHATSAPP["verify"]):
        return HttpResponse(status=403)
    return HttpResponse(request.GET.get("hub.challenge", "")[:200], content_type="text/plain")


def _hear(request: HttpRequest) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_CALL:
        return HttpResponse(status=413)
    # The very bytes that came: read and written again, an emoji would have another signature.
    raw = request.body
    if not _same(request.headers.get("X-Hub-Signature-256", ""), f"sha256={signature(raw)}"):
        logger.warning("A call of the WhatsApp webhook without our signature")
        return HttpResponse(status=403)
    try:
        call = json.loads(raw)
    except (ValueError, RecursionError):
        call = None
    if isinstance(call, dict):
        hear_whatsapp(call=call, at=timezone.now())
    # Whatever it was: asked again it would be the same.
    return HttpResponse(status=200)


def signature(raw: bytes) -> str:
    return hmac.new(settings.WHATSAPP["secret"].encode(), raw, hashlib.sha256).hexdigest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
