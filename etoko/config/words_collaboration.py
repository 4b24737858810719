"""The part of `words.py` that belongs to the collaboration: needs, partners, promises."""

from django.utils.translation import gettext_lazy as _

from etoko.audit.words import Words
from etoko.partners.helices import HELIX_NAMES, REACH_NAMES
from etoko.partners.models import Mandate
from etoko.promises.states import OBJECTION_FLOW, PROMISE_FLOW

DEEDS: Words = {
    # needs
    "say_need": _("Mencatat kebutuhan"),
    "verify_need": _("Mengecek kebutuhan"),
    "propose_need": _("Memasukkan kebutuhan ke usulan"),
    "match_need": _("Mencatat yang membantu kebutuhan"),
    "start_need": _("Mulai memenuhi kebutuhan"),
    "fulfil_need": _("Menyatakan kebutuhan dipenuhi"),
    "confirm_need": _("Mengonfirmasi kebutuhan terpenuhi"),
    "send_back_need": _("Menyatakan kebutuhan belum sesuai"),
    "resume_need": _("Mengerjakan lagi kebutuhan"),
    "fall_back_need": _("Mencari jalan lain untuk kebutuhan"),
    "withdraw_need": _("Menarik kebutuhan"),
    "assess_capability": _("Menilai kemampuan"),
    # partners
    "register_organisation": _("Mendaftarkan mitra"),
    "change_organisation": _("Mengubah data mitra"),
    "give_mandate": _("Memberi mandat"),
    "end_mandate": _("Mengakhiri mandat"),
    "declare_interest": _("Menyatakan kepentingan"),
    "end_interest": _("Mengakhiri kepentingan"),
    # promises
    "make_promise": _("Berjanji"),
    "start_promise": _("Mulai mengerjakan janji"),
    "report_promise": _("Melaporkan janji selesai"),
    "verify_promise": _("Membenarkan janji ditepati"),
    "send_back_promise": _("Mengembalikan janji"),
    "ask_withdrawal_promise": _("Meminta janji dibatalkan"),
    "keep_on_promise": _("Tetap mengerjakan janji"),
    "accept_withdrawal_promise": _("Menerima pembatalan janji"),
    "refuse_withdrawal_promise": _("Menolak pembatalan janji"),
    "hand_over_promise": _("Menyerahkan janji kepada pengganti"),
    "object_to_promise": _("Keberatan janji dihitung terlambat"),
    "accept_objection": _("Menerima keberatan"),
    "refuse_objection": _("Menolak keberatan"),
}

FIELDS: Words = {
    "helix": _("Unsur"),
    "reach": _("Tingkat"),
    "about": _("Tentang"),
    "offers": _("Yang bisa diberikan"),
    "wants": _("Yang dicari"),
    "website": _("Situs"),
    "organisation": _("Mitra"),
    "mandate_kind": _("Jenis mandat"),
    "mandate_role": _("Jabatan"),
    "decree_number": _("Nomor SK"),
    "due_on": _("Paling lambat"),
    "keeper": _("Yang memegang"),
    "successor": _("Penggantinya"),
}

VALUES: Words = {
    **PROMISE_FLOW.states,
    **OBJECTION_FLOW.states,
    **HELIX_NAMES,
    **REACH_NAMES,
    **dict(Mandate.KINDS),
}
