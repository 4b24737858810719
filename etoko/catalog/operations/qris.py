"""Which QRIS the money of a shop goes to. Each change is kept, traced, and told to all of the business."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import PaymentOption, QrisCode, Shop
from etoko.catalog.operations.opening import follow_checklist
from etoko.catalog.operations.telling import tell_where_money_goes
from etoko.foundation.problems import UnableTo
from etoko.foundation.qris import DYNAMIC, Qris
from etoko.people.models import Person


class UnableToSetQris(UnableTo):
    pass


def check_qris(qris: Qris) -> None:
    """Raises UnableToSetQris for a code that was made for one payment: nobody could pay it twice."""
    if qris.kind == DYNAMIC or qris.amount is not None:
        raise UnableToSetQris(
            _(
                "Ini QRIS sekali pakai untuk satu pembayaran. Unggah QRIS tetap toko Anda: "
                "yang tidak berisi jumlah uang, biasanya dicetak atau ada di menu “QRIS Saya”."
            )
        )


@transaction.atomic
def set_qris(*, selling: Selling, qris: Qris, image: str, at: datetime) -> QrisCode:
    """From now on the shop is paid by this code. The same one again changes nothing but its picture.

    `image` is the picture it was read from, below MEDIA_ROOT, or empty. Raises UnableToSetQris.
    """
    check_qris(qris)
    shop = Shop.objects.select_for_update().get(pk=selling.shop.pk)
    return _set(shop, qris, image, by=selling.person, for_name=selling.for_name, at=at)


@transaction.atomic
def drop_qris(*, shop: Shop, by: Person, for_name: str, at: datetime) -> None:
    """The shop takes no QRIS any more; part of the deed that says how it is paid, with the shop locked."""
    current = shop.qris_codes.filter(until_at__isnull=True).first()
    if current is None:
        return
    current.until_at = at
    current.save(update_fields=["until_at"])
    tell_where_money_goes(shop=shop, what="qris", before=qris_in_words(current), after="", by=by, at=at)


@transaction.atomic
def read_kept_picture(*, option_id: int, read: Callable[[str], Qris], at: datetime) -> QrisCode | None:
    """What a picture says that was kept before pictures were read; None when that is done already.

    `read` gets the path of the picture. Raises UnableTo… when it cannot be read; buyers then go on
    seeing the picture.
    """
    option = PaymentOption.objects.get(pk=option_id)
    shop = Shop.objects.select_for_update().get(pk=option.shop_id)
    option.refresh_from_db()
    if option.qris_id or not option.qris_image:
        return None
    qris = read(option.qris_image)
    check_qris(qris)
    return _set(shop, qris, option.qris_image, by=None, for_name="", at=at)


def qris_in_words(code: QrisCode | None) -> str:
    if code is None:
        return ""
    return f"{code.merchant_name}, NMID {code.nmid}" if code.nmid else code.merchant_name


def _set(shop: Shop, qris: Qris, image: str, *, by: Person | None, for_name: str, at: datetime) -> QrisCode:
    before = shop.qris_codes.filter(until_at__isnull=True).first()
    if before is not None and before.payload == qris.payload:
        code = before
        if image:
            code.image = image
            code.save(update_fields=["image"])
    else:
        if before is not None:
            before.until_at = at
            before.save(update_fields=["until_at"])
        code = QrisCode.objects.create(
            shop=shop,
            payload=qris.payload,
            merchant_name=qris.name,
            merchant_city=qris.city,
            nmid=qris.nmid,
            image=image,
            from_at=at,
            set_by=by,
            for_name=for_name,
        )
    PaymentOption.objects.update_or_create(
        shop=shop, kind=PaymentOption.QRIS, defaults={"qris": code, "qris_image": code.image}
    )
    if code != before:
        record_deed(
            deed="set_qris",
            subject=shop,
            by=by,
            for_name=for_name,
            at=at,
            area_code=shop.area_id,
            changes={"qris": (qris_in_words(before), qris_in_words(code))},
        )
        tell_where_money_goes(
            shop=shop,
            what="qris",
            before=qris_in_words(before),
            after=qris_in_words(code),
            by=by,
            at=at,
        )
        follow_checklist(shop=shop, at=at)
    return code
