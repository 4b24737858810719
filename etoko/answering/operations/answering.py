"""What a link does: one step of one order, once, and back within ten minutes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.answering.access import Opened
from etoko.answering.models import LinkUse
from etoko.foundation.ids import secret_hash
from etoko.foundation.problems import UnableTo
from etoko.ordering.links import LOOK, PAY
from etoko.ordering.operations import (
    TAKE_BACK_WITHIN,
    move_order,
    take_back_move,
)
from etoko.ordering.states import SELLER
from etoko.payments.models import Payment
from etoko.payments.operations import mark_paid, reverse_payment


class UnableToAnswer(UnableTo):
    pass


@transaction.atomic
def answer_by_link(*, opened: Opened, at: datetime, reason: str = "") -> LinkUse:
    """Do what the link is for. A link that was used does nothing and gives its use: the sender sees what
    became of it. Raises UnableToAnswer or what the step itself raises; then the link stays unused."""
    if opened.link.purpose == LOOK:
        raise UnableToAnswer(_("Tautan ini hanya untuk melihat. Tekan salah satu tombolnya."))
    # The row first: a second tap waits here for the first (a unique index), and then finds it done.
    use, is_first = LinkUse.objects.get_or_create(
        token_hash=secret_hash(opened.link.token),
        defaults={
            "order": opened.order,
            "purpose": opened.link.purpose,
            "person": opened.person,
            "phone": opened.phone,
            "used_at": at,
        },
    )
    if not is_first:
        return use
    if not opened.may_act:
        raise UnableToAnswer(_("Tautan ini sudah tidak berlaku. Belum ada yang berubah."))
    if opened.link.purpose == PAY:
        mark_paid(
            order=opened.order,
            by=opened.person,
            by_name=opened.name,
            at=at,
            source=Payment.LINK,
            source_ref=use.token_hash,
        )
    else:
        move_order(
            order=opened.order,
            move=opened.link.purpose,
            party=SELLER,
            by=opened.person,
            by_name=opened.name,
            at=at,
            reason=reason,
        )
    return use


@transaction.atomic
def take_back_answer(*, opened: Opened, at: datetime) -> LinkUse:
    """Undo what the link did. The second time there is nothing left to undo and nothing happens.

    Raises UnableToAnswer or what the way back raises; then nothing has changed."""
    if opened.use is None or opened.standing == "revoked":
        raise UnableToAnswer(_("Tidak ada yang bisa diurungkan lewat tautan ini."))
    use = LinkUse.objects.select_for_update().get(pk=opened.use.pk)
    if use.taken_back_at:
        return use
    if at > use.used_at + TAKE_BACK_WITHIN:
        raise UnableToAnswer(
            _("Langkah itu tidak bisa diurungkan lagi: sudah lewat 10 menit. Kabari pembeli lewat WhatsApp.")
        )
    if use.purpose == PAY:
        payment = Payment.objects.get(source=Payment.LINK, source_ref=use.token_hash, reverses=None)
        payment.order = opened.order
        reverse_payment(payment=payment, reason=_("Diurungkan"), by=opened.person, by_name=opened.name, at=at)
    else:
        take_back_move(order=opened.order, move=use.purpose, by=opened.person, by_name=opened.name, at=at)
    use.taken_back_at = at
    use.save(update_fields=["taken_back_at"])
    return use
