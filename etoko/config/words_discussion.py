"""What the deeds of the discussions are called in the traces: a part of `words.py`."""

from django.utils.translation import gettext_lazy as _

from etoko.audit.words import Words

DISCUSSION_DEEDS: Words = {
    "start_thread": _("Membuka pembicaraan"),
    "write_reply": _("Membalas di Ruang diskusi"),
    "choose_answer": _("Memilih jawaban"),
    "withdraw_post": _("Menarik kiriman sendiri"),
}
