"""Forms clean what was typed and decide nothing."""

import json
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from etoko.notices.hours import QUIET_FROM, QUIET_UNTIL
from etoko.notices.models import Reach
from etoko.notices.operations.choosing import Wishes

_HOURS = [(f"{hour:02}:00", f"{hour:02}.00") for hour in range(24)]
"""To be chosen: a browser's own time field speaks of AM and PM on many phones."""


class WishesForm(forms.Form):
    whatsapp = forms.BooleanField(label=_("WhatsApp"), required=False)
    push = forms.BooleanField(label=_("Pemberitahuan di HP"), required=False)
    mail = forms.BooleanField(label=_("Surel"), required=False)
    quiet = forms.BooleanField(
        label=_("Jangan kirim waktu istirahat"),
        help_text=_("Kabar yang datang pada jam itu dikirim sesudahnya. Kode masuk tetap langsung dikirim."),
        required=False,
    )
    quiet_from = forms.ChoiceField(label=_("Mulai"), choices=_HOURS)
    quiet_until = forms.ChoiceField(label=_("Sampai"), choices=_HOURS)

    def __init__(self, data: Any, *, reach: Reach | None, has_stopped: bool = False) -> None:
        """`has_stopped`: she answered BERHENTI to a message."""
        quiet_from = reach.quiet_from if reach else QUIET_FROM
        quiet_until = reach.quiet_until if reach else QUIET_UNTIL
        super().__init__(
            data,
            initial={
                **{
                    way: not reach or getattr(reach, way) == Reach.WANTED
                    for way in ("whatsapp", "push", "mail")
                },
                **({"whatsapp": False} if has_stopped else {}),
                "quiet": quiet_from is not None,
                "quiet_from": (quiet_from or QUIET_FROM).strftime("%H:%M"),
                "quiet_until": (quiet_until or QUIET_UNTIL).strftime("%H:%M"),
            },
        )

    def wishes(self) -> Wishes:
        given = self.cleaned_data
        return Wishes(
            **{way: Reach.WANTED if given[way] else Reach.UNWANTED for way in ("push", "mail", "whatsapp")},
            quiet_from=time.fromisoformat(given["quiet_from"]) if given["quiet"] else None,
            quiet_until=time.fromisoformat(given["quiet_until"]) if given["quiet"] else None,
        )


class MailForm(forms.Form):
    address = forms.EmailField(
        label=_("Alamat surel"),
        max_length=200,
        error_messages={"invalid": _("Alamat surel ini belum lengkap. Misalnya nama@gmail.com.")},
    )


class DeviceForm(forms.Form):
    """`subscription` is what `PushSubscription.toJSON()` gave."""

    name = forms.CharField(max_length=60, required=False)
    subscription = forms.CharField(max_length=3000)

    def clean_subscription(self) -> dict[str, str]:
        try:
            said = json.loads(self.cleaned_data["subscription"])
            keys = said["keys"]
            found = {"endpoint": said["endpoint"], "p256dh": keys["p256dh"], "auth": keys["auth"]}
        except (ValueError, KeyError, TypeError, RecursionError):
            found = {}
        if not found or not all(isinstance(value, str) for value in found.values()):
            raise forms.ValidationError(_t("Pemberitahuan belum menyala. Coba lagi."))
        return found
