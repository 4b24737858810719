"""Web push (RFC 8030, 8291, 8292): to a browser that asked for it, by the service of its maker."""

import base64
import json
import time
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from py_vapid import Vapid
from pywebpush import WebPushException, webpush

from etoko.notices.channels import TIMEOUT, Accepted, Later, Needless, Outcome, Refused, retry_after
from etoko.notices.channels.vapid import key_file
from etoko.notices.models import Delivery, Notice, PushDevice

KEPT_FOR = 24 * 3600
"""Seconds for which the service keeps it for a phone that is off."""
LONGEST_BODY = 300


class PushChannel:
    # The device shows the second one in the place of the first: both carry the tag of the notice.
    repeats_safely = True

    def send(self, delivery: Delivery, notice: Notice, *, at: datetime) -> Outcome:
        device = PushDevice.objects.filter(pk=delivery.address, person=notice.recipient_id).first()
        if device is None:
            return Needless(_gone())
        said = {
            "title": notice.title,
            "body": _beginning(notice),
            "path": f"/kabar/{notice.pk}/",
            "tag": f"kabar-{notice.pk}",
        }
        parts = urlsplit(device.endpoint)
        try:
            webpush(
                subscription_info={
                    "endpoint": device.endpoint,
                    "keys": {"p256dh": device.p256dh, "auth": device.auth},
                },
                data=json.dumps(said),
                vapid_private_key=Vapid.from_file(key_file()),
                vapid_claims={
                    "sub": _contact(),
                    "aud": f"{parts.scheme}://{parts.netloc}",
                    "exp": int(time.time()) + 12 * 3600,
                },
                ttl=KEPT_FOR,
                timeout=TIMEOUT,
                headers={"Topic": _topic(notice), "Urgency": "normal"},
                requests_session=_Straight(),
            )
        except WebPushException as problem:
            return _outcome(problem)
        except requests.exceptions.RequestException:
            return Later(_("Layanan pemberitahuan tidak bisa dihubungi."))
        except ValueError:
            return Refused(_("Kunci perangkat ini tidak sah."))
        return Accepted()


class _Straight(requests.Session):
    """Follows nobody elsewhere: the address came from a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.max_redirects = 0


def _contact() -> str:
    """Whom a push service would ask: an https or a mail address (RFC 8292, 2.1)."""
    if settings.ADDRESS.startswith("https://"):
        return settings.ADDRESS.rstrip("/")
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _beginning(notice: Notice) -> str:
    """The sentence itself: without the greeting before it and the address after it."""
    parts = [part.strip() for part in notice.text.split("\n\n") if part.strip()]
    middle = [part for part in parts if not part.endswith(",") and "://" not in part]
    return " ".join(" ".join(middle or parts[:1]).split())[:LONGEST_BODY]


def _topic(notice: Notice) -> str:
    """At most 32 signs of base64url (RFC 8030, 5.4): the service replaces what it has not delivered yet."""
    return base64.urlsafe_b64encode(f"kabar-{notice.pk}".encode()).rstrip(b"=").decode()[:32]


def _outcome(problem: WebPushException) -> Outcome:
    answer = problem.response
    status = answer.status_code if isinstance(answer, requests.Response) else 0
    if status in (404, 410):
        return Needless(_gone(), device_is_gone=True)
    if isinstance(answer, requests.Response) and (status == 429 or status >= 500):
        after = retry_after(answer.headers.get("Retry-After"))
        return Later(_("Layanan pemberitahuan sedang sibuk."), after)
    if status == 413:
        return Refused(_("Kabarnya terlalu panjang untuk pemberitahuan."))
    return Refused(_("Layanan pemberitahuan menolaknya (%(status)s).") % {"status": status or "?"})


def _gone() -> str:
    return _("Perangkat ini tidak menerima pemberitahuan lagi.")
