from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

DRAFT, VERIFIED, NEEDS_CORRECTION = "draft", "verified", "needs_correction"
VERIFIER, REGISTRAR = "verifier", "registrar"

VERIFICATION_FLOW = Flow(
    "verification",
    field="verification",
    initial=DRAFT,
    states={
        DRAFT: _("Menunggu verifikasi"),
        VERIFIED: _("Terverifikasi"),
        NEEDS_CORRECTION: _("Perlu perbaikan"),
    },
    moves={
        "verify": Move((DRAFT, NEEDS_CORRECTION), VERIFIED, by=(VERIFIER,), label=_("Verifikasi")),
        "ask_correction": Move(
            (DRAFT, VERIFIED),
            NEEDS_CORRECTION,
            by=(VERIFIER,),
            label=_("Minta perbaikan"),
            asks_reason="required",
        ),
        "reopen": Move(
            (VERIFIED, NEEDS_CORRECTION), DRAFT, by=(REGISTRAR, VERIFIER), label=_("Periksa lagi")
        ),
    },
)
