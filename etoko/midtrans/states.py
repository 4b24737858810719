from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

PENDING, SETTLED, FAILED = "pending", "settled", "failed"
SERVICE = "service"

CHARGE_FLOW = Flow(
    "charge",
    field="state",
    initial=PENDING,
    states={PENDING: _("Menunggu pembayaran"), SETTLED: _("Sudah dibayar"), FAILED: _("Tidak jadi")},
    moves={
        "fail": Move((PENDING,), FAILED, by=(SERVICE,), label=_("Tidak jadi")),
        # Also after it failed: what was paid is paid, whatever came first.
        "settle": Move((PENDING, FAILED), SETTLED, by=(SERVICE,), label=_("Dibayar")),
    },
)
