"""Questions about the QRIS of a shop, for its seller and for the page of a payment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from etoko.catalog.models import PaymentOption, QrisCode, Shop
from etoko.catalog.photos import qris_url
from etoko.foundation.qris import Qris
from etoko.places.names import search_name

_ALIKE = 75
"""Of 100, by rapidfuzz's token_set_ratio: "KERUPUK RAHMA TBN" and "Kerupuk Bu Rahma" are alike."""


@dataclass(frozen=True, slots=True)
class QrisRow:
    name: str
    city: str
    nmid: str
    payload: str
    image: str
    from_at: datetime
    until_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class QrisPage:
    current: QrisRow | None
    """None also while there is only a picture that was never read."""
    unread_image: str
    past: list[QrisRow]


def qris_page(shop: Shop) -> QrisPage:
    rows = [_row(code) for code in shop.qris_codes.select_related("set_by")]
    option = shop.payment_options.filter(kind=PaymentOption.QRIS).first()
    return QrisPage(
        current=next((row for row in rows if row.until_at is None), None),
        unread_image=qris_url(option.qris_image) if option and not option.qris_id else "",
        past=[row for row in rows if row.until_at is not None],
    )


def oddities_of(shop: Shop, qris: Qris) -> list[str]:
    """What the seller should look at twice before she lets her money go there, in sentences."""
    odd = []
    if not any(_alike(qris.name, name) for name in _names_of(shop)):
        odd.append(
            _(
                "Nama di QRIS, “%(name)s”, lain dari nama toko “%(shop)s” dan pemiliknya. "
                "Benarkah ini QRIS Anda?"
            )
            % {"name": qris.name, "shop": shop.name}
        )
    last = shop.qris_codes.first()
    if last is not None and last.nmid != qris.nmid:
        odd.append(
            _(
                "NMID-nya berubah: tadinya %(before)s, sekarang %(now)s. "
                "Uang akan masuk ke pemilik NMID yang baru."
            )
            % {"before": last.nmid or _("tidak ada"), "now": qris.nmid or _("tidak ada")}
        )
    if qris.nmid and (others := _shops_with(qris.nmid, shop)):
        odd.append(_("QRIS ini juga dipakai toko lain: %(shops)s.") % {"shops": ", ".join(others)})
    if not qris.nmid:
        odd.append(_("Kode ini tidak memuat NMID, jadi pemiliknya hanya dikenali dari namanya."))
    return odd


def _names_of(shop: Shop) -> Iterable[str]:
    yield shop.name
    yield shop.business.name
    yield from shop.business.owners.values_list("name", flat=True)


def _alike(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(_letters(one), _letters(other)) >= _ALIKE


def _letters(name: str) -> str:
    return " ".join(search_name(word) for word in name.split())


def _shops_with(nmid: str, shop: Shop) -> list[str]:
    codes = QrisCode.objects.filter(nmid=nmid, until_at__isnull=True).exclude(shop=shop)
    return list(codes.order_by("shop__name").values_list("shop__name", flat=True)[:3])


def _row(code: QrisCode) -> QrisRow:
    by = code.set_by.name if code.set_by else _("dibaca dari gambar yang sudah ada")
    if code.for_name:
        by = _("dicatat oleh %(name)s untuk %(whom)s") % {"name": by, "whom": code.for_name}
    return QrisRow(
        code.merchant_name,
        code.merchant_city,
        code.nmid,
        code.payload,
        qris_url(code.image),
        code.from_at,
        code.until_at,
        by,
    )
