"""Somebody leaves. What is hers alone goes; what others or the law need stays, without her name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.discussion.operations.forgetting import forget_participant
from etoko.groups.operations.forgetting import forget_member_phone
from etoko.notices.operations.forgetting import forget_reader
from etoko.ordering.access import groups_bought_by
from etoko.ordering.models import Order
from etoko.ordering.operations.forgetting import NO_NAME, forget_buyer
from etoko.ordering.operations.telling import about_buyer, about_seller
from etoko.ordering.states import OPEN_STATES
from etoko.partners.operations.forgetting import leave_partners
from etoko.payments.models import Balance
from etoko.payments.operations.forgetting import forget_payer
from etoko.people.models import Person
from etoko.people.operations.closing import UnableToClose, check_may_close, close_person, closed_number
from etoko.privacy.operations.withdrawing import check_no_open_orders, hide_with_shop
from etoko.registry.access import businesses_owned_by, people_of_businesses
from etoko.registry.models import Business
from etoko.registry.operations.forgetting import leave_businesses
from etoko.reviews.operations.forgetting import forget_author
from etoko.vouchers.operations.forgetting import forget_phone


@transaction.atomic
def close_account(*, person: Person, forget_owner: bool, at: datetime) -> None:
    """The account ends for good. With `forget_owner` the register, too, forgets her name, number and NIK.

    Raises UnableToClose (something of hers still runs) or UnableToWithdraw (her buyers still wait).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.closed_at is not None:
        return
    check_may_close(person)
    hers_alone = _hers_alone(person)
    groups = list(groups_bought_by(person).values_list("pk", flat=True))
    _check_nothing_runs(groups, hers_alone)
    for business in hers_alone:
        hide_with_shop(business, by=person, at=at)
    forget_author(group_ids=groups)
    forget_payer(group_ids=groups, instead=NO_NAME)
    forget_buyer(person=person, group_ids=groups)
    forget_phone(phone=person.phone, instead=closed_number(person))
    if person.phone_verified_at:
        forget_member_phone(phone=person.phone)
    forget_reader(person=person, abouts=[*_abouts(groups), *forget_participant(person=person)])
    leave_businesses(person=person, forget_owner=forget_owner, at=at)
    leave_partners(person=person, at=at)
    close_person(person=person, at=at)


def _hers_alone(person: Person) -> list[Business]:
    """Businesses that nobody else acts for: their shops have nobody left."""
    businesses = businesses_owned_by(person)
    people = people_of_businesses([business.pk for business in businesses])
    return [one for one in businesses if {other.pk for other in people.get(one.pk, ())} == {person.pk}]


def _abouts(groups: list[int]) -> list[str]:
    """Under which the notices of her orders stand."""
    numbers = Order.objects.filter(group__in=groups).exclude(number=None).values_list("number", flat=True)
    return [about(number) for number in numbers if number for about in (about_buyer, about_seller)]


def _check_nothing_runs(groups: list[int], businesses: list[Business]) -> None:
    running = Order.objects.filter(group__in=groups, state__in=OPEN_STATES).count()
    if running:
        raise UnableToClose(
            _("Masih ada %d pesanan Anda yang berjalan. Tunggu selesai atau batalkan dulu.") % running
        )
    check_no_open_orders(businesses)
    owed = Balance.objects.filter(shop__business__in=businesses, owed_rp__gt=0).count()
    if owed:
        raise UnableToClose(
            _("Masih ada uang pembeli yang harus Anda kembalikan (%d pesanan). Kembalikan dulu.") % owed
        )
