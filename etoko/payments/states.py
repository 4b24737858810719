from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"
SELLER = "seller"

PROOF_FLOW = Flow(
    "proof",
    field="state",
    initial=OPEN,
    states={OPEN: _("Menunggu diperiksa"), ACCEPTED: _("Uangnya masuk"), REFUSED: _("Belum masuk")},
    moves={
        "accept": Move((OPEN,), ACCEPTED, by=(SELLER,), label=_("Uangnya sudah masuk")),
        "refuse": Move((OPEN,), REFUSED, by=(SELLER,), label=_("Belum masuk"), asks_reason="required"),
    },
)
