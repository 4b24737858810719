"""Orders are kept for ten years (PP 80/2019: data of transactions); who bought need not be."""

from collections.abc import Collection

from etoko.ordering.models import Cart, ComplaintPost, OrderEvent, OrderGroup
from etoko.ordering.states import BUYER
from etoko.people.models import Person

NO_NAME = "Pembeli"


def forget_buyer(*, person: Person, group_ids: Collection[int]) -> None:
    """The orders of these checkouts, which are hers, stay with their goods and sums, without name, number
    and address."""
    OrderEvent.objects.filter(order__group__in=group_ids, party=BUYER).update(by_name=NO_NAME)
    OrderEvent.objects.filter(by=person).update(by_name=NO_NAME)
    ComplaintPost.objects.filter(complaint__order__group__in=group_ids, party=BUYER).update(by_name=NO_NAME)
    OrderGroup.objects.filter(pk__in=group_ids).update(name=NO_NAME, phone="", street="", landmark="")
    Cart.objects.filter(person=person).delete()
