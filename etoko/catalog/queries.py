"""Questions about a shop for its seller: plain rows for her pages.

Her products are in `queries_products.py`, what buyers see in `queries_public.py`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.hours import show_hours
from etoko.catalog.models import DeliveryOption, PaymentOption, Shop
from etoko.catalog.states import (
    PUBLISHED,
    SELLER,
    SHOP_FLOW,
    SHOP_INCOMPLETE,
    SHOP_OPEN,
)
from etoko.foundation.flows import Offered
from etoko.places.models import VILLAGE, Area
from etoko.registry.models import PublicConsent

WHATSAPP, PAYMENT, DELIVERY, PRODUCT = "whatsapp", "payment", "delivery", "product"

_POINTS: dict[str, tuple[Promise, Promise]] = {
    WHATSAPP: (gettext_lazy("Nomor WhatsApp"), gettext_lazy("Supaya pembeli bisa bertanya dan memesan.")),
    PAYMENT: (gettext_lazy("Cara bayar"), gettext_lazy("Tunai saat terima sudah cukup.")),
    DELIVERY: (gettext_lazy("Cara barang sampai"), gettext_lazy("Ambil di tempat sudah cukup.")),
    PRODUCT: (gettext_lazy("Satu produk dijual"), gettext_lazy("Foto dari HP, nama, dan harga.")),
}


@dataclass(frozen=True)
class Point:
    """A line of the checklist that decides whether a shop may be open."""

    key: str
    title: str
    note: str
    done: bool


def checklist(shop: Shop) -> list[Point]:
    missing = missing_of(shop)
    return [
        Point(key, str(title), "" if key not in missing else str(note), key not in missing)
        for key, (title, note) in _POINTS.items()
    ]


def missing_of(shop: Shop) -> list[str]:
    """Keys of what keeps the shop from being open; empty when it is complete."""
    has = {
        WHATSAPP: bool(shop.whatsapp),
        PAYMENT: any(_is_payable(option) for option in shop.payment_options.all()),
        DELIVERY: _is_deliverable(shop),
        PRODUCT: shop.products.filter(status=PUBLISHED).exists(),
    }
    return [key for key, done in has.items() if not done]


SHOWN_WITH_A_SHOP = frozenset({PublicConsent.LISTING, PublicConsent.PHONE})
"""What everybody sees of a business that has a shop."""


def may_be_shown(shop: Shop) -> bool:
    return consents_in_force(shop) >= SHOWN_WITH_A_SHOP


def consents_in_force(shop: Shop) -> set[str]:
    consents = PublicConsent.objects.filter(business_id=shop.business_id, withdrawn_at__isnull=True)
    return set(consents.values_list("what", flat=True))


def names_of(points: list[str]) -> str:
    return ", ".join(str(_POINTS[key][0]).lower().replace("whatsapp", "WhatsApp") for key in points)


def _is_payable(option: PaymentOption) -> bool:
    if option.kind == PaymentOption.TRANSFER:
        return bool(option.bank and option.account_number and option.account_name)
    return option.kind != PaymentOption.QRIS or bool(option.qris_id or option.qris_image)


def _is_deliverable(shop: Shop) -> bool:
    kinds = set(shop.delivery_options.values_list("kind", flat=True))
    if kinds & {DeliveryOption.PICKUP, DeliveryOption.COURIER}:
        return True
    return DeliveryOption.SELLER in kinds and shop.delivery_fees.exists()


# --------------------------------------------------------------------------------------- the shop


@dataclass(frozen=True)
class ShopState:
    """How the shop stands, for the head of every page of its seller."""

    shop_id: str
    name: str
    slug: str
    status: str
    label: str
    tone: str
    is_open: bool
    was_open: bool
    reason: str
    """Why buyers cannot order now, and what to do; empty when they can."""
    points: list[Point]
    moves: list[Offered]
    holiday_until: date | None
    is_hidden: bool
    """Left out of the lists for the holiday."""


def shop_state(shop: Shop, *, on: date) -> ShopState:
    points = checklist(shop)
    missing = [point.key for point in points if not point.done]
    on_holiday = shop.is_on_holiday(on)
    label = _("Libur") if on_holiday and shop.status == SHOP_OPEN else str(SHOP_FLOW.states[shop.status])
    tone = {SHOP_OPEN: "ok", SHOP_INCOMPLETE: "wait"}.get(shop.status, "")
    return ShopState(
        shop_id=shop.public_id,
        name=shop.name,
        slug=shop.slug,
        status=shop.status,
        label=label,
        tone="wait" if on_holiday and shop.status == SHOP_OPEN else tone or "bad",
        is_open=shop.status == SHOP_OPEN and not on_holiday,
        was_open=shop.opened_at is not None,
        reason=_why_closed(shop, missing),
        points=points,
        moves=SHOP_FLOW.moves_from(shop.status, [SELLER]),
        holiday_until=shop.holiday_until_on if on_holiday else None,
        is_hidden=shop.is_hidden_on(on),
    )


def _why_closed(shop: Shop, missing: list[str]) -> str:
    if shop.status == SHOP_INCOMPLETE:
        return _(
            "Toko tidak terlihat pembeli karena masih kurang: %(points)s. Lengkapi, nanti buka sendiri."
        ) % {"points": names_of(missing)}
    if shop.status == "suspended":
        return _("Toko ditangguhkan petugas. Alasan: %(reason)s") % {"reason": shop.status_reason}
    if shop.status == "closed":
        return _("Anda menutup toko ini. Pembeli tidak bisa memesan sampai Anda membukanya lagi.")
    if shop.status == "draft" and missing:
        return _("Toko belum buka. Masih kurang: %(points)s.") % {"points": names_of(missing)}
    if shop.status == "draft":
        return _("Semua sudah lengkap. Tinggal buka toko.")
    return ""


@dataclass(frozen=True)
class VillageFee:
    code: str
    name: str
    fee_rp: int | None
    """None: not brought there."""


def villages_around(shop: Shop) -> list[Area]:
    """The villages of the sub-district that the shop is in."""
    district = shop.area.parent_id if shop.area.level == VILLAGE else shop.area_id
    return list(Area.objects.filter(parent_id=district, level=VILLAGE))


def delivery_fees(shop: Shop) -> list[VillageFee]:
    fees = dict(shop.delivery_fees.values_list("area_id", "fee_rp"))
    return [VillageFee(area.code, area.name, fees.get(area.code)) for area in villages_around(shop)]


@dataclass(frozen=True)
class Section:
    """A line on the page of settings that leads to a short form."""

    key: str
    title: str
    icon: str
    now: str


def settings_sections(shop: Shop, *, on: date) -> list[Section]:
    holiday = ""
    if shop.holiday_from_on and shop.holiday_until_on and shop.holiday_until_on >= on:
        holiday = f"{shop.holiday_from_on:%d/%m}–{shop.holiday_until_on:%d/%m/%Y}"
        if shop.holiday_showing == Shop.HIDDEN:
            holiday = _("%(days)s, disembunyikan") % {"days": holiday}
    payments = [str(option.get_kind_display()) for option in shop.payment_options.all()]
    deliveries = [str(option.get_kind_display()) for option in shop.delivery_options.all()]
    none = _("Belum diisi")
    return [
        Section("nama", _("Nama dan cerita"), "store", shop.name),
        Section("kontak", _("WhatsApp dan jam buka"), "clock", show_hours(shop.hours) or none),
        Section("pembayaran", _("Cara bayar"), "wallet", ", ".join(payments) or none),
        Section("pengantaran", _("Cara barang sampai"), "truck", ", ".join(deliveries) or none),
        Section("libur", _("Libur"), "calendar-off", holiday or _("Tidak ada libur")),
    ]


def payment_details(shop: Shop) -> dict[str, Any]:
    """What the form of payments starts from."""
    details: dict[str, Any] = {"kinds": [], "unique_amounts": shop.unique_amounts == Shop.ON, "qris": ""}
    for option in shop.payment_options.select_related("qris"):
        if option.kind != PaymentOption.MIDTRANS:
            details["kinds"].append(option.kind)
        if option.kind == PaymentOption.TRANSFER:
            details |= {
                "bank": option.bank,
                "account_number": option.account_number,
                "account_name": option.account_name,
            }
        if option.kind == PaymentOption.QRIS:
            code = option.qris
            details["qris"] = f"{code.merchant_name} {code.nmid}" if code else _("gambar, belum terbaca")
    return details
