"""What becomes of the rows of the rooms above when two records of the register are one: the register knows
none of these rooms (`registry/merging.py` has the rules of its own rows)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.states import SHOP_INCOMPLETE, SHOP_OPEN
from etoko.registry.merging import Rows, Rule, all_rows, unless_taken, unlike


def _two_open_shops(going: Rows, staying: Rows) -> str:
    """A business has one shop. One that is closed stays with its orders where it is; an open one is
    somebody's living, and its owner closes it herself."""
    opened = going.filter(status__in=(SHOP_OPEN, SHOP_INCOMPLETE)).first()
    if opened is None or not staying.exists():
        return ""
    return _(
        "Keduanya punya toko; satu usaha hanya bisa punya satu. Pertahankan catatan dengan toko “%(name)s”,"
        " atau tutup toko itu dulu."
    ) % {"name": opened.name}


RULES: Mapping[str, Rule] = {
    "census.Sheet.business": Rule(gettext_lazy("Kunjungan"), all_rows),
    "catalog.Shop.business": Rule(
        gettext_lazy("Toko dan pesanannya"),
        unless_taken,
        told=lambda one: str(one.name),
        refuse=_two_open_shops,
    ),
    "consignment.Place.business": Rule(
        gettext_lazy("Tempat titip"), all_rows, told=lambda one: str(one.name)
    ),
    "groups.Group.business": Rule(
        gettext_lazy("Kelompok yang berjualan"), unless_taken, told=lambda one: str(one.name)
    ),
    "groups.Cooperative.business": Rule(
        gettext_lazy("Koperasi yang berjualan"), unless_taken, told=lambda one: str(one.name)
    ),
    "groups.Permission.business": Rule(
        gettext_lazy("Izin menjualkan"), all_rows, told=lambda one: str(one.product)
    ),
    "groups.Member.business": Rule(
        gettext_lazy("Anggota kelompok"), all_rows, told=lambda one: f"{one.name}, {one.group}"
    ),
    "exchange.LapakGoods.business": Rule(gettext_lazy("Produk lapak yang menunggu toko"), all_rows, told=str),
    "partners.Organisation.business": Rule(
        gettext_lazy("Mitra"), unless_taken, told=lambda one: str(one.kind)
    ),
    "partners.Interest.business": Rule(gettext_lazy("Kepentingan yang dinyatakan"), all_rows),
    "needs.Need.business": Rule(gettext_lazy("Kebutuhan"), all_rows, told=str),
    "needs.Assessment.business": Rule(gettext_lazy("Penilaian kemampuan"), all_rows, told=str),
    "needs.ReadinessStep.business": Rule(gettext_lazy("Tahap digital"), unlike("step")),
}
