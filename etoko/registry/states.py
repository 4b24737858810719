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

PREVIEWED, COMMITTED, UNDONE = "previewed", "committed", "undone"
IMPORTER = "importer"

IMPORT_FLOW = Flow(
    "import",
    field="state",
    initial=PREVIEWED,
    states={
        PREVIEWED: _("Pratinjau, belum masuk"),
        COMMITTED: _("Sudah masuk"),
        UNDONE: _("Dibatalkan"),
    },
    moves={
        "commit": Move((PREVIEWED,), COMMITTED, by=(IMPORTER,), label=_("Masukkan ke daftar usaha")),
        "undo": Move((COMMITTED,), UNDONE, by=(IMPORTER,), label=_("Batalkan impor ini")),
    },
)

OPEN, DIFFERENT, SAME = "open", "different", "same"

SUSPICION_FLOW = Flow(
    "suspicion",
    field="state",
    initial=OPEN,
    states={OPEN: _("Belum diputuskan"), DIFFERENT: _("Dua usaha berbeda"), SAME: _("Usaha yang sama")},
    moves={
        "keep_apart": Move((OPEN,), DIFFERENT, by=(REGISTRAR,), label=_("Dua usaha berbeda")),
        "join": Move((OPEN,), SAME, by=(REGISTRAR,), label=_("Usaha yang sama")),
        "open_again": Move(
            (SAME,), OPEN, by=(REGISTRAR,), label=_("Pisahkan lagi"), only_in="undo_merge", takes_back="join"
        ),
    },
)

ASKED, AGREED, OTHER_DAY, DONE, WITHDRAWN = "asked", "agreed", "other_day", "done", "withdrawn"
ASKER, HELPER = "asker", "helper"

HELP_FLOW = Flow(
    "licence_help",
    field="state",
    initial=ASKED,
    states={
        ASKED: _("Menunggu jawaban petugas"),
        AGREED: _("Sudah ada janji"),
        OTHER_DAY: _("Petugas mengusulkan hari lain"),
        DONE: _("Sudah dibantu"),
        WITHDRAWN: _("Dibatalkan"),
    },
    moves={
        "agree": Move((ASKED,), AGREED, by=(HELPER,), label=_("Setujui harinya")),
        "propose_day": Move(
            (ASKED, AGREED, OTHER_DAY), OTHER_DAY, by=(HELPER,), label=_("Usulkan hari lain")
        ),
        "accept_day": Move((OTHER_DAY,), AGREED, by=(ASKER,), label=_("Setuju hari itu")),
        "finish": Move((AGREED,), DONE, by=(HELPER,), label=_("Sudah dibantu")),
        "withdraw": Move((ASKED, AGREED, OTHER_DAY), WITHDRAWN, by=(ASKER,), label=_("Batalkan permintaan")),
    },
)
