"""What a settlement comes to. Pure: figures in, rupiah out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from etoko.consignment.models import PER_PIECE, PERCENT, Consignment
from etoko.foundation.money import percent_of, show_rupiah
from etoko.foundation.problems import UnableTo


class UnableToSettle(UnableTo):
    pass


class UnableToConsign(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of one line."""

    name: str
    price_rp: int
    quantity: int
    sold: int
    back: int
    damaged: int


@dataclass(frozen=True, slots=True)
class Sums:
    pieces_sold: int
    sold_rp: int
    commission_rp: int

    @property
    def due_rp(self) -> int:
        return self.sold_rp - self.commission_rp


def sums_of(counted: Sequence[Counted], *, commission: str, value: int, damage_borne_by: str) -> Sums:
    """`value` in percent of the takings, or in rupiah for each piece sold. Damaged pieces that the place
    bears count as sold. The commission is reckoned on the whole, so that it is rounded once."""
    pieces = sum(
        line.sold + (line.damaged if damage_borne_by == Consignment.PLACE else 0) for line in counted
    )
    sold_rp = sum(
        line.price_rp * (line.sold + (line.damaged if damage_borne_by == Consignment.PLACE else 0))
        for line in counted
    )
    commission_rp = percent_of(sold_rp, value) if commission == PERCENT else value * pieces
    return Sums(pieces, sold_rp, min(commission_rp, sold_rp))


def check_counted(counted: Sequence[Counted]) -> None:
    """Sold, back and damaged are all that was brought, line by line."""
    for line in counted:
        told = line.sold + line.back + line.damaged
        if told != line.quantity:
            words = {"name": line.name, "told": told, "brought": line.quantity}
            raise UnableToSettle(
                _(
                    "“%(name)s”: dititipkan %(brought)s, tetapi terjual + kembali + rusak "
                    "= %(told)s. Hitung lagi."
                )
                % words
            )


def check_commission(commission: str, value: int, cheapest_rp: int) -> None:
    if commission == PERCENT and value > 100:
        raise UnableToConsign(_("Komisi paling banyak 100 persen."), field="commission_value")
    if commission == PER_PIECE and value > cheapest_rp:
        raise UnableToConsign(
            _("Komisi %(value)s lebih besar dari harga barang yang termurah (%(price)s).")
            % {"value": show_rupiah(value), "price": show_rupiah(cheapest_rp)},
            field="commission_value",
        )


def commission_in_words(commission: str, value: int) -> str:
    """ "10% dari harga", "Rp1.000 tiap barang", "tanpa komisi"."""
    if not value:
        return _("tanpa komisi")
    if commission == PERCENT:
        return _("%(value)s%% dari harga") % {"value": value}
    return _("%(value)s tiap barang") % {"value": show_rupiah(value)}
