"""Telling a seller that something runs out: once, until it is filled up again."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.catalog.models import Variant
from etoko.foundation.addresses import whole_address
from etoko.notices.operations import send_notice
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses


def tell_if_low(*, variant_ids: Collection[int], at: datetime) -> None:
    """After stock went: one UPDATE where nothing is low, or was told already."""
    low = Variant.objects.filter(
        pk__in=variant_ids, low_told_at__isnull=True, on_hand__lte=F("held") + F("low_at")
    )
    if not low.update(low_told_at=at):
        return
    told = Variant.objects.filter(pk__in=variant_ids, low_told_at=at).select_related("product__shop")
    shops = {variant.product.shop.business_id for variant in told}
    people = people_of_businesses(shops, on=timezone.localdate(at))
    for variant in told:
        shop = variant.product.shop
        path = reverse("catalog:stock", args=[shop.public_id, variant.product.public_id])
        recipients: list[Person | None] = [*people.get(shop.business_id, ())]
        if not recipients and shop.whatsapp:
            recipients = [None]
        for person in recipients:
            with translation.override(person.language if person else "id"):
                words = {"name": _name(variant), "left": variant.available, "link": whole_address(path)}
                title = _("%(name)s tinggal %(left)s") if variant.available else _("%(name)s habis")
                text = _("Stok %(name)s tinggal %(left)s. Kalau sudah membuat lagi, tambah stoknya: %(link)s")
                send_notice(
                    key=f"low:{variant.pk}:{at:%Y%m%d%H%M%S%f}:{person.pk if person else 'shop'}",
                    kind="stock_low",
                    title=title % words,
                    text=text % words,
                    path=path,
                    at=at,
                    recipient=person,
                    phone="" if person else shop.whatsapp,
                )


def forget_low(*, variant_ids: Collection[int]) -> None:
    """It was filled up: next time she is told again."""
    Variant.objects.filter(
        pk__in=variant_ids, low_told_at__isnull=False, on_hand__gt=F("held") + F("low_at")
    ).update(low_told_at=None)


def _name(variant: Variant) -> str:
    return f"{variant.product.name} ({variant.name})" if variant.name else variant.product.name
