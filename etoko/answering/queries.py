"""What the page of a link shows: the order as it stands, and its buttons, each a link of its own."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.answering.access import Opened
from etoko.ordering.links import ACT_FOR, LOOK, PAY, PURPOSES, answer_path, mint_link
from etoko.ordering.models import Order
from etoko.ordering.operations import TAKE_BACK_WITHIN, move_to_take_back
from etoko.ordering.queries.rows import MOVE_ICONS, OrderPage
from etoko.ordering.queries.seller import seller_page
from etoko.ordering.states import AWAITING_CONFIRMATION, CANCELLED, DECLINED, ORDER_FLOW


@dataclass(frozen=True, slots=True)
class Button:
    purpose: str
    label: str
    icon: str
    what: str
    """What will happen, in a sentence."""
    href: str
    asks_reason: bool


@dataclass(frozen=True, slots=True)
class AnswerPage:
    order: OrderPage
    asked: Button | None
    """What this link itself does, where it can still be done."""
    buttons: list[Button]
    """The other steps that can be taken now."""
    done: str
    """What this link did, in a sentence; empty while it is unused."""
    is_too_late: bool
    """What this link was for cannot be done any more."""
    undo_until: str
    """The time until which that may be taken back; empty where it cannot."""


def answer_page(opened: Opened, *, at: datetime) -> AnswerPage:
    page = seller_page(opened.order, at=at)
    steps = _steps(opened.order, page)
    is_step = opened.link.purpose in steps and opened.may_act
    asked = _button(opened, opened.link.purpose, answer_path(opened.link.token)) if is_step else None
    others = [step for step in steps if asked is None or step != asked.purpose]
    return AnswerPage(
        order=page,
        asked=asked,
        buttons=[_button(opened, step, _minted(opened, step, at)) for step in others]
        if opened.standing == "valid"
        else [],
        done=_done(opened),
        is_too_late=opened.may_act and not is_step and opened.link.purpose != LOOK,
        undo_until=_undo_until(opened, at),
    )


def _steps(order: Order, page: OrderPage) -> list[str]:
    steps = [move.name for move in page.row.moves if move.name in PURPOSES]
    can_pay = order.payment_state != Order.PAID and order.state not in (
        AWAITING_CONFIRMATION,
        CANCELLED,
        DECLINED,
    )
    return [*steps, PAY] if can_pay else steps


def _minted(opened: Opened, purpose: str, at: datetime) -> str:
    return answer_path(
        mint_link(
            order=opened.order,
            purpose=purpose,
            person=opened.person,
            phone=opened.phone,
            expires_at=at + ACT_FOR,
        )
    )


def _button(opened: Opened, purpose: str, href: str) -> Button:
    label = _("Lunas, uangnya sudah ada") if purpose == PAY else str(ORDER_FLOW.moves[purpose].label)
    return Button(
        purpose=purpose,
        label=label,
        icon="banknote" if purpose == PAY else MOVE_ICONS[purpose],
        what=_what(purpose),
        href=href,
        asks_reason=purpose != PAY and ORDER_FLOW.moves[purpose].asks_reason == "required",
    )


def _what(purpose: str) -> str:
    return {
        "accept": _("Pembeli diberi tahu bahwa Anda menerima pesanannya."),
        "decline": _("Pesanan ditolak, stoknya kembali, dan pembeli mendapat alasan Anda."),
        "make_ready": _("Pembeli diberi tahu bahwa barangnya siap diambil."),
        "ship": _("Pembeli diberi tahu bahwa barangnya sedang dikirim, dan stok Anda berkurang."),
        "hand_over": _("Barang tercatat sudah Anda serahkan, dan stok Anda berkurang."),
        "arrive": _("Pembeli diberi tahu bahwa barangnya sudah sampai."),
        PAY: _("Periksa dulu uangnya di tangan atau di aplikasi bank Anda. Pesanan lalu tercatat lunas."),
    }[purpose]


def _done(opened: Opened) -> str:
    if opened.use is None or opened.link.purpose == LOOK:
        return ""
    if opened.use.taken_back_at:
        return _("Sudah diurungkan. Pembeli diberi tahu.")
    return {
        "accept": _("Pesanan Anda terima. Pembeli diberi tahu."),
        "decline": _("Pesanan Anda tolak. Pembeli diberi tahu."),
        "make_ready": _("Tercatat siap diambil. Pembeli diberi tahu."),
        "ship": _("Tercatat sedang dikirim. Pembeli diberi tahu."),
        "hand_over": _("Tercatat sudah diserahkan. Pembeli diberi tahu."),
        "arrive": _("Tercatat sudah sampai. Pembeli diberi tahu."),
        PAY: _("Tercatat lunas. Pembeli diberi tahu."),
    }[opened.link.purpose]


def _undo_until(opened: Opened, at: datetime) -> str:
    use = opened.use
    if use is None or use.taken_back_at or at > use.used_at + TAKE_BACK_WITHIN:
        return ""
    possible = (
        opened.order.payment_state == Order.PAID
        if use.purpose == PAY
        else move_to_take_back(opened.order, at=at) == use.purpose
    )
    return f"{timezone.localtime(use.used_at + TAKE_BACK_WITHIN):%H.%M}" if possible else ""
