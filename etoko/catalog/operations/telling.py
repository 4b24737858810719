"""All of a business hear when the way its money takes is changed: whoever swaps it steals her sales."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.catalog.models import Shop
from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_moment
from etoko.notices.operations import send_notice
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses


def tell_where_money_goes(
    *, shop: Shop, what: str, before: str, after: str, by: Person | None, at: datetime
) -> None:
    """`what` is "qris" or "transfer"; `before` and `after` in words, empty where there is none."""
    people = people_of_businesses([shop.business_id], on=timezone.localdate(at)).get(shop.business_id, [])
    path = (
        reverse("catalog:shop_qris", args=[shop.public_id])
        if what == "qris"
        else reverse("catalog:settings_section", args=[shop.public_id, "pembayaran"])
    )
    recipients: list[Person | None] = [*people] or ([None] if shop.whatsapp else [])
    for person in recipients:
        with translation.override(person.language if person else "id"):
            title, text = _words(shop, what, (before, after), by, at)
        send_notice(
            key=f"shop:{shop.pk}:{what}:{person.pk if person else 'shop'}:{at:%Y%m%d%H%M%S%f}",
            kind=f"shop_{what}",
            title=title,
            text=f"{text}\n\n{whole_address(path)}",
            path=path,
            at=at,
            recipient=person,
            phone="" if person else shop.whatsapp,
        )


def _words(
    shop: Shop, what: str, change: tuple[str, str], by: Person | None, at: datetime
) -> tuple[str, str]:
    before, after = change
    said = {
        "shop": shop.name,
        "thing": "QRIS" if what == "qris" else _("Rekening transfer"),
        "before": before,
        "after": after,
        "by": by.name if by else _("sistem"),
        "at": show_moment(at),
    }
    if not before:
        title, what_is = _("%(thing)s dipasang di %(shop)s"), _("Sekarang: %(after)s.")
    elif not after:
        title, what_is = _("%(thing)s dilepas dari %(shop)s"), _("Tadinya: %(before)s.")
    else:
        title, what_is = _("%(thing)s %(shop)s diganti"), _("Sekarang: %(after)s. Tadinya: %(before)s.")
    parts = [
        title % said + ".",
        what_is % said,
        _("Dilakukan oleh %(by)s, %(at)s.") % said,
        _("Kalau ini bukan kehendak Anda, ganti segera dan beri tahu petugas kecamatan."),
    ]
    return title % said, " ".join(parts)
