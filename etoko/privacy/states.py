from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

OPEN, CLOSED = "open", "closed"
HANDLER = "handler"

BREACH_FLOW = Flow(
    "breach",
    field="state",
    initial=OPEN,
    states={OPEN: _("Sedang ditangani"), CLOSED: _("Selesai ditangani")},
    moves={
        "close": Move((OPEN,), CLOSED, by=(HANDLER,), label=_("Nyatakan selesai"), asks_reason="required"),
    },
)
