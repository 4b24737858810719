from django.utils.translation import gettext_lazy as _

from etoko.foundation.flows import Flow, Move

DRAFT, PUBLISHED, HIDDEN, ARCHIVED = "draft", "published", "hidden", "archived"
SELLER = "seller"

PRODUCT_FLOW = Flow(
    "product",
    field="status",
    initial=DRAFT,
    states={
        DRAFT: _("Konsep"),
        PUBLISHED: _("Dijual"),
        HIDDEN: _("Disembunyikan"),
        ARCHIVED: _("Diarsipkan"),
    },
    moves={
        "publish": Move((DRAFT, HIDDEN), PUBLISHED, by=(SELLER,), label=_("Jual sekarang")),
        "hide": Move((PUBLISHED,), HIDDEN, by=(SELLER,), label=_("Sembunyikan")),
        "archive": Move((DRAFT, PUBLISHED, HIDDEN), ARCHIVED, by=(SELLER,), label=_("Arsipkan")),
        "restore": Move((ARCHIVED,), HIDDEN, by=(SELLER,), label=_("Keluarkan dari arsip")),
    },
)

SHOP_DRAFT, SHOP_OPEN, SHOP_INCOMPLETE = "draft", "open", "incomplete"
SHOP_CLOSED, SHOP_SUSPENDED = "closed", "suspended"
OFFICER = "officer"
REGISTER = "register"
"""The register closes a shop with its business."""
CHECKLIST = "checklist"
"""The party that moves a shop by itself when something of its checklist goes missing or comes back."""

SHOP_FLOW = Flow(
    "shop",
    field="status",
    initial=SHOP_DRAFT,
    states={
        SHOP_DRAFT: _("Belum buka"),
        SHOP_OPEN: _("Buka"),
        SHOP_INCOMPLETE: _("Belum lengkap"),
        SHOP_CLOSED: _("Ditutup pemilik"),
        SHOP_SUSPENDED: _("Ditangguhkan"),
    },
    moves={
        "open": Move((SHOP_DRAFT, SHOP_CLOSED), SHOP_OPEN, by=(SELLER,), label=_("Buka toko")),
        "fall_short": Move((SHOP_OPEN,), SHOP_INCOMPLETE, by=(CHECKLIST,), label=_("Ada yang kurang")),
        "complete": Move((SHOP_INCOMPLETE,), SHOP_OPEN, by=(CHECKLIST,), label=_("Lengkap lagi")),
        "close": Move(
            (SHOP_OPEN, SHOP_INCOMPLETE), SHOP_CLOSED, by=(SELLER, REGISTER), label=_("Tutup toko")
        ),
        "suspend": Move(
            (SHOP_DRAFT, SHOP_OPEN, SHOP_INCOMPLETE, SHOP_CLOSED),
            SHOP_SUSPENDED,
            by=(OFFICER,),
            label=_("Tangguhkan"),
            asks_reason="required",
        ),
        "reinstate": Move((SHOP_SUSPENDED,), SHOP_CLOSED, by=(OFFICER,), label=_("Pulihkan")),
    },
)
