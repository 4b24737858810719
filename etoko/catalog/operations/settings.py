"""What an owner says about her shop: words, hours, how she is paid, how goods reach the buyer, holidays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import DeliveryFee, DeliveryOption, PaymentOption, Shop
from etoko.catalog.operations.opening import follow_checklist
from etoko.catalog.operations.qris import drop_qris, qris_in_words
from etoko.catalog.operations.telling import tell_where_money_goes
from etoko.foundation.problems import UnableTo
from etoko.places.models import Area


class UnableToSetShop(UnableTo):
    pass


@dataclass(frozen=True)
class Payment:
    kind: str
    bank: str = ""
    account_number: str = ""
    account_name: str = ""


@transaction.atomic
def describe_shop(*, selling: Selling, name: str, story: str, at: datetime) -> Shop:
    """The address of the shop stays: links to it have been shared."""
    return _change(selling, "describe_shop", at, name=name, story=story)


@transaction.atomic
def set_contact(*, selling: Selling, whatsapp: str, hours: Mapping[str, Any], at: datetime) -> Shop:
    """`whatsapp` is canonical (+62812…); `hours` as in `Shop.hours`."""
    return _change(selling, "set_contact", at, whatsapp=whatsapp, hours=dict(hours))


@transaction.atomic
def set_payment_options(
    *, selling: Selling, payments: Sequence[Payment], unique_amounts: str = "", at: datetime
) -> None:
    """These and no others from now on. `unique_amounts` is Shop.ON or Shop.OFF; empty leaves it.

    QRIS can be kept or given up here; the code itself is set by `set_qris`.
    """
    shop = _locked(selling)
    options = {option.kind: option for option in shop.payment_options.select_related("qris")}
    for payment in payments:
        _check_payment(payment, options)
    before = [_payment_words(option) for option in options.values()]
    account_before = _account_words(options.get(PaymentOption.TRANSFER))
    kinds = [payment.kind for payment in payments]
    if PaymentOption.QRIS not in kinds:
        drop_qris(shop=shop, by=selling.person, for_name=selling.for_name, at=at)
    shop.payment_options.exclude(kind__in=[*kinds, PaymentOption.MIDTRANS]).delete()
    for payment in payments:
        PaymentOption.objects.update_or_create(
            shop=shop,
            kind=payment.kind,
            defaults={
                "bank": payment.bank,
                "account_number": payment.account_number,
                "account_name": payment.account_name,
            },
        )
    options = {option.kind: option for option in shop.payment_options.select_related("qris")}
    changes: dict[str, tuple[Any, Any]] = {
        "payment_options": (before, [_payment_words(option) for option in options.values()])
    }
    if unique_amounts and unique_amounts != shop.unique_amounts:
        changes["unique_amounts"] = (shop.unique_amounts, unique_amounts)
        shop.unique_amounts = unique_amounts
        shop.save(update_fields=["unique_amounts"])
    _record(selling, shop, "set_payment_options", at, changes)
    account = _account_words(options.get(PaymentOption.TRANSFER))
    if account != account_before:
        tell_where_money_goes(
            shop=shop, what="transfer", before=account_before, after=account, by=selling.person, at=at
        )


@transaction.atomic
def allow_online_payment(*, selling: Selling, is_allowed: bool, at: datetime) -> None:
    """The seller's account at a payment service was opened or closed: a way to pay comes or goes with it."""
    shop = _locked(selling)
    options = shop.payment_options.all()
    before = [_payment_words(option) for option in options]
    if is_allowed:
        PaymentOption.objects.get_or_create(shop=shop, kind=PaymentOption.MIDTRANS)
    else:
        shop.payment_options.filter(kind=PaymentOption.MIDTRANS).delete()
    after = [_payment_words(option) for option in shop.payment_options.all()]
    if after != before:
        _record(selling, shop, "set_payment_options", at, {"payment_options": (before, after)})


@transaction.atomic
def set_delivery_options(
    *, selling: Selling, kinds: Sequence[str], fees_rp: Mapping[str, int], at: datetime
) -> None:
    """`fees_rp` maps the code of a village to the fee for bringing goods there; others are not served."""
    shop = _locked(selling)
    if not kinds:
        raise UnableToSetShop(_("Pilih paling sedikit satu cara barang sampai ke pembeli."), field="kinds")
    fees = dict(fees_rp) if DeliveryOption.SELLER in kinds else {}
    if DeliveryOption.SELLER in kinds and not fees:
        raise UnableToSetShop(
            _("Tulis ongkos antar paling sedikit untuk satu desa. Gratis ditulis 0."), field="kinds"
        )
    known = set(Area.objects.filter(code__in=fees).values_list("code", flat=True))
    if known != fees.keys():
        raise UnableToSetShop(_("Ada desa yang tidak dikenal. Muat ulang halaman, lalu isi lagi."))
    before = _delivery_words(shop)
    shop.delivery_options.exclude(kind__in=kinds).delete()
    for kind in kinds:
        DeliveryOption.objects.get_or_create(shop=shop, kind=kind)
    shop.delivery_fees.exclude(area_id__in=fees).delete()
    DeliveryFee.objects.bulk_create(
        [DeliveryFee(shop=shop, area_id=code, fee_rp=fee_rp) for code, fee_rp in fees.items()],
        update_conflicts=True,
        unique_fields=["shop", "area"],
        update_fields=["fee_rp"],
    )
    _record(selling, shop, "set_delivery_options", at, {"delivery": (before, _delivery_words(shop))})


@transaction.atomic
def set_holiday(
    *,
    selling: Selling,
    from_on: date,
    until_on: date,
    note: str = "",
    hidden: bool = False,
    at: datetime,
) -> Shop:
    """Closed from the first day to the last; the shop opens again by itself.

    `hidden`: meanwhile it and its goods stand in no list; `list_shops_by_the_day` follows the calendar.
    """
    if until_on < from_on:
        raise UnableToSetShop(_("Hari terakhir libur tidak boleh sebelum hari pertama."), field="until_on")
    return _change(
        selling,
        "set_holiday",
        at,
        holiday_from_on=from_on,
        holiday_until_on=until_on,
        holiday_note=note,
        holiday_showing=Shop.HIDDEN if hidden else Shop.SHOWN,
    )


@transaction.atomic
def end_holiday(*, selling: Selling, at: datetime) -> Shop:
    return _change(
        selling,
        "end_holiday",
        at,
        holiday_from_on=None,
        holiday_until_on=None,
        holiday_note="",
        holiday_showing=Shop.SHOWN,
    )


def _locked(selling: Selling) -> Shop:
    return Shop.objects.select_for_update().get(pk=selling.shop.pk)


def _change(selling: Selling, deed: str, at: datetime, **fields: Any) -> Shop:
    shop = _locked(selling)
    changes = {field: (getattr(shop, field), value) for field, value in fields.items()}
    for field, value in fields.items():
        setattr(shop, field, value)
    shop.save(update_fields=list(fields))
    _record(selling, shop, deed, at, changes)
    return shop


def _record(
    selling: Selling, shop: Shop, deed: str, at: datetime, changes: Mapping[str, tuple[Any, Any]]
) -> None:
    record_deed(
        deed=deed,
        subject=shop,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        area_code=shop.area_id,
        changes=changes,
    )
    follow_checklist(shop=shop, at=at)


def _check_payment(payment: Payment, options: Mapping[str, PaymentOption]) -> None:
    if payment.kind == PaymentOption.TRANSFER:
        for field in ("bank", "account_number", "account_name"):
            if not getattr(payment, field):
                raise UnableToSetShop(
                    _("Untuk transfer, isi nama bank, nomor rekening, dan nama pemilik rekening."),
                    field=field,
                )
    if payment.kind == PaymentOption.QRIS and PaymentOption.QRIS not in options:
        raise UnableToSetShop(_("Pasang dulu QRIS toko Anda, baru pilih QRIS di sini."), field="kinds")


def _payment_words(option: PaymentOption) -> str:
    said = qris_in_words(option.qris) or option.qris_image
    return " ".join(word for word in (option.kind, _account_words(option), said) if word)


def _account_words(option: PaymentOption | None) -> str:
    if option is None or not option.account_number:
        return ""
    return f"{option.bank} {option.account_number} {option.account_name}"


def _delivery_words(shop: Shop) -> list[str]:
    kinds = list(shop.delivery_options.values_list("kind", flat=True))
    fees = shop.delivery_fees.order_by("area_id").values_list("area_id", "fee_rp")
    return kinds + [f"{code}: {fee_rp}" for code, fee_rp in fees]
