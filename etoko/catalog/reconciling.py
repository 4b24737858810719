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
    "held_for_orders": _("ditahan untuk pesanan"),
    "capacity": _("kapasitas terpakai"),
    "voucher_used": _("pemakaian voucher"),
    "stars_of_product": _("bintang barang"),
    "stars_of_shop": _("bintang toko"),
}
Check = Callable[[], list[Difference]]


def movements_out_of_step() -> list[Difference]:
    """Variants whose figures are not the sums of their movements. One query, so all is of one moment."""
    rows = (
        Variant.objects.order_by("pk")
        .values("pk", "on_hand", "held", "name", "product__name")
        .annotate(
            moved=Coalesce(Sum("movements__on_hand_change"), 0),
            promised=Coalesce(Sum("movements__held_change"), 0),
        )
        .exclude(moved=F("on_hand"), promised=F("held"))
    )
    found: list[Difference] = []
    for row in rows:
        name = f"{row['product__name']} {row['name']}".strip()
        if row["moved"] != row["on_hand"]:
            found.append(Difference("on_hand", row["pk"], name, row["on_hand"], row["moved"]))
        if row["promised"] != row["held"]:
            found.append(Difference("held", row["pk"], name, row["held"], row["promised"]))
    return found
