"""Read the QRIS pictures that were kept before the product could read them. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from etoko.catalog.models import PaymentOption
from etoko.catalog.operations.qris import read_kept_picture
from etoko.catalog.photos import read_qris_picture
from etoko.foundation.problems import UnableTo


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = PaymentOption.objects.filter(kind=PaymentOption.QRIS, qris=None).exclude(qris_image="")
        read = 0
        for option in waiting.select_related("shop").order_by("id"):
            try:
                code = read_kept_picture(option_id=option.pk, read=read_qris_picture, at=timezone.now())
            except UnableTo as problem:
                self.stdout.write(f"{option.shop.name}: {problem.sentence}")
            else:
                read += code is not None
        self.stdout.write(f"{read} QRIS pictures read.")
