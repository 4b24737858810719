"""Many taps at once on both databases: one link acts once, and of two contrary answers one wins."""

from collections.abc import Callable

import pytest
from django.test import Client

from conftest import Clock
from etoko.answering.models import LinkUse
from etoko.catalog.models import Variant
from etoko.ordering.access import link_secret
from etoko.ordering.links import ACT_FOR, answer_path, mint_link
from etoko.ordering.models import Order, OrderEvent
from etoko.ordering.states import CANCELLED, PROCESSING
from etoko.ordering.tests.conftest import a_cart, place
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import guards_off, race

pytestmark = pytest.mark.django_db(transaction=True)


def accept_link(order: Order, rahma: Person) -> str:
    token = mint_link(
        order=order, purpose="accept", person=rahma, phone=rahma.phone, expires_at=NOW + ACT_FOR
    )
    return answer_path(token)


def posting(address: str, statuses: list[int]) -> Callable[[], None]:
    def post() -> None:
        statuses.append(Client().post(address).status_code)

    return post


def test_eight_taps_on_one_link_accept_once(kerupuk: Variant, rahma: Person, clock: Clock) -> None:
    order = place(a_cart((kerupuk, 2))).orders[0]
    statuses: list[int] = []
    assert race([posting(accept_link(order, rahma), statuses)] * 8) == []
    assert statuses == [302] * 8
    assert OrderEvent.objects.filter(deed="accept").count() == LinkUse.objects.count() == 1


def accepting_by_link_and_cancelling_at_once_does_one_of_them(kerupuk: Variant, rahma: Person) -> None:
    order = place(a_cart((kerupuk, 2))).orders[0]
    buyers = f"/pesanan/{link_secret(order.group)}/{order.number}/cancel/"
    statuses: list[int] = []
    assert race([posting(accept_link(order, rahma), statuses), posting(buyers, statuses)]) == []
    assert sorted(statuses) == [302, 422]
    assert OrderEvent.objects.filter(deed__in=("accept", "cancel")).count() == 1
    state = Order.objects.get().state
    kerupuk.refresh_from_db()
    assert (state, kerupuk.held) in ((PROCESSING, 2), (CANCELLED, 0))


def test_accepting_by_link_and_cancelling_at_once(kerupuk: Variant, rahma: Person, clock: Clock) -> None:
    accepting_by_link_and_cancelling_at_once_does_one_of_them(kerupuk, rahma)


def test_the_same_race_goes_wrong_with_the_guards_off(kerupuk: Variant, rahma: Person, clock: Clock) -> None:
    """Negative control: without locks both are told that they won."""
    with guards_off(), pytest.raises(AssertionError):
        accepting_by_link_and_cancelling_at_once_does_one_of_them(kerupuk, rahma)
