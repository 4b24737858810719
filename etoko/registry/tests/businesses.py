"""Businesses of the cast, for the tests of this room."""

from datetime import date
from typing import Any

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import (
    Business,
    BusinessPhone,
    BusinessRole,
    Owner,
    PublicConsent,
)
from etoko.registry.names import business_search_name, owner_search_name
from etoko.registry.operations.listing import refresh_directory
from tests.cast import NOW

EVERYTHING = [what for what, _label in PublicConsent.WHAT]


def make_business(
    name: str,
    area: Area,
    *,
    owner: str = "Rahma",
    phone: str = "",
    shown: list[str] | None = None,
    owned_by: Person | None = None,
    **facts: Any,
) -> Business:
    business = Business.objects.create(name=name, search_name=business_search_name(name), area=area, **facts)
    Owner.objects.create(business=business, name=owner, search_name=owner_search_name(owner), person=owned_by)
    if phone:
        BusinessPhone.objects.create(business=business, phone=phone)
    if owned_by:
        BusinessRole.objects.create(
            business=business, person=owned_by, role=BusinessRole.OWNER, starts_on=date(2026, 1, 1)
        )
    for what in shown or []:
        PublicConsent.objects.create(business=business, what=what, given_at=NOW, how="self")
    refresh_directory(business_ids=[business.pk])
    business.refresh_from_db()
    return business
