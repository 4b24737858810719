"""WhatsApp Cloud API: one message by one POST.

https://developers.facebook.com/docs/whatsapp/cloud-api (messages, templates, error codes;
read in November 2026).
There is no key that would make a repeated POST harmless. `biz_opaque_callback_data` comes back with every
status, so a message whose answer was lost is recognised when WhatsApp reports on it.
"""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from etoko.notices.channels import TIMEOUT, Accepted, Later, Needless, Outcome, Refused, Unknown, retry_after
from etoko.notices.models import Delivery, Notice, WhatsAppContact

if TYPE_CHECKING:
    import requests

WINDOW = timedelta(hours=24) - timedelta(minutes=10)
"""Free words are allowed for 24 hours after she wrote; a little less, for the way there."""
WINDOW_IS_CLOSED = 131047
LONGEST_TEXT, LONGEST_PARAMETER = 4096, 800

_TRY_LATER = {1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004, 133016}
"""Unknown error, service down, rate limits, maintenance."""
_OUR_SETTINGS = {0, 3, 10, 190, 131005, 131031, 131042, 132001, 132015, 132016, 133010}
"""Token, rights, account, payment, template missing or paused: somebody must repair it, then all will go."""


class WhatsAppChannel:
    repeats_safely = False

    def send(self, delivery: Delivery, notice: Notice, *, at: datetime) -> Outcome:
        contact = WhatsAppContact.objects.filter(phone=delivery.address).first()
        if contact and contact.stopped_at:
            return Needless(_("Penerima minta berhenti dikabari lewat WhatsApp."))
        may_write_freely = bool(contact and contact.heard_at and contact.heard_at > at - WINDOW)
        message = text_message(notice) if may_write_freely else notice_template(notice)
        return post_message(
            to=delivery.address, message=message, reference=f"{delivery.pk}-{delivery.attempts}"
        )


def post_message(
    *, to: str, message: dict[str, Any], reference: str = "", timeout: tuple[float, float] = TIMEOUT
) -> Outcome:
    import requests  # only who sends loads it: a twentieth of the start of a worker

    access = settings.WHATSAPP
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to.lstrip("+"),
        **message,
        **({"biz_opaque_callback_data": reference} if reference else {}),
    }
    try:
        answer = requests.post(
            f"{access['url']}/{access['phone_id']}/messages",
            json=body,
            headers={"Authorization": f"Bearer {access['token']}"},
            timeout=timeout,
            allow_redirects=False,
        )
    except requests.exceptions.ConnectTimeout:
        return Later(_("WhatsApp tidak bisa dihubungi."), channel_is_down=True)
    except requests.exceptions.ConnectionError as problem:
        # The connection may have broken after the words were through; refused at the door it was not.
        if "NewConnectionError" in repr(problem) or "NameResolutionError" in repr(problem):
            return Later(_("WhatsApp tidak bisa dihubungi."), channel_is_down=True)
        return Unknown(_("Sambungan ke WhatsApp putus di tengah jalan."))
    except requests.exceptions.RequestException:
        return Unknown(_("WhatsApp tidak menjawab pada waktunya."))
    return _outcome(answer)


def _outcome(answer: "requests.Response") -> Outcome:
    said = _json(answer)
    if answer.status_code == 200:
        messages = said.get("messages")
        id_ = messages[0].get("id") if isinstance(messages, list) and messages else None
        return Accepted(str(id_)[:200]) if id_ else Unknown(_("Jawaban WhatsApp tidak dimengerti."))
    error = said.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    code = code if isinstance(code, int) else None
    return _failure(answer.status_code, code, retry_after(answer.headers.get("Retry-After")))


def _failure(status: int, code: int | None, after: timedelta | None) -> Outcome:
    if status == 429 or code in _TRY_LATER:
        return Later(_("WhatsApp sedang sibuk."), after, channel_is_down=True)
    if status in (401, 403) or code in _OUR_SETTINGS:
        reason = _("Pengaturan WhatsApp di server perlu diperiksa (kode %(code)s).") % {"code": code or "?"}
        return Later(reason, after, channel_is_down=True)
    if status in (502, 504):
        return Unknown(_("WhatsApp tidak menjawab pada waktunya."))
    if status >= 500:
        return Later(_("WhatsApp sedang terganggu."), after, channel_is_down=True)
    return Refused(failure_words(code))


def _json(answer: "requests.Response") -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def failure_words(code: int | None) -> str:
    known = {
        131026: _("Nomor ini tidak memakai WhatsApp, atau tidak bisa menerima pesan."),
        131047: _("Sudah lebih dari 24 jam sejak penerima menulis."),
        131049: _("WhatsApp menahan pesan ini, supaya penerima tidak terlalu banyak dikirimi."),
        131050: _("Penerima tidak mau menerima pesan seperti ini."),
        131021: _("Nomor ini nomor WhatsApp e-Toko PKK sendiri."),
    }
    fallback = _("Ditolak WhatsApp (kode %(code)s).") % {"code": code or "?"}
    return known.get(code, fallback) if code else fallback


def text_message(notice: Notice) -> dict[str, Any]:
    # No preview: WhatsApp would open the private link of an order to draw it.
    return {"type": "text", "text": {"preview_url": False, "body": notice.text[:LONGEST_TEXT]}}


def notice_template(notice: Notice) -> dict[str, Any]:
    """The template of every notice: {{1}} the title, {{2}} the words."""
    parameters = [one_line(notice.title), one_line(notice.text)]
    return _template(settings.WHATSAPP["template"], [_body(parameters)])


def code_template(code: str) -> dict[str, Any]:
    """A template of the kind "authentication" with a button that copies the code."""
    button = {"type": "button", "sub_type": "url", "index": "0", "parameters": [_parameter(code)]}
    return _template(settings.WHATSAPP["code_template"], [_body([code]), button])


def one_line(text: str) -> str:
    """A parameter may hold no line break, no tab and no more than four spaces; its end, the link, is kept."""
    words = re.sub(r"\s{2,}", " ", re.sub(r"\s*\n\s*", " · ", text.strip())).replace("\t", " ")
    if len(words) <= LONGEST_PARAMETER:
        return words
    tail = words.rsplit(" · ", 1)[-1] if " · " in words else ""
    tail = f" … {tail}" if 0 < len(tail) < LONGEST_PARAMETER // 2 else " …"
    return words[: LONGEST_PARAMETER - len(tail)] + tail


def _template(name: str, components: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "template",
        "template": {
            "name": name,
            "language": {"code": settings.WHATSAPP["language"]},
            "components": components,
        },
    }


def _body(parameters: list[str]) -> dict[str, Any]:
    return {"type": "body", "parameters": [_parameter(text) for text in parameters]}


def _parameter(text: str) -> dict[str, str]:
    return {"type": "text", "text": text}
