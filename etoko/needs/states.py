"""A need from the day it is said to the day its owner says that it is met. It never vanishes: whoever no
longer has it takes it back with a reason that stays."""

from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

NEW, VERIFIED, IN_PROPOSAL, MATCHED = "need_new", "need_verified", "need_proposed", "need_matched"
RUNNING, MET, CONFIRMED = "need_running", "need_met", "need_confirmed"
NOT_SUITED, WITHDRAWN = "need_not_suited", "need_withdrawn"

OWNER = "owner"
"""Whose need it is: the people of the business, the officers of the group; or the kader in her name."""
CARER = "carer"
"""Who looks after it: kader, officers and PKK of the place."""

OPEN_STATES = (NEW, VERIFIED, IN_PROPOSAL, MATCHED, RUNNING, MET, NOT_SUITED)
"""Somebody still has to do something about it; it ages."""

NEED_FLOW = Flow(
    "need",
    field="state",
    initial=NEW,
    states={
        NEW: _("Baru"),
        VERIFIED: _("Sudah dicek"),
        IN_PROPOSAL: _("Dalam usulan"),
        MATCHED: _("Dicocokkan"),
        RUNNING: _("Sedang dijalankan"),
        MET: _("Dipenuhi, tunggu konfirmasi"),
        CONFIRMED: _("Dikonfirmasi penerima"),
        NOT_SUITED: _("Belum sesuai"),
        WITHDRAWN: _("Ditarik"),
    },
    moves={
        "verify": Move((NEW,), VERIFIED, by=(CARER,), label=_("Nyatakan sudah dicek"), only_in="verify_need"),
        "propose": Move(
            (VERIFIED,), IN_PROPOSAL, by=(CARER,), label=_("Masukkan ke usulan"), asks_reason="required"
        ),
        "match": Move(
            (IN_PROPOSAL,), MATCHED, by=(CARER,), label=_("Catat yang membantu"), asks_reason="required"
        ),
        "start": Move((MATCHED,), RUNNING, by=(CARER,), label=_("Mulai dijalankan"), asks_reason="optional"),
        "fulfil": Move(
            (RUNNING,), MET, by=(CARER,), label=_("Nyatakan sudah dipenuhi"), asks_reason="required"
        ),
        "confirm": Move(
            (MET,), CONFIRMED, by=(OWNER,), label=_("Ya, sudah terpenuhi"), asks_reason="optional"
        ),
        "send_back": Move((MET,), NOT_SUITED, by=(OWNER,), label=_("Belum sesuai"), asks_reason="required"),
        "resume": Move(
            (NOT_SUITED,), VERIFIED, by=(CARER,), label=_("Kerjakan lagi"), asks_reason="optional"
        ),
        "fall_back": Move(
            (IN_PROPOSAL, MATCHED, RUNNING),
            VERIFIED,
            by=(CARER,),
            label=_("Tidak jadi, cari jalan lain"),
            asks_reason="required",
        ),
        "withdraw": Move(
            (NEW, VERIFIED, IN_PROPOSAL, MATCHED, RUNNING, NOT_SUITED),
            WITHDRAWN,
            by=(OWNER,),
            label=_("Tarik kebutuhan ini"),
            asks_reason="required",
        ),
    },
)

REASON_WORDS = {
    "propose": _("Usulan mana?"),
    "match": _("Siapa yang membantu?"),
    "start": _("Catatan"),
    "fulfil": _("Apa yang sudah dilakukan?"),
    "confirm": _("Catatan"),
    "send_back": _("Apa yang belum sesuai?"),
    "resume": _("Catatan"),
    "fall_back": _("Mengapa tidak jadi?"),
    "withdraw": _("Mengapa ditarik?"),
}
"""What the page asks for with each move."""

TONES = {MET: "accent", CONFIRMED: "ok", NOT_SUITED: "bad", WITHDRAWN: "", NEW: "wait"}
