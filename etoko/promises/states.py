"""A promise from the day it is given to the day that somebody else says that it was kept. That it is late is
no state: it follows from the day."""

from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

PROMISED, UNDER_WAY, REPORTED = "promise_given", "promise_under_way", "promise_reported"
VERIFIED, RETURNED = "promise_verified", "promise_returned"
WITHDRAWAL_ASKED, WITHDRAWN = "promise_withdrawal", "promise_withdrawn"

PROMISER = "promiser"
"""Who acts for the organisation that promised."""
JUDGE = "judge"
"""Who acts for the beneficiary, or for an organisation of another helix, and is not tied to the promiser."""
COUNTERPARTY = "counterparty"
"""The beneficiary; where none was named, whoever may judge."""

OPEN_STATES = (PROMISED, UNDER_WAY, RETURNED, WITHDRAWAL_ASKED)
"""The promiser still has to do something; past its day it is late."""

PROMISE_FLOW = Flow(
    "promise",
    field="state",
    initial=PROMISED,
    states={
        PROMISED: _("Dijanjikan"),
        UNDER_WAY: _("Berjalan"),
        REPORTED: _("Dilaporkan selesai"),
        VERIFIED: _("Terbukti ditepati"),
        RETURNED: _("Dikembalikan"),
        WITHDRAWAL_ASKED: _("Minta dibatalkan"),
        WITHDRAWN: _("Dibatalkan dengan alasan"),
    },
    moves={
        "start": Move((PROMISED, RETURNED), UNDER_WAY, by=(PROMISER,), label=_("Mulai dikerjakan")),
        "report": Move(
            (PROMISED, UNDER_WAY, RETURNED),
            REPORTED,
            by=(PROMISER,),
            label=_("Laporkan selesai"),
            only_in="report_promise",
        ),
        "verify": Move(
            (REPORTED,), VERIFIED, by=(JUDGE,), label=_("Ya, janji ini ditepati"), asks_reason="optional"
        ),
        "send_back": Move(
            (REPORTED,), RETURNED, by=(JUDGE,), label=_("Belum selesai"), asks_reason="required"
        ),
        "ask_withdrawal": Move(
            (PROMISED, UNDER_WAY, RETURNED),
            WITHDRAWAL_ASKED,
            by=(PROMISER,),
            label=_("Minta janji dibatalkan"),
            asks_reason="required",
        ),
        "keep_on": Move((WITHDRAWAL_ASKED,), UNDER_WAY, by=(PROMISER,), label=_("Tetap dikerjakan")),
        "accept_withdrawal": Move(
            (WITHDRAWAL_ASKED,),
            WITHDRAWN,
            by=(COUNTERPARTY,),
            label=_("Terima alasannya"),
            asks_reason="optional",
        ),
        "refuse_withdrawal": Move(
            (WITHDRAWAL_ASKED,),
            UNDER_WAY,
            by=(COUNTERPARTY,),
            label=_("Tolak, janji tetap berlaku"),
            asks_reason="required",
        ),
    },
)

OBJECTED, EXCUSED, COUNTS = "objection_raised", "objection_accepted", "objection_refused"
OBJECTION_FLOW = Flow(
    "objection",
    field="state",
    initial=OBJECTED,
    states={
        OBJECTED: _("Keberatan diajukan"),
        EXCUSED: _("Keberatan diterima"),
        COUNTS: _("Keberatan ditolak"),
    },
    moves={
        "accept": Move(
            (OBJECTED,), EXCUSED, by=(COUNTERPARTY,), label=_("Terima keberatan"), asks_reason="required"
        ),
        "refuse": Move(
            (OBJECTED,), COUNTS, by=(COUNTERPARTY,), label=_("Tolak keberatan"), asks_reason="required"
        ),
    },
)

REASON_WORDS = {
    "start": _("Catatan"),
    "verify": _("Yang Anda lihat"),
    "send_back": _("Apa yang belum selesai?"),
    "ask_withdrawal": _("Mengapa tidak bisa ditepati?"),
    "keep_on": _("Catatan"),
    "accept_withdrawal": _("Catatan"),
    "refuse_withdrawal": _("Mengapa janji tetap berlaku?"),
}
TONES = {PROMISED: "info", UNDER_WAY: "info", REPORTED: "wait", VERIFIED: "ok", RETURNED: "bad"}
