from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

OUT, SETTLED = "out", "settled"
SELLER = "seller"

CONSIGNMENT_FLOW = Flow(
    "consignment",
    field="state",
    initial=OUT,
    states={OUT: _("Sedang dititipkan"), SETTLED: _("Sudah dihitung")},
    moves={"settle": Move((OUT,), SETTLED, by=(SELLER,), label=_("Hitung hasilnya"))},
)
