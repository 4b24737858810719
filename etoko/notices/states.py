"""What becomes of a notice on its way out of the machine.

A delivery is written "waiting" in the transaction of the deed it speaks of. What a provider says later may
come twice and in any order, so its moves only ever lead towards what is better known: that something
arrived outweighs that it failed, and nothing takes it back.
"""

from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

WAITING = "waiting"
SENDING = "sending"
SENT = "sent"
DELIVERED = "delivered"
READ = "read"
UNCERTAIN = "uncertain"
FAILED = "failed"
SKIPPED = "skipped"

ON_ITS_WAY = (WAITING, SENDING)
REACHED = (SENT, DELIVERED, READ)

WORKER, PROVIDER, OFFICER = "worker", "provider", "officer"

DELIVERY_FLOW = Flow(
    "delivery",
    field="state",
    initial=WAITING,
    states={
        WAITING: _("Menunggu dikirim"),
        SENDING: _("Sedang dikirim"),
        SENT: _("Terkirim"),
        DELIVERED: _("Sampai"),
        READ: _("Dibaca"),
        UNCERTAIN: _("Tidak pasti"),
        FAILED: _("Gagal"),
        SKIPPED: _("Tidak perlu dikirim"),
    },
    moves={
        "claim": Move((WAITING,), SENDING, by=(WORKER,), label=_("Mulai mengirim")),
        "accept": Move((SENDING, UNCERTAIN), SENT, by=(WORKER, PROVIDER), label=_("Diterima layanan")),
        "postpone": Move((SENDING,), WAITING, by=(WORKER,), label=_("Coba lagi nanti")),
        "lose_sight": Move((SENDING,), UNCERTAIN, by=(WORKER,), label=_("Terputus waktu mengirim")),
        "give_up": Move((SENDING,), FAILED, by=(WORKER,), label=_("Menyerah")),
        "skip": Move((WAITING, SENDING), SKIPPED, by=(WORKER,), label=_("Tidak perlu lagi")),
        "arrive": Move(
            (WAITING, SENDING, UNCERTAIN, FAILED, SENT), DELIVERED, by=(PROVIDER,), label=_("Sampai di HP")
        ),
        "be_read": Move(
            (WAITING, SENDING, UNCERTAIN, FAILED, SENT, DELIVERED),
            READ,
            by=(PROVIDER,),
            label=_("Sudah dibaca"),
        ),
        "bounce": Move((SENDING, UNCERTAIN, SENT), FAILED, by=(PROVIDER,), label=_("Dikembalikan layanan")),
        "send_again": Move((SENT,), WAITING, by=(PROVIDER,), label=_("Harus dengan templat")),
        "try_again": Move((UNCERTAIN, FAILED), WAITING, by=(OFFICER,), label=_("Coba lagi")),
    },
)
