"""Stock that orders hold. The only writers of `Variant.held`, and of `on_hand` when goods leave.

Each takes how many of which variant (`{variant_id: quantity}`) and changes the rows in the order of
their ids: two carts that hold the same two goods crosswise would else wait for each other for ever.
An UPDATE with its own condition needs no lock before it and cannot act on a stale figure; behind it
stands the constraint `variant_held_within_stock`.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from etoko.catalog.models import Variant
from etoko.foundation.problems import UnableTo


class UnableToHold(UnableTo):
    """Somebody else was faster. `left` maps each variant that is short to what can still be had."""

    def __init__(self, left: Mapping[int, int]) -> None:
        super().__init__(_("Sebagian barang baru saja habis dipesan orang lain. Ubah jumlahnya."))
        self.left = dict(left)


def hold_stock(*, quantities: Mapping[int, int]) -> None:
    """Promise stock to an order: all of it, or UnableToHold and nothing."""
    with transaction.atomic():
        short = [
            variant_id
            for variant_id, quantity in sorted(quantities.items())
            if not Variant.objects.filter(pk=variant_id, on_hand__gte=F("held") + quantity).update(
                held=F("held") + quantity
            )
        ]
        if short:
            rows = Variant.objects.filter(pk__in=short).values_list("pk", "on_hand", "held")
            left = {variant_id: on_hand - held for variant_id, on_hand, held in rows}
            raise UnableToHold({variant_id: left.get(variant_id, 0) for variant_id in short})


def release_stock(*, quantities: Mapping[int, int]) -> None:
    """Give back what an order held: it was cancelled, declined, or nobody answered it."""
    with transaction.atomic():
        for variant_id, quantity in sorted(quantities.items()):
            Variant.objects.filter(pk=variant_id).update(held=F("held") - quantity)


def take_stock(*, quantities: Mapping[int, int]) -> None:
    """The held goods leave the seller."""
    with transaction.atomic():
        for variant_id, quantity in sorted(quantities.items()):
            Variant.objects.filter(pk=variant_id).update(
                held=F("held") - quantity, on_hand=F("on_hand") - quantity
            )
