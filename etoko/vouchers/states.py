from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

DRAFT, ACTIVE, PAUSED, ENDED = "voucher_draft", "active", "paused", "ended"
ISSUER, CLOCK = "issuer", "clock"

VOUCHER_FLOW = Flow(
    "voucher",
    field="status",
    initial=DRAFT,
    states={
        DRAFT: _("Konsep"),
        ACTIVE: _("Berjalan"),
        PAUSED: _("Dijeda"),
        ENDED: _("Berakhir"),
    },
    moves={
        "activate": Move((DRAFT,), ACTIVE, by=(ISSUER,), label=_("Jalankan sekarang")),
        "pause": Move((ACTIVE,), PAUSED, by=(ISSUER,), label=_("Jeda dulu")),
        "resume": Move((PAUSED,), ACTIVE, by=(ISSUER,), label=_("Jalankan lagi")),
        "end": Move((DRAFT, ACTIVE, PAUSED), ENDED, by=(ISSUER,), label=_("Akhiri")),
        "lapse": Move((ACTIVE, PAUSED), ENDED, by=(CLOCK,), label=_("Lewat hari terakhirnya")),
    },
)
