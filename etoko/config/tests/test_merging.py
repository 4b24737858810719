"""Two records become one, and two again: no order, licence, role or document is lost on the way."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Shop
from etoko.catalog.states import SHOP_CLOSED
from etoko.consignment.models import Place
from etoko.foundation.ids import new_public_id
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order
from etoko.ordering.tests.conftest import a_cart, a_shop, a_variant, place
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import is_of_business, people_of_businesses
from etoko.registry.merging import relations, rows_of, rule_of
from etoko.registry.models import Business, BusinessPhone, BusinessRole, Licence, Merge, Owner, PublicConsent
from etoko.registry.operations.consenting import set_consents
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.operations.merging import UnableToMerge, merge_businesses, undo_merge
from etoko.registry.operations.splitting import UnableToSplit, part_key, split_business
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def kept(villages: dict[str, Area], rahma: Person) -> Business:
    shown = ["listing", "phone"]
    return make_business(
        "Kerupuk Bu Rahma", villages["Taban"], phone="+6281210000001", owned_by=rahma, shown=shown
    )


@pytest.fixture
def other(villages: dict[str, Area], herman: Person) -> Business:
    """The same, entered again by somebody else: with a shop, an order, a licence with its scan."""
    shop = a_shop(herman, "Krupuk Rahma", villages["Taban"], "+6281210000002")
    business = shop.business
    business.street, business.turnover_rp = "Kp. Cikuya", 36_000_000
    business.save()
    Owner.objects.create(business=business, name="Ibu Rahma", search_name="rahma")
    BusinessPhone.objects.create(business=business, phone="+6281210000001")
    BusinessPhone.objects.create(business=business, phone="+6281299990002")
    licence = Licence(business=business, kind="pirt", status="held", number="1234567890123-27")
    licence.scan.save("pirt.pdf", ContentFile(b"%PDF-"), save=True)
    place(a_cart((a_variant(shop, "Kerupuk Kulit", 15_000, 10), 2)))
    return business


def where_everything_hangs() -> dict[str, dict[Any, int]]:
    """{relation: {row: business}} of every row of every room that hangs on a business."""
    told = {}
    for key, relation in relations().items():
        model: Any = relation.related_model
        if model in (Merge, Business):
            continue
        rows = model._base_manager.filter(**{f"{relation.field.name}__isnull": False})
        told[key] = dict(rows.values_list("pk", relation.field.attname))
    del told["registry.DirectoryWord.business"]  # derived anew from the rest
    return told


def facts() -> list[dict[str, Any]]:
    rows = Business.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "updated_at"} for row in rows]


def test_everything_moves_to_the_kept_record_and_back(
    kept: Business, other: Business, dedi: Person, herman: Person
) -> None:
    before = where_everything_hangs(), facts()
    merge = merge_businesses(kept=kept, other=other, by=dedi, at=NOW, reason="Didata dua kali")
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (other.status, other.merged_into) == ("closed", kept)
    assert (kept.street, kept.turnover_rp) == ("Kp. Cikuya", 36_000_000)
    assert Order.objects.get().shop.business == kept
    assert kept.licences.get().scan.name
    assert {one.phone for one in kept.phones.all()} == {"+6281210000001", "+6281299990002"}
    assert [one.phone for one in other.phones.all()] == ["+6281210000001"]  # its twin is there already
    assert is_of_business(herman, kept)
    assert AuditEntry.objects.filter(deed="merge_businesses", subject_id=str(kept.pk)).exists()
    assert AuditEntry.objects.filter(deed="absorb_business", subject_id=str(other.pk)).exists()
    undo_merge(merge=merge, by=dedi, at=LATER)
    assert (where_everything_hangs(), facts()) == before


def test_what_was_changed_or_added_since_stays_when_it_is_undone(
    kept: Business, other: Business, dedi: Person
) -> None:
    merge = merge_businesses(kept=kept, other=other, by=dedi, at=NOW)
    Business.objects.filter(pk=kept.pk).update(street="Kp. Baru No. 1")
    Licence.objects.create(business=kept, kind="halal", status="held", number="ID1")
    undo_merge(merge=merge, by=dedi, at=LATER)
    kept.refresh_from_db()
    assert (kept.street, kept.turnover_rp) == ("Kp. Baru No. 1", None)
    assert kept.licences.get().number == "ID1"
    assert other.licences.get().kind == "pirt"


def test_two_open_shops_are_refused_and_nothing_changes(
    kept: Business, other: Business, dedi: Person
) -> None:
    Shop.objects.create(business=kept, slug="k", name="K", area=kept.area, status="open")
    before = where_everything_hangs(), facts()
    with pytest.raises(UnableToMerge, match="toko"):
        merge_businesses(kept=kept, other=other, by=dedi, at=NOW)
    assert (where_everything_hangs(), facts()) == before
    assert not Merge.objects.exists()


def test_a_closed_shop_stays_with_its_orders_and_its_sellers_reach_it(
    kept: Business, other: Business, dedi: Person, herman: Person
) -> None:
    Shop.objects.create(business=kept, slug="k", name="K", area=kept.area, status="open")
    Shop.objects.filter(business=other).update(status=SHOP_CLOSED)
    merge_businesses(kept=kept, other=other, by=dedi, at=NOW)
    assert Order.objects.get().shop.business == other
    other.refresh_from_db()
    assert is_of_business(herman, other)
    assert herman in people_of_businesses([other.pk])[other.pk]


def test_a_consent_withdrawn_on_either_is_withdrawn(kept: Business, other: Business, dedi: Person) -> None:
    for shown, hours in ((["listing", "phone"], 0), (["listing"], 1)):
        set_consents(business=other, shown=shown, how="self", by=dedi, at=NOW + timedelta(hours=hours))
    merge = merge_businesses(kept=kept, other=other, by=dedi, at=LATER)
    in_force = PublicConsent.objects.filter(business=kept, withdrawn_at__isnull=True)
    assert set(in_force.values_list("what", flat=True)) == {"listing"}
    undo_merge(merge=merge, by=dedi, at=LATER)
    assert set(in_force.values_list("what", flat=True)) == {"listing", "phone"}


def test_merges_are_undone_from_the_last_one_backwards(
    kept: Business, other: Business, dedi: Person, villages: dict[str, Area]
) -> None:
    third = make_business("Rahma Jaya", villages["Taban"])
    first = merge_businesses(kept=kept, other=other, by=dedi, at=NOW)
    second = merge_businesses(kept=third, other=kept, by=dedi, at=NOW)
    other.refresh_from_db()
    assert other.merged_into == third
    with pytest.raises(UnableToMerge, match="Urungkan penggabungan itu dulu"):
        undo_merge(merge=first, by=dedi, at=LATER)
    undo_merge(merge=second, by=dedi, at=LATER)
    undo_merge(merge=first, by=dedi, at=LATER)
    with pytest.raises(UnableToMerge, match="sudah diurungkan"):
        undo_merge(merge=first, by=dedi, at=LATER)
    other.refresh_from_db()
    assert (other.status, other.merged_into_id) == ("active", None)
    assert Order.objects.get().shop.business == other


def test_the_old_address_leads_to_the_kept_one(
    kept: Business, other: Business, dedi: Person, client: Client
) -> None:
    merge_businesses(kept=kept, other=other, by=dedi, at=NOW)
    assert client.get(f"/usaha/{other.public_id}/")["Location"] == f"/usaha/{kept.public_id}/"


def test_a_split_gives_the_chosen_parts_to_the_new_record(
    other: Business, dedi: Person, herman: Person
) -> None:
    shop, licence = Shop.objects.get(), other.licences.get()
    parts = [part_key("catalog.Shop.business", shop.pk), part_key("registry.Licence.business", licence.pk)]
    new = split_business(business=other, name="Emping Herman", parts=parts, by=dedi, at=NOW)
    assert Order.objects.get().shop.business == new
    assert new.licences.get() == licence
    assert (other.licences.count(), other.phones.count(), new.phones.count()) == (0, 2, 0)
    assert (new.owners.get().name, new.area, new.verification) == ("Ibu Rahma", other.area, "draft")
    assert is_of_business(herman, new)
    assert is_of_business(herman, other)
    merge_businesses(kept=other, other=new, by=dedi, at=LATER)
    assert Order.objects.get().shop.business == other


@pytest.mark.parametrize("part", ["", "registry.Licence.business:999", "nonsense", "registry.Merge.kept:1"])
def test_a_split_of_nothing_is_refused(other: Business, dedi: Person, part: str) -> None:
    before = where_everything_hangs()
    with pytest.raises(UnableToSplit):
        split_business(business=other, name="Emping", parts=[part] if part else [], by=dedi, at=NOW)
    assert where_everything_hangs() == before


which = st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), which, which),
        st.tuples(st.just("undo"), which, which),
        st.tuples(st.just("split"), which, st.integers(1, 63)),
    ),
    max_size=9,
)


NOT_FOR_ITSELF = {
    "registry.DirectoryWord.business": "made anew of the rest",
    "registry.DuplicateSuspicion.first": "a pair, and goes with neither",
    "registry.DuplicateSuspicion.second": "a pair, and goes with neither",
    "registry.Merge.kept": "what this is about",
    "registry.Merge.other": "what this is about",
    "registry.Business.merged_into": "what this is about",
    "registry.Business.split_from": "what this is about",
}


def test_whatever_is_merged_undone_and_split_nothing_is_lost(
    dedi: Person, rahma: Person, herman: Person, villages: dict[str, Area]
) -> None:
    records = [_a_record(i, villages["Taban"], (rahma, herman)[i % 2]) for i in range(4)]
    hanging = [key for key in relations() if key not in NOT_FOR_ITSELF]
    for number, key in enumerate(hanging):
        _hang_on(records[number % 2 :: 2], key)
    start, before, everything = where_everything_hangs(), facts(), every_row()
    # Of every kind that there is, whichever room brings it: one that came yesterday is not forgotten.
    assert [key for key in hanging if not set(start[key].values()) & {one.pk for one in records}] == []
    orders = dict(Order.objects.values_list("pk", "shop_id"))
    assert orders

    @settings(max_examples=20, deadline=None)
    @given(steps=STEPS)
    def nothing_is_lost(steps: list[tuple[str, int, int]]) -> None:
        with transaction.atomic():
            for step in steps:
                try:
                    with transaction.atomic():
                        _do(step, records, dedi)
                except UnableTo:
                    pass
                now = where_everything_hangs()
                for key, rows in start.items():
                    assert rows.keys() <= now[key].keys(), f"{step} lost rows of {key}"
                assert dict(Order.objects.values_list("pk", "shop_id")) == orders
            for model, keys in every_row().items():
                assert everything[model] <= keys, f"{steps} lost rows of {model}"
            for merge in Merge.objects.filter(undone_at__isnull=True).order_by("-pk"):
                undo_merge(merge=merge, by=dedi, at=LATER)
            assert not Business.objects.filter(merged_into__isnull=False).exists()
            if not any(deed == "split" for deed, *_rest in steps):
                assert (where_everything_hangs(), facts()) == (start, before)
            transaction.set_rollback(True)

    nothing_is_lost()


def every_row() -> dict[str, set[Any]]:
    """{table: keys}, but for what is made anew of the rest."""
    made_anew = {"registry.DirectoryWord", "catalog.SearchEntry"}
    return {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models()
        if model._meta.label not in made_anew and model._meta.app_label != "sessions"
    }


def _hang_on(businesses: list[Business], key: str) -> None:
    """A row of this kind on each that has none, with what its columns ask for."""
    relation = relations()[key]
    for business in businesses:
        if rows_of(key, business.pk).exists():
            continue
        with suppress(IntegrityError), transaction.atomic():  # of some there can be one only
            _make(relation.related_model, **{relation.field.name: business})


def _make(model: Any, **known: Any) -> Any:
    for field in model._meta.concrete_fields:
        if not (field.name in known or field.null or field.has_default() or field.primary_key):
            known[field.name] = _something(field)
    return model._base_manager.create(**known)


def _something(field: Any) -> Any:
    if field.is_relation:
        return field.related_model._base_manager.first() or _make(field.related_model)
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.CharField | models.TextField):
        return "" if field.blank else new_public_id()[: field.max_length]
    if isinstance(field, models.DateTimeField):
        return NOW
    return NOW.date() if isinstance(field, models.DateField) else 1


def _do(step: tuple[str, int, int], records: list[Business], dedi: Person) -> None:
    deed, one, more = step
    business = Business.objects.get(pk=records[one].pk)
    if deed == "merge":
        merge_businesses(kept=business, other=Business.objects.get(pk=records[more].pk), by=dedi, at=NOW)
    elif deed == "undo":
        merges = list(Merge.objects.filter(undone_at__isnull=True).order_by("pk"))
        if merges:
            undo_merge(merge=merges[(one * 4 + more) % len(merges)], by=dedi, at=LATER)
    else:
        keys = [key for key in relations() if rule_of(key).told]
        hanging = [part_key(key, row.pk) for key in keys for row in rows_of(key, business.pk).order_by("pk")]
        parts = [part for i, part in enumerate(hanging) if more & (1 << i % 6)]
        split_business(business=business, name=f"Pecahan {more}", parts=parts, by=dedi, at=NOW)


def _a_record(i: int, area: Area, person: Person) -> Business:
    """Each knows something else, and shares something with the next."""
    if i in (0, 2):
        shop = a_shop(person, f"Kerupuk {i}", area, person.phone)
        place(a_cart((a_variant(shop, f"Kerupuk {i}", 15_000, 10), 1)))
        business = shop.business
    else:
        business = make_business(f"Kerupuk {i}", area, owner=f"Rahma {i // 2}", owned_by=person)
    field = ("street", "landmark", "products_text", "profile")[i]
    Business.objects.filter(pk=business.pk).update(**{field: f"isi {i}", "workers": i if i % 2 else None})
    Owner.objects.create(business=business, name="Rahma", search_name="rahma")
    for phone in (f"+62812100000{i:02}", f"+62812100000{i + 1:02}"):
        BusinessPhone.objects.create(business=business, phone=phone)
    Licence.objects.create(business=business, kind="nib", status="held", number=f"{i // 2}")
    scan = f"licences/{i}.pdf"
    Licence.objects.create(business=business, kind="pirt", status="held", number=f"{i}", scan=scan)
    ended = LATER if i == 1 else None
    PublicConsent.objects.create(business=business, what="listing", given_at=NOW, withdrawn_at=ended)
    BusinessRole.objects.create(business=business, person=person, role="staff", starts_on=date(2026, 2, 1))
    if place_of := Shop.objects.first():
        Place.objects.create(shop=place_of, name=f"Warung {i}", business=business)
    refresh_directory(business_ids=[business.pk])
    return Business.objects.get(pk=business.pk)
