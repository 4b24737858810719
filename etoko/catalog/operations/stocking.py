"""Stock. The only writer of `Variant.on_hand`, `held`, `consigned` and of the movements behind
them.

Every change is an UPDATE with its own condition, made in the order of the variants' ids, and a movement that
says why, in one transaction; behind it stands the constraint `variant_held_within_stock`. Quantities come as
`{variant_id: quantity}`, always above nought: the kind says which way they go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from etoko.catalog.models import StockMovement, Variant
from etoko.catalog.operations.running_low import forget_low, tell_if_low
from etoko.foundation import guarding
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person


class UnableToHold(UnableTo):
    """Somebody else was faster. `left` maps each variant that is short to what can still be had."""

    def __init__(self, left: Mapping[int, int]) -> None:
        super().__init__(_("Sebagian barang baru saja habis dipesan orang lain. Ubah jumlahnya."))
        self.left = dict(left)


class UnableToCount(UnableTo):
    """What the seller counted does not fit what is promised, or the stock moved while she counted."""


class StockOutOfStep(Exception):
    """More was released or taken than was held: a mistake of ours, and nothing was written."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why stock moves: a word of `StockMovement.CAUSES`, and its name for people ("K7M-2QX")."""

    kind: str
    name: str = ""
    by: Person | None = None
    for_name: str = ""
    """On whose behalf a kader did it."""


Causes = Cause | Mapping[int, Cause]
"""One for all, or one for each variant: a cart of many sellers becomes many orders."""


def hold_stock(*, quantities: Mapping[int, int], cause: Causes, at: datetime) -> None:
    """Promise stock to an order: all of it, or UnableToHold and nothing."""
    _move(StockMovement.HELD, quantities, cause, at, held=1)


def release_stock(*, quantities: Mapping[int, int], cause: Causes, at: datetime) -> None:
    """Give back what an order held: it was cancelled, declined, or nobody answered it."""
    _move(StockMovement.RELEASED, quantities, cause, at, held=-1)


def take_stock(*, quantities: Mapping[int, int], cause: Causes, at: datetime) -> None:
    """The held goods leave the seller."""
    _move(StockMovement.SOLD, quantities, cause, at, on_hand=-1, held=-1)


def return_stock(*, quantities: Mapping[int, int], cause: Causes, at: datetime, note: str = "") -> None:
    """Goods that were sold came back and can be sold again."""
    _move(StockMovement.RETURNED, quantities, cause, at, on_hand=1, note=note)


def receive_stock(*, quantities: Mapping[int, int], cause: Causes, at: datetime, note: str = "") -> None:
    """The seller made or bought more."""
    _move(StockMovement.RECEIVED, quantities, cause, at, on_hand=1, note=note)


def consign_out(*, quantities: Mapping[int, int], cause: Causes, at: datetime) -> None:
    """Goods go to a place that sells them for her; nobody can order them here. May raise UnableToHold."""
    _move(StockMovement.CONSIGNED_OUT, quantities, cause, at, on_hand=-1, consigned=1)


def consign_back(*, quantities: Mapping[int, int], cause: Causes, at: datetime) -> None:
    """What a place did not sell is back."""
    _move(StockMovement.CONSIGNED_BACK, quantities, cause, at, on_hand=1, consigned=-1)


def sell_consigned(*, quantities: Mapping[int, int], cause: Causes, at: datetime) -> None:
    """A place sold them."""
    _move(StockMovement.CONSIGNED_SOLD, quantities, cause, at, consigned=-1)


def lose_consigned(*, quantities: Mapping[int, int], cause: Causes, at: datetime) -> None:
    """They were damaged or lost at a place."""
    _move(StockMovement.CONSIGNED_LOST, quantities, cause, at, consigned=-1)


@transaction.atomic
def count_stock(
    *, variant: Variant, on_hand: int, seen_on_hand: int | None, reason: str, cause: Cause, at: datetime,
    note: str = "",
) -> None:  # fmt: skip
    """There are `on_hand` pieces, whatever the books said. `variant` was read in this transaction.

    `seen_on_hand` is what she saw when she counted: if orders took from it since, she counts again.
    Raises UnableToCount.
    """
    if on_hand in (seen_on_hand, variant.on_hand):
        return
    moved = seen_on_hand is not None and variant.on_hand != seen_on_hand
    if not moved and on_hand < variant.held:
        raise UnableToCount(
            _("%(held)s sudah dipesan pembeli, jadi stok tidak bisa kurang dari itu. Tolak pesanannya dulu.")
            % {"held": variant.held},
            field="on_hand",
        )
    as_read = Q(on_hand=variant.on_hand, held__lte=on_hand)
    if moved or not guarding.change_if(Variant.objects.filter(pk=variant.pk), as_read, on_hand=on_hand):
        raise UnableToCount(
            _("Stok sudah berubah menjadi %(now)s karena ada pesanan. Hitung lagi, lalu simpan.")
            % {"now": Variant.objects.values_list("on_hand", flat=True).get(pk=variant.pk)},
            field="on_hand",
        )
    change = on_hand - variant.on_hand
    adjusted = _movement(StockMovement.ADJUSTED, variant.pk, cause, at, note)
    adjusted.on_hand_change, adjusted.reason = change, reason
    _write([adjusted], at)
    variant.on_hand = on_hand


def _move(
    kind: str, quantities: Mapping[int, int], cause: Causes, at: datetime, *, on_hand: int = 0, held: int = 0,
    consigned: int = 0, note: str = "",
) -> None:  # fmt: skip
    """`on_hand`, `held` and `consigned` say which way each goes: 1, 0 or -1."""
    short: list[int] = []
    movements: list[StockMovement] = []
    with transaction.atomic():
        for variant_id, quantity in guarding.in_lock_order(quantities):
            if quantity < 1:
                raise ValueError(f"{kind} {quantity} of variant {variant_id}")
            more, promised, out = on_hand * quantity, held * quantity, consigned * quantity
            fits = Q(held__gte=-promised, on_hand__gte=F("held") + (promised - more), consigned__gte=-out)
            changes = {
                name: F(name) + change
                for name, change in (("on_hand", more), ("held", promised), ("consigned", out))
                if change
            }
            if not guarding.change_if(Variant.objects.filter(pk=variant_id), fits, **changes):
                short.append(variant_id)
            why = cause if isinstance(cause, Cause) else cause[variant_id]
            movement = _movement(kind, variant_id, why, at, note)
            movement.on_hand_change, movement.held_change = more, promised
            movement.consigned_change = out
            movements.append(movement)
        if short and kind in (StockMovement.HELD, StockMovement.CONSIGNED_OUT):
            raise UnableToHold(_left(short))
        if short:
            raise StockOutOfStep(f"{kind}: variants {short} hold less than that")
        _write(movements, at)


def _movement(kind: str, variant_id: int, cause: Cause, at: datetime, note: str) -> StockMovement:
    return StockMovement(
        variant_id=variant_id,
        kind=kind,
        note=note[:200],
        cause=cause.kind,
        cause_name=cause.name,
        by=cause.by,
        for_name=cause.for_name,
        at=at,
    )


def _left(variant_ids: Iterable[int]) -> dict[int, int]:
    rows = Variant.objects.filter(pk__in=variant_ids).values_list("pk", "on_hand", "held")
    return dict.fromkeys(variant_ids, 0) | {pk: on_hand - held for pk, on_hand, held in rows}


def _write(movements: list[StockMovement], at: datetime) -> None:
    if not movements:
        return
    StockMovement.objects.bulk_create(movements)
    less = [m.variant_id for m in movements if m.on_hand_change < m.held_change]
    more = [m.variant_id for m in movements if m.on_hand_change > 0]
    if less:
        tell_if_low(variant_ids=less, at=at)
    if more:
        forget_low(variant_ids=more)
