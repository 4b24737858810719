from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.catalog.models import Shop
from etoko.catalog.states import SHOP_CLOSED
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order, OrderGroup
from etoko.people.models import Person
from etoko.people.operations.closing import UnableToClose
from etoko.privacy.operations import UnableToWithdraw, close_account
from etoko.registry.models import LISTED, Business, BusinessPhone, BusinessRole, Owner, OwnerDetails
from etoko.reviews.models import Review
from etoko.reviews.tests.conftest import Everything
from tests.cast import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def where_it_stands(*words: str) -> set[str]:
    """Every column of every table in which one of the words can be read."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                values = map(str, model._default_manager.values_list(field.name, flat=True))
                if any(word in value for value in values for word in words):
                    found.add(f"{model._meta.label}.{field.name}")
    return found


def test_nothing_of_a_buyer_is_left_but_the_traces(siti: Person, received: Order, five_stars: Review) -> None:
    before = where_it_stands("Siti", siti.phone)
    assert {"people.Person.name", "ordering.OrderGroup.phone", "reviews.Review.author_name"} <= before

    close_account(person=siti, forget_owner=False, at=LATER)

    assert {column.split(".")[0] for column in where_it_stands("Siti", siti.phone)} <= {"audit"}
    received.refresh_from_db()
    assert (received.state, received.total_rp) == ("completed", 30_000)
    five_stars.refresh_from_db()
    assert (five_stars.stars, five_stars.text) == (5, "Renyah sekali")
    closed = Person.objects.get(pk=siti.pk)
    assert not closed.is_active
    assert not closed.has_usable_password()


def test_the_seller_still_sees_the_order(
    client: Client, siti: Person, received: Order, rahma: Person
) -> None:
    close_account(person=siti, forget_owner=False, at=LATER)
    client.force_login(rahma)
    page = client.get(f"/jualan/{received.shop.public_id}/pesanan/{received.number}/")
    assert page.status_code == 200
    assert "Siti" not in page.content.decode()
    assert "Pembeli" in page.content.decode()


def test_her_number_is_free_again(siti: Person) -> None:
    phone = siti.phone
    close_account(person=siti, forget_owner=False, at=LATER)
    Person.objects.create_user(phone, "Siti lagi")


def test_an_order_that_runs_is_finished_first(siti: Person, waiting: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToClose, match="1 pesanan"):
        close_account(person=siti, forget_owner=False, at=LATER)
    assert everything() == before
    assert Person.objects.get(pk=siti.pk).is_active


def test_her_shop_closes_and_nobody_finds_her_business(rahma: Person, shown: Business, shop: Shop) -> None:
    assert shown.__class__.objects.get(pk=shown.pk).listing == LISTED
    close_account(person=rahma, forget_owner=True, at=LATER)
    shop.refresh_from_db()
    assert shop.status == SHOP_CLOSED
    business = Business.objects.get(pk=shown.pk)
    assert business.listing != LISTED
    owner = Owner.objects.get(business=business)
    assert (owner.name, owner.nik_hash, owner.nik_sealed) == ("Tanpa nama", "", None)
    assert not OwnerDetails.objects.exists()
    assert not BusinessPhone.objects.exists()


def test_the_register_keeps_her_where_she_does_not_say_otherwise(rahma: Person, shown: Business) -> None:
    close_account(person=rahma, forget_owner=False, at=LATER)
    assert Owner.objects.get(business=shown).name == "Rahma Wati"
    assert Business.objects.get(pk=shown.pk).listing != LISTED


def test_a_shop_of_two_stays_open(rahma: Person, herman: Person, shown: Business, shop: Shop) -> None:
    BusinessRole.objects.create(
        business=shown, person=herman, role=BusinessRole.OWNER, starts_on=NOW.date() - timedelta(days=9)
    )
    close_account(person=rahma, forget_owner=False, at=LATER)
    shop.refresh_from_db()
    assert shop.status != SHOP_CLOSED


def test_buyers_who_wait_come_first(rahma: Person, shown: Business, waiting: Order) -> None:
    with pytest.raises(UnableToWithdraw, match="1 pesanan pembeli"):
        close_account(person=rahma, forget_owner=True, at=LATER)
    assert Owner.objects.get(business=shown).name == "Rahma Wati"


def test_somebody_must_be_left_to_run_the_house(db: None) -> None:
    only = Person.objects.create_superuser("+6281299999999", "Pengelola", None)
    with pytest.raises(UnableTo, match="satu-satunya"):
        close_account(person=only, forget_owner=False, at=LATER)
    Person.objects.create_superuser("+6281299999998", "Pengelola lain", None)
    close_account(person=only, forget_owner=False, at=LATER)
    assert not Person.objects.get(pk=only.pk).is_superuser


class TestPage:
    def test_asks_for_the_passphrase(self, client: Client, siti: Person, clock: Clock) -> None:
        client.force_login(siti)
        refused = client.post("/saya/data/tutup/", {"sure": "on", "passphrase": "salah", "once": "a"})
        assert refused.status_code == 422
        assert "tidak cocok" in refused.content.decode()
        assert Person.objects.get(pk=siti.pk).is_active

        done = {"sure": "on", "passphrase": "sandi-rahasia-1", "once": "b"}
        for _press in range(2):
            assert client.post("/saya/data/tutup/", done).status_code == 302
        assert not Person.objects.get(pk=siti.pk).is_active
        assert AuditEntry.objects.filter(deed="close_account").count() == 1
        assert client.get("/saya/keamanan/").status_code == 302  # signed out

    def test_does_nothing_before_she_says_that_she_is_sure(self, client: Client, siti: Person) -> None:
        client.force_login(siti)
        refused = client.post("/saya/data/tutup/", {"passphrase": "sandi-rahasia-1", "once": "a"})
        assert refused.status_code == 422
        assert "Centang dulu" in refused.content.decode()
        assert Person.objects.get(pk=siti.pk).is_active

    def test_old_orders_lead_to_nobody(self, client: Client, siti: Person, received: Order) -> None:
        close_account(person=siti, forget_owner=False, at=LATER)
        assert OrderGroup.objects.get(pk=received.group_id).phone == ""
