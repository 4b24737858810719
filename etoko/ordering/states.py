from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

AWAITING_CONFIRMATION = "awaiting_confirmation"
PROCESSING = "processing"
READY_FOR_PICKUP = "ready_for_pickup"
SHIPPED = "shipped"
DELIVERED = "delivered"
COMPLETED = "completed"
CANCELLED = "cancelled"
DECLINED = "declined"
MERGED = "merged"
RETURNED = "returned"

BUYER, SELLER, CLOCK = "buyer", "seller", "clock"

OPEN_STATES = (AWAITING_CONFIRMATION, PROCESSING, READY_FOR_PICKUP, SHIPPED, DELIVERED)


def _taking_back(move: str, source: str, target: str) -> Move:
    return Move(
        (source,), target, by=(SELLER,), label=_("Urungkan"), takes_back=move, only_in="take_back_move"
    )


ORDER_FLOW = Flow(
    "order",
    field="state",
    initial=AWAITING_CONFIRMATION,
    states={
        AWAITING_CONFIRMATION: _("Menunggu konfirmasi"),
        PROCESSING: _("Diproses"),
        READY_FOR_PICKUP: _("Siap diambil"),
        SHIPPED: _("Dikirim"),
        DELIVERED: _("Sampai"),
        COMPLETED: _("Selesai"),
        CANCELLED: _("Dibatalkan"),
        DECLINED: _("Ditolak penjual"),
        MERGED: _("Digabung"),
        RETURNED: _("Dikembalikan"),
    },
    moves={
        "accept": Move((AWAITING_CONFIRMATION,), PROCESSING, by=(SELLER,), label=_("Terima pesanan")),
        "decline": Move(
            (AWAITING_CONFIRMATION,),
            DECLINED,
            by=(SELLER,),
            label=_("Tolak pesanan"),
            asks_reason="required",
        ),
        "expire": Move(
            (AWAITING_CONFIRMATION,),
            CANCELLED,
            by=(CLOCK,),
            label=_("Lewat batas waktu"),
            not_before="answer_by_at",
        ),
        "cancel_unpaid": Move(
            (PROCESSING,),
            CANCELLED,
            by=(CLOCK,),
            label=_("Batal, belum dibayar"),
            not_before="pay_by_at",
        ),
        "make_ready": Move((PROCESSING,), READY_FOR_PICKUP, by=(SELLER,), label=_("Siap diambil")),
        "ship": Move((PROCESSING,), SHIPPED, by=(SELLER,), label=_("Kirim sekarang")),
        "hand_over": Move((READY_FOR_PICKUP,), DELIVERED, by=(SELLER,), label=_("Sudah diserahkan")),
        "arrive": Move((SHIPPED,), DELIVERED, by=(SELLER,), label=_("Sudah sampai")),
        "confirm_received": Move(
            (READY_FOR_PICKUP, SHIPPED, DELIVERED), COMPLETED, by=(BUYER,), label=_("Sudah saya terima")
        ),
        "complete": Move(
            (DELIVERED,),
            COMPLETED,
            by=(CLOCK,),
            label=_("Selesai dengan sendirinya"),
            not_before="complain_until_at",
        ),
        "cancel": Move(
            (AWAITING_CONFIRMATION,),
            CANCELLED,
            by=(BUYER,),
            label=_("Batalkan pesanan"),
            asks_reason="optional",
        ),
        "call_off": Move(
            (PROCESSING, READY_FOR_PICKUP),
            CANCELLED,
            by=(SELLER,),
            label=_("Batalkan pesanan"),
            asks_reason="required",
        ),
        "leave_uncollected": Move(
            (READY_FOR_PICKUP,),
            CANCELLED,
            by=(SELLER,),
            label=_("Tidak diambil"),
            not_before="collect_by_at",
        ),
        "merge": Move(
            (AWAITING_CONFIRMATION,), MERGED, by=(BUYER,), label=_("Gabungkan"), only_in="merge_orders"
        ),
        "give_all_back": Move(
            (SHIPPED, DELIVERED, COMPLETED),
            RETURNED,
            by=(SELLER,),
            label=_("Semua kembali"),
            only_in="receive_return",
        ),
        "take_back_accept": _taking_back("accept", PROCESSING, AWAITING_CONFIRMATION),
        "take_back_decline": _taking_back("decline", DECLINED, AWAITING_CONFIRMATION),
        "take_back_make_ready": _taking_back("make_ready", READY_FOR_PICKUP, PROCESSING),
        "take_back_ship": _taking_back("ship", SHIPPED, PROCESSING),
        "take_back_hand_over": _taking_back("hand_over", DELIVERED, READY_FOR_PICKUP),
        "take_back_arrive": _taking_back("arrive", DELIVERED, SHIPPED),
    },
)

DEADLINES = {
    AWAITING_CONFIRMATION: "answer_by_at",
    PROCESSING: "pay_by_at",
    READY_FOR_PICKUP: "collect_by_at",
}
"""Until when somebody should act in a state: the seller answers, the buyer pays, the buyer collects.

The field is empty where nobody is waited for: cash is paid on receipt, so it has no `pay_by_at`."""

OVER_STATES = (COMPLETED, CANCELLED, DECLINED, MERGED, RETURNED)

OPEN, AGREED, REFUSED, EXPIRED, WITHDRAWN = "open", "agreed", "refused", "expired", "withdrawn"

PROPOSAL_FLOW = Flow(
    "proposal",
    field="state",
    initial=OPEN,
    states={
        OPEN: _("Menunggu pembeli"),
        AGREED: _("Disetujui"),
        REFUSED: _("Tidak disetujui"),
        EXPIRED: _("Lewat batas waktu"),
        WITHDRAWN: _("Ditarik kembali"),
    },
    moves={
        "agree": Move((OPEN,), AGREED, by=(BUYER,), label=_("Setuju")),
        "refuse": Move((OPEN,), REFUSED, by=(BUYER,), label=_("Tidak setuju")),
        "withdraw": Move((OPEN,), WITHDRAWN, by=(SELLER,), label=_("Tarik kembali")),
        "expire": Move(
            (OPEN,), EXPIRED, by=(CLOCK,), label=_("Lewat batas waktu"), not_before="answer_by_at"
        ),
    },
)

ANSWERED, SETTLED, ESCALATED = "answered", "settled", "escalated"

COMPLAINT_FLOW = Flow(
    "complaint",
    field="state",
    initial=OPEN,
    states={
        OPEN: _("Menunggu penjual"),
        ANSWERED: _("Dijawab penjual"),
        SETTLED: _("Selesai dibicarakan"),
        ESCALATED: _("Diteruskan ke petugas"),
    },
    moves={
        "answer": Move((OPEN, ANSWERED), ANSWERED, by=(SELLER,), label=_("Jawab")),
        "reply": Move((OPEN, ANSWERED), OPEN, by=(BUYER,), label=_("Balas")),
        "settle": Move((OPEN, ANSWERED), SETTLED, by=(BUYER,), label=_("Sudah beres")),
        "escalate": Move((ANSWERED,), ESCALATED, by=(BUYER,), label=_("Teruskan ke petugas")),
        "escalate_unsettled": Move(
            (OPEN, ANSWERED),
            ESCALATED,
            by=(CLOCK,),
            label=_("Belum selesai, diteruskan"),
            not_before="settle_by_at",
        ),
    },
)

ASKED, BACK = "asked", "back"

RETURN_FLOW = Flow(
    "return",
    field="state",
    initial=ASKED,
    states={
        ASKED: _("Diminta pembeli"),
        AGREED: _("Disetujui penjual"),
        BACK: _("Barang sudah kembali"),
        REFUSED: _("Tidak disetujui"),
        WITHDRAWN: _("Dibatalkan pembeli"),
    },
    moves={
        "agree": Move((ASKED,), AGREED, by=(SELLER,), label=_("Terima pengembalian")),
        "refuse": Move(
            (ASKED,), REFUSED, by=(SELLER,), label=_("Tolak pengembalian"), asks_reason="required"
        ),
        "withdraw": Move((ASKED, AGREED), WITHDRAWN, by=(BUYER,), label=_("Tidak jadi mengembalikan")),
        "receive": Move((ASKED, AGREED), BACK, by=(SELLER,), label=_("Barang sudah kembali")),
    },
)
