"""A post, from the moment it is written. It never vanishes: what is hidden or taken back leaves a line, with
its reason."""

from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

VISIBLE, HIDDEN, APPEALED = "post_visible", "post_hidden", "post_appealed"
UPHELD, WITHDRAWN = "post_upheld", "post_withdrawn"

AUTHOR = "author"
TENDER = "tender"
"""Who looks after the discussions of the place."""

OUT_OF_SIGHT = (HIDDEN, APPEALED, UPHELD)

POST_FLOW = Flow(
    "post",
    field="state",
    initial=VISIBLE,
    states={
        VISIBLE: _("Tampil"),
        HIDDEN: _("Disembunyikan"),
        APPEALED: _("Disembunyikan, ada keberatan"),
        UPHELD: _("Tetap disembunyikan"),
        WITHDRAWN: _("Ditarik penulisnya"),
    },
    moves={
        "hide": Move(
            (VISIBLE,), HIDDEN, by=(TENDER,), label=_("Sembunyikan kiriman"), asks_reason="required"
        ),
        "restore": Move((HIDDEN,), VISIBLE, by=(TENDER,), label=_("Tampilkan lagi")),
        "appeal": Move(
            (HIDDEN,), APPEALED, by=(AUTHOR,), label=_("Ajukan keberatan"), asks_reason="required"
        ),
        "grant": Move(
            (APPEALED,),
            VISIBLE,
            by=(TENDER,),
            label=_("Terima keberatan, tampilkan lagi"),
            asks_reason="required",
            only_in="decide_appeal",
        ),
        "uphold": Move(
            (APPEALED,),
            UPHELD,
            by=(TENDER,),
            label=_("Tolak keberatan, tetap sembunyikan"),
            asks_reason="required",
            only_in="decide_appeal",
        ),
        "withdraw": Move((VISIBLE,), WITHDRAWN, by=(AUTHOR,), label=_("Tarik kiriman ini")),
    },
)
