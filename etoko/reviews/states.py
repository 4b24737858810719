from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

VISIBLE, HIDDEN = "visible", "hidden"
OFFICER = "officer"

REVIEW_FLOW = Flow(
    "review",
    field="status",
    initial=VISIBLE,
    states={VISIBLE: _("Tampil"), HIDDEN: _("Disembunyikan")},
    moves={
        "hide": Move(
            (VISIBLE,), HIDDEN, by=(OFFICER,), label=_("Sembunyikan ulasan"), asks_reason="required"
        ),
        "restore": Move((HIDDEN,), VISIBLE, by=(OFFICER,), label=_("Tampilkan lagi")),
    },
)
