"""What the deeds of the discussions are called in the traces: a part of `words.py`."""

from django.utils.translation import gettext_lazy as _

from etoko.audit.words import Words

DISCUSSION_DEEDS: Words = {
    "start_thread": _("Membuka pembicaraan"),
    "write_reply": _("Membalas di Ruang diskusi"),
    "choose_answer": _("Memilih jawaban"),
    "withdraw_post": _("Menarik kiriman sendiri"),
    "report_post": _("Melaporkan kiriman"),
    "keep_post": _("Membiarkan kiriman yang dilaporkan"),
    "hide_post": _("Menyembunyikan kiriman"),
    "restore_post": _("Menampilkan lagi kiriman"),
    "appeal_post": _("Mengajukan keberatan"),
    "grant_post": _("Menerima keberatan"),
    "uphold_post": _("Menolak keberatan"),
    "make_need_of_post": _("Mencatat kiriman sebagai kebutuhan"),
}
