"""Reckoning the stock anew from what moved it. Each room that promises goods adds a check of its own; the
table of all checks stands in `config/reconciling.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Variant


@dataclass(frozen=True, slots=True)
class Difference:
    what: str
    """A word of WHAT."""
    about: int
    """The id of what it is about: a variant, unless `what` says otherwise."""
    name: str
    stands: int
    """What is written there."""
    reckoned: int
    """What should stand there."""

    def __str__(self) -> str:
        words = {"name": self.name, "what": WHAT[self.what], "stands": self.stands, "due": self.reckoned}
        return gettext("%(name)s: %(what)s %(stands)s, seharusnya %(due)s") % words


WHAT: dict[str, str | Promise] = {
    "on_hand": _("stok tercatat"),
    "held": _("ditahan"),
    "consigned": _("dititipkan"),
    "consigned_to_places": _("dititipkan di tempat"),
    "held_for_orders": _("ditahan untuk pesanan"),
    "capacity": _("kapasitas terpakai"),
    "voucher_used": _("pemakaian voucher"),
    "stars_of_product": _("bintang barang"),
    "stars_of_shop": _("bintang toko"),
    "money_due": _("yang harus dibayar"),
    "money_received": _("uang masuk"),
    "money_returned": _("uang dikembalikan"),
    "money_paid": _("sudah dibayar"),
    "money_owed": _("uang yang harus dikembalikan"),
    "paid_of_order": _("sudah dibayar menurut pesanan"),
    "marked_paid": _("tanda Lunas"),
    "group_cash": _("uang kas"),
    "member_principal": _("simpanan pokok"),
    "member_mandatory": _("simpanan wajib"),
    "member_voluntary": _("simpanan sukarela"),
    "loan_lent": _("pinjaman"),
    "loan_repaid": _("angsuran"),
    "slip_total": _("jumlah bukti"),
}
FIGURES = ("on_hand", "held", "consigned")
Check = Callable[[], list[Difference]]


def movements_out_of_step() -> list[Difference]:
    """Variants whose figures are not the sums of their movements. One query, so all is of one moment."""
    moved = {name: Coalesce(Sum(f"movements__{name}_change"), 0) for name in FIGURES}
    rows = (
        Variant.objects.order_by("pk")
        .values("pk", "name", "product__name", *FIGURES)
        .annotate(**{f"moved_{name}": sum_ for name, sum_ in moved.items()})
        .exclude(**{f"moved_{name}": F(name) for name in FIGURES})
    )
    return [
        Difference(
            figure,
            row["pk"],
            f"{row['product__name']} {row['name']}".strip(),
            row[figure],
            row[f"moved_{figure}"],
        )
        for row in rows
        for figure in FIGURES
        if row[figure] != row[f"moved_{figure}"]
    ]
