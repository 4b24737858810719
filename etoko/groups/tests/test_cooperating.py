"""Cooperatives: their record, their yearly meeting, and what they sell for members with their word."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.catalog.models import Product, Shop
from etoko.catalog.states import HIDDEN, PUBLISHED
from etoko.catalog.tests.stall import business, draft_shop, open_shop, product
from etoko.foundation.flows import UnableToMove
from etoko.groups.access_cooperatives import cooperative_for
from etoko.groups.models_cooperatives import Cooperative, Permission, YearlyMeeting
from etoko.groups.operations.cooperating import (
    CooperativeFacts,
    UnableToCooperate,
    answer_sale,
    change_cooperative,
    end_sale,
    fill_up,
    found_cooperative,
    propose_sale,
    record_yearly_meeting,
    remind_of_yearly_meetings,
)
from etoko.groups.queries.cooperatives import maker_of, sales_of
from etoko.groups.tests.conftest import Everything
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import Acting, acting_for
from etoko.registry.models import Business
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

__all__ = ["business", "draft_shop", "open_shop", "product"]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def cooperative(villages: dict[str, Area], yanti: Person, business: Business) -> Cooperative:
    """Of Taban; it sells as the business of Bu Rahma's stall, who runs it."""
    facts = CooperativeFacts("Koperasi Taban Maju", women=30, men=12, business=business)
    return found_cooperative(facts=facts, area=villages["Taban"], by=yanti, at=NOW)


@pytest.fixture
def hats(villages: dict[str, Area], herman: Person) -> Business:
    """Pak Herman's, listed with his consent."""
    return make_business("Topi Herman", villages["Taban"], owned_by=herman, shown=["listing"])


@pytest.fixture
def permission(
    cooperative: Cooperative, open_shop: Shop, product: Product, hats: Business, rahma: Person
) -> Permission:
    return propose_sale(
        keeping=cooperative_for(rahma, cooperative.public_id),
        product=product,
        business=hats,
        member_rp=9_000,
        sees=Permission.DAYS,
        edits=Permission.STOCK,
        at=NOW,
    )


def test_the_member_is_asked_and_only_her_word_names_her(
    client: Client, permission: Permission, herman: Person, product: Product
) -> None:
    notice = Notice.objects.get(recipient=herman, kind="permission_asked")
    assert "Rp9.000" in notice.text and notice.path == f"/kelompok/koperasi/izin/{permission.pk}/"
    assert maker_of(product.pk) is None
    client.force_login(herman)
    assert "Izinkan" in client.get(notice.path).content.decode()
    client.post(notice.path, {"langkah": "izinkan", "once": "k"})
    client.post(notice.path, {"langkah": "izinkan", "once": "k"})
    permission.refresh_from_db()
    assert (permission.state, permission.answered_by, permission.answered_for) == ("agreed", herman, "")
    assert maker_of(product.pk) == ("Topi Herman", f"/usaha/{permission.business.public_id}/")
    page = client.get(f"/produk/{product.public_id}/{product.slug}/").content.decode()
    assert "Dibuat oleh" in page and "Topi Herman" in page
    assert AuditEntry.objects.get(deed="answer_sale").changes == {"state": ["proposed", "agreed"]}


def test_a_kader_notes_the_answer_from_a_signed_sheet(permission: Permission, yanti: Person) -> None:
    answered = answer_sale(
        acting=acting_for(yanti, permission.business), permission=permission, agrees=True, at=NOW
    )
    assert (answered.answered_by, answered.answered_for) == (yanti, "Topi Herman")


def test_what_she_takes_back_is_sold_no_more(
    client: Client, permission: Permission, herman: Person, product: Product
) -> None:
    acting = Acting(permission.business, herman, is_assisting=False)
    answer_sale(acting=acting, permission=permission, agrees=True, at=NOW)
    product.refresh_from_db()
    assert product.status == PUBLISHED
    client.force_login(herman)
    client.post(f"/kelompok/koperasi/izin/{permission.pk}/", {"langkah": "akhiri"})
    product.refresh_from_db()
    permission.refresh_from_db()
    assert (product.status, permission.state, maker_of(product.pk)) == (HIDDEN, "ended", None)


def test_a_no_stays_a_no(permission: Permission, herman: Person, everything: Everything) -> None:
    acting = Acting(permission.business, herman, is_assisting=False)
    answer_sale(acting=acting, permission=permission, agrees=False, at=NOW)
    before = everything()
    with pytest.raises(UnableToMove):
        answer_sale(acting=acting, permission=permission, agrees=True, at=NOW)
    with pytest.raises(UnableToMove):
        end_sale(by=acting, permission=permission, at=NOW)
    assert everything() == before


def test_she_fills_up_the_stock_where_that_was_agreed(
    client: Client, permission: Permission, herman: Person, product: Product
) -> None:
    acting = Acting(permission.business, herman, is_assisting=False)
    variant = product.variants.get()
    with pytest.raises(UnableToCooperate):
        fill_up(acting=acting, permission=permission, variant_id=variant.pk, quantity=5, at=NOW)
    answer_sale(acting=acting, permission=permission, agrees=True, at=NOW)
    client.force_login(herman)
    address = f"/kelompok/koperasi/izin/{permission.pk}/"
    form = {"langkah": "stok", "variant": str(variant.pk), "quantity": "5"}
    assert client.post(address, {**form, "quantity": "lima"}).status_code == 422
    assert client.post(address, form).status_code == 302
    variant.refresh_from_db()
    assert variant.on_hand == 15
    assert AuditEntry.objects.get(deed="add_stock").by_name == "Herman"
    Permission.objects.update(edits=Permission.NOTHING)
    assert client.post(address, form).status_code == 422
    variant.refresh_from_db()
    assert variant.on_hand == 15


def test_she_sees_what_was_sold_since_she_agreed(permission: Permission, herman: Person) -> None:
    acting = Acting(permission.business, herman, is_assisting=False)
    agreed = answer_sale(acting=acting, permission=permission, agrees=True, at=NOW)
    assert (sales_of(agreed).sold, sales_of(agreed).for_member_rp, sales_of(agreed).days) == (0, 0, [])


def test_goods_of_another_shop_or_promised_twice_are_refused(
    cooperative: Cooperative, permission: Permission, rahma: Person, hats: Business, everything: Everything
) -> None:
    keeping = cooperative_for(rahma, cooperative.public_id)
    terms: dict[str, Any] = {"member_rp": 1, "sees": "sums", "edits": "nothing", "at": NOW}
    before = everything()
    with pytest.raises(UnableToCooperate) as refused:
        propose_sale(keeping=keeping, product=permission.product, business=hats, **terms)
    assert refused.value.field == "product"
    assert cooperative.business is not None
    with pytest.raises(UnableToCooperate) as refused:
        propose_sale(keeping=keeping, product=permission.product, business=cooperative.business, **terms)
    assert refused.value.field == "business"
    Cooperative.objects.filter(pk=cooperative.pk).update(business=None)
    without = cooperative_for(
        Person.objects.create_superuser("+6281200000001", "Root"), cooperative.public_id
    )
    with pytest.raises(UnableToCooperate) as refused:
        propose_sale(keeping=without, product=permission.product, business=hats, **terms)
    assert refused.value.field == "product"
    Cooperative.objects.filter(pk=cooperative.pk).update(business=cooperative.business)
    assert everything() == before


def test_a_yearly_meeting_is_noted_once(
    cooperative: Cooperative, rahma: Person, everything: Everything
) -> None:
    keeping = cooperative_for(rahma, cooperative.public_id)
    told: dict[str, Any] = {
        "keeping": keeping,
        "about_year": 2025,
        "held_on": date(2026, 3, 14),
        "present": 31,
        "turnover_rp": 88_000_000,
        "surplus_rp": None,
        "at": NOW,
    }
    record_yearly_meeting(**told)
    before = everything()
    for wrong in ({}, {"about_year": 2027}, {"about_year": 2024, "held_on": date(2026, 11, 25)}):
        with pytest.raises(UnableToCooperate):
            record_yearly_meeting(**{**told, **wrong})
        assert everything() == before
    assert YearlyMeeting.objects.get().surplus_rp is None


def test_it_is_reminded_of_the_yearly_meeting_once_a_year(
    cooperative: Cooperative, yanti: Person, rahma: Person, clock: Clock
) -> None:
    Cooperative.objects.update(rat_month=4)
    march, april = datetime(2026, 3, 10, 3, tzinfo=UTC), datetime(2026, 4, 1, 3, tzinfo=UTC)
    assert remind_of_yearly_meetings(at=march) == 0
    assert remind_of_yearly_meetings(at=datetime(2026, 3, 31, 20, tzinfo=UTC)) == 0  # three in the morning
    assert remind_of_yearly_meetings(at=april) == 1
    assert remind_of_yearly_meetings(at=april) == 0
    told = set(Notice.objects.filter(kind="yearly_meeting_due").values_list("recipient__name", flat=True))
    assert told == {"Yanti", "Rahma"}
    record_yearly_meeting(
        keeping=cooperative_for(rahma, cooperative.public_id),
        about_year=2026,
        held_on=NOW.date(),
        present=20,
        turnover_rp=None,
        surplus_rp=None,
        at=NOW,
    )
    assert remind_of_yearly_meetings(at=datetime(2027, 4, 1, 3, tzinfo=UTC)) == 0


def test_what_changes_leaves_its_trace_and_names_are_given_once(
    cooperative: Cooperative, yanti: Person, villages: dict[str, Area], everything: Everything
) -> None:
    keeping = cooperative_for(yanti, cooperative.public_id)
    changed = change_cooperative(
        keeping=keeping,
        facts=CooperativeFacts("Koperasi Taban Maju", women=31, men=12, services=("staples",)),
        at=NOW,
    )
    assert (changed.women, changed.services) == (31, ["staples"])
    assert AuditEntry.objects.get(deed="change_cooperative").changes["women"] == [30, 31]
    before = everything()
    with pytest.raises(UnableToCooperate):
        found_cooperative(
            facts=CooperativeFacts("koperasi TABAN maju"), area=villages["Taban"], by=yanti, at=NOW
        )
    assert everything() == before
