"""A town that traded before there were movements, a ledger and proofs is carried over, row by row: what it
had is what it has, and everything adds up."""

import contextlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from etoko.catalog.models import StockMovement, Variant
from etoko.config.reconciling import stock_differences
from etoko.foundation.private_pictures import private_picture
from etoko.needs.models import Need, NeedStep, ReadinessStep
from etoko.needs.operations import note_readiness
from etoko.ordering.models import Order, OrderLine
from etoko.payments.models import Balance, Payment, PaymentProof
from etoko.payments.operations import mark_paid, reverse_payment
from etoko.registry.models import PublicConsent
from tests.cast import NOW

BEFORE = [
    ("catalog", "0005_hide_on_holiday"),
    ("ordering", "0003_deadlines"),
    ("registry", "0004_directory_word_index"),
]
LEDGER_MADE = [("ordering", "0005_paid_rp"), ("payments", "0001_initial")]
PAID_BEFORE = [("payments", "0002_paid_before")]
PROOFS = [("payments", "0005_terms")]
NEEDS = [("needs", "0001_initial")]
VISITS = [("census", "0001_initial")]


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """Beside that of the other tests: theirs is never taken back to an earlier state."""
    with django_db_blocker.unblock(), _another(f"etoko_before_{os.getpid()}", tmp_path):
        yield


@contextlib.contextmanager
def _another(name: str, folder: Path) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    is_server = connection.vendor == "postgresql"
    if is_server:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    _turn_to(name if is_server else str(folder / "before.sqlite3"))
    try:
        yield
    finally:
        _turn_to(usual)
        if is_server:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _turn_to(name: str) -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = name


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Gives the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    executor.loader.build_graph()
    return executor._create_project_state(with_applied_migrations=True).apps  # type: ignore[attr-defined]


def migrate_to_the_end() -> None:
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


class Town:
    """Written with the models of that day; its orders by name."""

    def __init__(self, apps: Any) -> None:
        self.apps = apps
        area = self.make("places.Area", code="36.03.04.2004", name="Taban", level=4, kind="desa")
        self.yanti = self.make("people.Person", phone="+6281210000004", name="Yanti", password="x")
        self.business = business = self.make("registry.Business", name="Kerupuk Bu Rahma", area=area)
        self.shop = self.make(
            "catalog.Shop", business=business, slug="rahma", name="Kerupuk Bu Rahma", area=area, status="open"
        )
        category = self.make("catalog.Category", slug="t-kerupuk", name="Kerupuk")
        product = self.make(
            "catalog.Product",
            shop=self.shop,
            slug="kerupuk",
            name="Kerupuk Kulit",
            category=category,
            area_code=area.code,
            unit="bungkus",
            status="published",
            price_from_rp=15_000,
            price_to_rp=15_000,
        )
        self.variant = self.make("catalog.Variant", product=product, price_rp=15_000, on_hand=10, held=2)
        self.group = self.make(
            "ordering.OrderGroup", name="Siti", phone="+6281210000003", total_rp=0, created_at=NOW
        )
        self.orders = {
            "waiting": self.order("awaiting_confirmation", "not_paid", held=2),
            "paid": self.order("completed", "paid", paid_by=self.yanti),
            "paid by nobody we know": self.order("delivered", "paid", total_rp=45_000),
            "paid and called off": self.order("cancelled", "paid", paid_by=self.yanti),
            "reported": self.order("processing", "reported"),
            "free": self.order("completed", "paid", total_rp=0),
        }

    def make(self, model: str, **fields: Any) -> Any:
        return self.apps.get_model(model)._default_manager.create(**fields)

    def order(
        self, state: str, payment_state: str, *, total_rp: int = 30_000, held: int = 0, paid_by: Any = None
    ) -> Any:
        number = self.apps.get_model("ordering.Order")._default_manager.count()
        order = self.make(
            "ordering.Order",
            group=self.group,
            number=f"K7M-2Q{number}",
            shop=self.shop,
            area_code=self.shop.area_id,
            state=state,
            delivery="pickup",
            payment="transfer",
            payment_state=payment_state,
            goods_rp=total_rp,
            total_rp=total_rp,
            placed_at=NOW,
            answer_by_at=NOW + timedelta(days=1),
            changed_at=NOW + timedelta(hours=5),
        )
        self.make(
            "ordering.OrderLine",
            order=order,
            variant=self.variant,
            product_name="Kerupuk Kulit",
            unit="bungkus",
            price_rp=total_rp // 2,
            quantity=2,
            line_rp=total_rp,
            held_quantity=held,
        )
        if paid_by:
            self.make(
                "ordering.OrderEvent",
                order=order,
                at=NOW + timedelta(hours=2),
                deed="pay",
                to_state=state,
                by=paid_by,
                by_name=paid_by.name,
                for_name="Kerupuk Bu Rahma",
                party="seller",
            )
        return order


def entry_of(apps: Any, order: Any) -> tuple[Any, ...]:
    fields = ("kind", "amount_rp", "method", "source", "recorded_name", "for_name", "recorded_at")
    found: tuple[Any, ...] = (
        apps.get_model("payments.Payment").objects.values_list(*fields).get(order=order.pk)
    )
    return found


def balance_of(apps: Any, order: Any) -> tuple[Any, ...]:
    fields = ("due_rp", "received_rp", "paid_rp", "owed_rp", "owed_since_at")
    found: tuple[Any, ...] = (
        apps.get_model("payments.Balance").objects.values_list(*fields).get(order=order.pk)
    )
    return found


def test_a_town_is_carried_over(empty_database: None) -> None:
    town = Town(migrate(BEFORE))
    orders = town.orders

    # Unique amounts, what was paid; stock gets the movements it begins with.
    apps = migrate(LEDGER_MADE)
    assert set(apps.get_model("ordering.Order").objects.values_list("paid_rp", "unique_off_rp")) == {(0, 0)}
    assert not apps.get_model("ordering.AmountClaim").objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        apps.get_model("ordering.Order").objects.filter(pk=orders["paid"].pk).update(
            unique_off_rp=500, total_rp=29_500
        )
    movements = apps.get_model("catalog.StockMovement").objects.order_by("pk")
    assert list(movements.values_list("kind", "on_hand_change", "held_change", "reason")) == [
        ("adjusted", 10, 0, "opening"),
        ("held", 0, 2, ""),
    ]

    # What was marked as paid gets its entry, with who marked it and when; the rest gets none.
    apps = migrate(PAID_BEFORE)
    assert apps.get_model("payments.Payment").objects.count() == 3
    by_yanti = ("start", "Yanti", "Kerupuk Bu Rahma", NOW + timedelta(hours=2))
    assert entry_of(apps, orders["paid"]) == ("received", 30_000, "transfer", *by_yanti)
    assert balance_of(apps, orders["paid"]) == (30_000, 30_000, 30_000, 0, None)
    unknown = ("start", "", "", NOW + timedelta(hours=5))
    assert entry_of(apps, orders["paid by nobody we know"]) == ("received", 45_000, "transfer", *unknown)
    assert entry_of(apps, orders["paid and called off"]) == ("received", 30_000, "transfer", *by_yanti)
    owed = (0, 30_000, 0, 30_000, NOW + timedelta(hours=5))
    assert balance_of(apps, orders["paid and called off"]) == owed

    # A proof and a refund of the days when their pictures lay in folders of their own.
    apps = migrate(PROOFS)
    proof_pk, refund_pk = _pictures_of_old(apps, town)

    # A need of the days when only businesses and groups had any, and nobody climbed.
    _need_of_old(migrate(NEEDS), town)

    # Consents of the days when only the sheets of the census knew which text was read out.
    _consents_of_old(migrate(VISITS), town)

    migrate_to_the_end()
    assert stock_differences() == []
    _check_orders(orders)
    _check_pictures(proof_pk, refund_pk)
    _check_needs(town)
    _check_consents()
    _check_that_history_is_kept()
    _check_that_life_goes_on(orders)


def _pictures_of_old(apps: Any, town: Town) -> tuple[int, int]:
    for folder, key in (("proofs", "a" * 32), ("refunds", "b" * 32)):
        path = Path(settings.MEDIA_ROOT) / folder / f"{key}.jpg"
        path.parent.mkdir(parents=True)
        path.write_bytes(folder.encode())
    proof = apps.get_model("payments.PaymentProof").objects.create(
        order_id=town.orders["reported"].pk,
        shop_id=town.shop.pk,
        key="a" * 32,
        sha256="s",
        fingerprint="0" * 16,
        party="buyer",
        sent_at=NOW,
    )
    entry = apps.get_model("payments.Payment").objects.get(order=town.orders["paid"].pk)
    refund = apps.get_model("payments.Refund").objects.create(payment=entry, picture="b" * 32)
    return proof.pk, refund.pk


def _need_of_old(apps: Any, town: Town) -> None:
    facts = {"kind": "equipment", "text": "Oven kedua", "severity": 3, "state": "need_verified"}
    need = apps.get_model("needs.Need").objects.create(
        business_id=town.business.pk,
        area_id=town.business.area_id,
        said_by_id=town.yanti.pk,
        said_at=NOW,
        changed_at=NOW,
        **facts,
    )
    step = {"move": "verify", "to_state": "need_verified", "by_id": town.yanti.pk, "at": NOW}
    apps.get_model("needs.NeedStep").objects.create(need=need, **step)


def _consents_of_old(apps: Any, town: Town) -> None:
    visit = NOW - timedelta(hours=1)
    for what, how, given_at in (
        ("listing", "register", NOW - timedelta(days=3)),
        ("owner_name", "self", NOW - timedelta(days=2)),
        ("phone", "kader", visit),
        ("address", "kader", visit - timedelta(days=1)),
    ):
        apps.get_model("registry.PublicConsent").objects.create(
            business_id=town.business.pk, what=what, how=how, given_at=given_at, recorded_by_id=town.yanti.pk
        )
    apps.get_model("census.Sheet").objects.create(
        key="k",
        kind="visit",
        origin="app",
        digest="d",
        consent_version="2026-11",
        filled_at=visit - timedelta(minutes=9),
        received_at=visit,
        business_id=town.business.pk,
        person_id=town.yanti.pk,
    )


def _check_consents() -> None:
    assert dict(PublicConsent.objects.values_list("what", "text_version")) == {
        "listing": "",
        "owner_name": "2026-11-awal",
        "phone": "2026-11",
        "address": "2026-11-awal",
    }


def _check_needs(town: Town) -> None:
    need = Need.objects.get()
    assert (need.business_id, need.text, need.severity, need.state) == (
        town.business.pk,
        "Oven kedua",
        3,
        "need_verified",
    )
    assert need.steps.get().move == "verify"
    assert note_readiness(at=NOW) == 0  # no photo
    assert not ReadinessStep.objects.exists()


def _check_orders(orders: dict[str, Any]) -> None:
    now = {name: Order.objects.get(pk=order.pk) for name, order in orders.items()}
    assert {name: (order.payment_state, order.paid_rp) for name, order in now.items()} == {
        "waiting": ("not_paid", 0),
        "paid": ("paid", 30_000),
        "paid by nobody we know": ("paid", 45_000),
        "paid and called off": ("not_paid", 0),
        "reported": ("reported", 0),
        "free": ("paid", 0),
    }
    assert set(OrderLine.objects.values_list("ordered_quantity", "returned_quantity")) == {(2, 0)}
    received = {name for name, order in now.items() if order.received_at}
    assert received == {"paid", "paid by nobody we know", "free"}
    assert now["paid"].complain_until_at == NOW + timedelta(days=3, hours=5)
    assert all(order.terms_agreed_at is None for order in now.values())


def _check_pictures(proof_pk: int, refund_pk: int) -> None:
    proof = PaymentProof.objects.get(pk=proof_pk)
    assert private_picture(proof.key or "").content == b"proofs"
    assert private_picture("b" * 32).content == b"refunds"
    assert not (Path(settings.MEDIA_ROOT) / "proofs").exists()
    assert Payment.objects.get(refund=refund_pk).amount_rp == 30_000


def _check_that_history_is_kept() -> None:
    """SQLite builds a table anew when its constraints change, and forgets the triggers."""
    for table in ("catalog_stockmovement", "payments_payment", "needs_needstep"):
        for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
    assert (StockMovement.objects.count(), NeedStep.objects.count()) == (2, 1)
    assert Variant.objects.values_list("on_hand", "held", "consigned").get() == (10, 2, 0)


def _check_that_life_goes_on(orders: dict[str, Any]) -> None:
    reported = Order.objects.select_related("shop", "group__buyer").get(pk=orders["reported"].pk)
    mark_paid(order=reported, by=None, by_name="Rahma", at=NOW)
    entry = Payment.objects.select_related("order__shop", "order__group__buyer").get(order=orders["paid"].pk)
    reverse_payment(payment=entry, reason="Keliru", by=None, at=NOW)
    assert Balance.objects.get(order=orders["paid"].pk).paid_rp == 0
    assert stock_differences() == []
