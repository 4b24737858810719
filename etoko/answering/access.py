"""Gate: what a link opens now."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from etoko.answering.models import LinkUse
from etoko.foundation.ids import secret_hash
from etoko.ordering.links import AnswerLink, read_link
from etoko.ordering.models import Order
from etoko.people.models import Person
from etoko.registry.access import is_of_business

VALID, EXPIRED, REVOKED = "valid", "expired", "revoked"


@dataclass(frozen=True, slots=True)
class Opened:
    link: AnswerLink
    order: Order
    person: Person | None
    """None: whoever holds the WhatsApp of the shop."""
    phone: str
    standing: str
    """VALID, EXPIRED, or REVOKED: the phone changed, or the person left the business."""
    use: LinkUse | None
    """That it was used already."""

    @property
    def may_act(self) -> bool:
        return self.standing == VALID and self.use is None

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.order.shop.name


def opened_by_link(token: str, *, at: datetime) -> Opened:
    """What we never signed, and an order that is not there, is "not found"."""
    link = read_link(token)
    order = (
        Order.objects.select_related("shop__business", "group__buyer").filter(pk=link.order_pk).first()
        if link
        else None
    )
    if link is None or order is None:
        raise Http404
    person = Person.objects.filter(pk=link.person_pk).first() if link.person_pk else None
    phone = person.phone if person else order.shop.whatsapp
    use = LinkUse.objects.filter(token_hash=secret_hash(token)).first()
    return Opened(link, order, person, phone, _standing(link, order, person, phone, at), use)


def _standing(link: AnswerLink, order: Order, person: Person | None, phone: str, at: datetime) -> str:
    if not link.is_for_phone(phone):
        return REVOKED
    if link.person_pk and not (person and person.is_active and is_of_business(person, order.shop.business)):
        return REVOKED
    return VALID if at < link.expires_at else EXPIRED
