from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

PROPOSED, AGREED, DECLINED, ENDED = "proposed", "agreed", "declined", "ended"
MEMBER, COOPERATIVE = "member", "cooperative"

PERMISSION_FLOW = Flow(
    "permission",
    field="state",
    initial=PROPOSED,
    states={
        PROPOSED: _("Menunggu izin anggota"),
        AGREED: _("Diizinkan"),
        DECLINED: _("Tidak diizinkan"),
        ENDED: _("Izin berakhir"),
    },
    moves={
        "agree": Move((PROPOSED,), AGREED, by=(MEMBER,), label=_("Izinkan")),
        "decline": Move((PROPOSED,), DECLINED, by=(MEMBER,), label=_("Jangan izinkan")),
        "end": Move((PROPOSED, AGREED), ENDED, by=(MEMBER, COOPERATIVE), label=_("Akhiri izin")),
    },
)
"""A member lets the cooperative sell what she makes; without her word nothing of her is said there."""
