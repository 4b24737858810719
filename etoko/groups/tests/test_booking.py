"""What the treasurer takes and gives is written once; balances follow and never fall below nought."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etoko.audit.models import AuditEntry
from etoko.foundation.kept import RowsAreKept
from etoko.foundation.problems import UnableTo
from etoko.groups.access import Standing
from etoko.groups.models import Group
from etoko.groups.models_books import Entry, Loan, Slip
from etoko.groups.operations.booking import (
    Deposit,
    UnableToBook,
    give_back_savings,
    lend,
    record_expense,
    record_income,
    reverse_slip,
    take_deposit,
)
from etoko.groups.operations.joining import UnableToLeave, end_membership
from etoko.groups.reconciling import books_out_of_step
from etoko.groups.tests.conftest import Everything, member_of
from etoko.people.models import Person
from tests.cast import NOW

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("clock")


def cash(group: Group) -> int:
    group.refresh_from_db()
    return group.cash_rp


@pytest.fixture
def loan(treasurer: Standing, melati: Group) -> Loan:
    """Herman borrowed 100,000 of 500,000 that were in the box, for ten months, 1,500 jasa a month."""
    record_income(standing=treasurer, amount_rp=500_000, text="Saldo awal", is_opening=True, on=TODAY, at=NOW)
    return lend(
        standing=treasurer,
        member=member_of(melati, "Herman"),
        amount_rp=100_000,
        purpose="Beli bambu",
        months=10,
        charge_rp=1_500,
        on=TODAY,
        at=NOW,
    )


def test_the_treasurer_notes_a_deposit_in_one_tap(
    client: Client, melati: Group, rahma: Person, loan: Loan
) -> None:
    client.force_login(rahma)
    address = f"/kelompok/{melati.public_id}/anggota/4/setoran/"
    page = client.get(address).content.decode()
    for agreed in ('value="10000"', 'value="2000"', 'value="1500"'):
        assert agreed in page
    form = {
        "instalment_rp": "10.000",
        "charge_rp": "1.500",
        "mandatory_rp": "10.000",
        "dues_rp": "2.000",
        "on": "2026-11-24",
        "once": "k",
    }
    answer = client.post(address, form)
    assert answer["Location"] == f"/kelompok/{melati.public_id}/buku/"
    slip = Slip.objects.latest("number")
    assert (slip.number, slip.total_rp, slip.for_name) == (3, 23_500, "")
    assert slip.text == "Setoran Herman: angsuran 10.000, jasa 1.500, iuran 2.000, simpanan wajib 10.000"
    assert cash(melati) == 423_500
    herman = member_of(melati, "Herman")
    loan.refresh_from_db()
    assert (herman.mandatory_rp, herman.saved_rp, loan.left_rp) == (10_000, 10_000, 90_000)
    client.post(address, form)
    assert Slip.objects.count() == 3
    assert books_out_of_step() == []


def test_the_next_one_in_the_book_follows(client: Client, melati: Group, rahma: Person) -> None:
    client.force_login(rahma)
    answer = client.post(
        f"/kelompok/{melati.public_id}/anggota/1/setoran/",
        {"mandatory_rp": "10.000", "on": "2026-11-24", "lagi": "1"},
    )
    assert answer["Location"] == f"/kelompok/{melati.public_id}/anggota/2/setoran/"


def test_the_kader_does_it_for_the_group_and_it_is_said(helping: Standing, melati: Group) -> None:
    slip = record_income(standing=helping, amount_rp=50_000, text="Hasil bazar", on=TODAY, at=NOW)
    assert (slip.by.name, slip.for_name) == ("Yanti", "Poksus Melati")
    entry = AuditEntry.objects.get(deed="write_slip")
    assert (entry.for_name, entry.changes) == ("Poksus Melati", {"amount_rp": [0, 50_000]})


def test_a_slip_is_taken_back_whole(
    client: Client, melati: Group, rahma: Person, treasurer: Standing, loan: Loan
) -> None:
    herman = member_of(melati, "Herman")
    given_ = Deposit(instalment_rp=10_000, charge_rp=1_500, voluntary_rp=5_000)
    slip = take_deposit(standing=treasurer, member=herman, deposit=given_, on=TODAY, at=NOW)
    client.force_login(rahma)
    address = f"/kelompok/{melati.public_id}/buku/bukti/{slip.number}/"
    assert client.post(address, {"reason": ""}).status_code == 422
    answer = client.post(address, {"reason": "Salah orang", "once": "k"})
    assert answer.status_code == 302
    counter = Slip.objects.get(reverses=slip)
    assert (counter.total_rp, counter.reason, counter.number) == (-16_500, "Salah orang", slip.number + 1)
    herman.refresh_from_db()
    loan.refresh_from_db()
    assert (cash(melati), herman.saved_rp, loan.repaid_rp) == (400_000, 0, 0)
    assert books_out_of_step() == []
    for wrong in (slip, counter):
        wrong.refresh_from_db()
        with pytest.raises(UnableToBook):
            reverse_slip(standing=treasurer, slip=wrong, reason="Lagi", at=NOW)
    assert "Dibatalkan" in client.get(address).content.decode()


def test_what_is_not_there_is_not_given(
    treasurer: Standing, melati: Group, loan: Loan, everything: Everything
) -> None:
    herman = member_of(melati, "Herman")
    slip = take_deposit(
        standing=treasurer,
        member=herman,
        deposit=Deposit(instalment_rp=20_000, mandatory_rp=5_000),
        on=TODAY,
        at=NOW,
    )
    record_expense(standing=treasurer, amount_rp=420_000, text="Beli oven", on=TODAY, at=NOW)
    before = everything()
    at: dict[str, Any] = {"standing": treasurer, "on": TODAY, "at": NOW}
    refusals: list[Callable[[], object]] = [
        lambda: record_expense(amount_rp=5_001, text="Lebih", **at),
        lambda: give_back_savings(member=herman, kind="mandatory", amount_rp=5_001, **at),
        lambda: give_back_savings(member=herman, kind="principal", amount_rp=1, **at),
        lambda: take_deposit(member=herman, deposit=Deposit(instalment_rp=80_001), **at),
        lambda: take_deposit(member=member_of(melati, "Sari"), deposit=Deposit(instalment_rp=1), **at),
        lambda: take_deposit(member=herman, deposit=Deposit(), **at),
        lambda: lend(member=herman, amount_rp=5_001, purpose="Cat", months=1, charge_rp=0, **at),
        lambda: lend(member=herman, amount_rp=1, purpose=" ", months=1, charge_rp=0, **at),
        lambda: lend(member=herman, amount_rp=1, purpose="Cat", months=61, charge_rp=0, **at),
        lambda: record_income(amount_rp=0, text="Nol", **at),
        lambda: record_income(amount_rp=1, text=" ", **at),
        lambda: record_income(standing=treasurer, amount_rp=1, text="Besok", on=date(2026, 11, 25), at=NOW),
        lambda: reverse_slip(standing=treasurer, slip=slip, reason="Salah", at=NOW),
        lambda: reverse_slip(
            standing=treasurer, slip=loan.entries.get(kind="loan").slip, reason="Salah", at=NOW
        ),
    ]
    for refusal in refusals:
        with pytest.raises(UnableToBook):
            refusal()
        assert everything() == before


def test_nobody_leaves_with_savings_or_a_loan(
    helping: Standing, treasurer: Standing, melati: Group, loan: Loan, everything: Everything
) -> None:
    herman = loan.member
    before = everything()
    with pytest.raises(UnableToLeave) as refused:
        end_membership(standing=helping, member=herman, left_on=TODAY, at=NOW)
    assert "Rp100.000" in refused.value.sentence
    assert everything() == before
    take_deposit(standing=treasurer, member=herman, deposit=Deposit(instalment_rp=100_000), on=TODAY, at=NOW)
    assert end_membership(standing=helping, member=herman, left_on=TODAY, at=NOW).left_on == TODAY


@pytest.mark.parametrize("table", ["groups_slip", "groups_entry"])
def test_the_database_keeps_the_books(table: str, melati: Group, loan: Loan) -> None:
    for row in (Slip.objects.first(), Entry.objects.first()):
        assert row is not None
        with pytest.raises(RowsAreKept):
            row.delete()
    for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_balance_written_past_the_door_is_found(melati: Group, loan: Loan) -> None:
    assert books_out_of_step() == []
    Group.objects.filter(pk=melati.pk).update(cash_rp=1)
    Loan.objects.filter(pk=loan.pk).update(repaid_rp=7)
    assert [(each.what, each.stands, each.reckoned) for each in books_out_of_step()] == [
        ("group_cash", 1, 400_000),
        ("loan_repaid", 7, 0),
    ]


# ------------------------------------------------------------- whatever happens in whatever order

some_rp = st.integers(0, 30)
who = st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("deposit"), who, *[some_rp] * 6),
        st.tuples(st.just("withdraw"), who, st.sampled_from(Entry.SAVINGS), some_rp),
        st.tuples(st.just("lend"), who, some_rp),
        st.tuples(st.sampled_from(["income", "expense"]), some_rp),
        st.tuples(st.just("reverse"), st.integers(0, 30)),
    ),
    min_size=4,
    max_size=16,
)


class Year:
    """What a treasurer may do, each step done or refused, beside a reckoning of our own."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.members = standing, list(standing.group.members.order_by("number"))
        self.now: dict[str, Any] = {"standing": standing, "on": TODAY, "at": NOW}

    def deposit(self, who: int, *amounts: int) -> None:
        names = ("principal", "mandatory", "voluntary", "dues", "instalment", "charge")
        deposit = Deposit(**{f"{name}_rp": amount for name, amount in zip(names, amounts, strict=True)})
        take_deposit(member=self.members[who], deposit=deposit, **self.now)

    def withdraw(self, who: int, kind: str, amount_rp: int) -> None:
        give_back_savings(member=self.members[who], kind=kind, amount_rp=amount_rp, **self.now)

    def lend(self, who: int, amount_rp: int) -> None:
        lend(
            member=self.members[who], amount_rp=amount_rp, purpose="Modal", months=3, charge_rp=1, **self.now
        )

    def income(self, amount_rp: int) -> None:
        record_income(amount_rp=amount_rp, text="Jualan", **self.now)

    def expense(self, amount_rp: int) -> None:
        record_expense(amount_rp=amount_rp, text="Belanja", **self.now)

    def reverse(self, which: int) -> None:
        slips = list(Slip.objects.filter(group=self.standing.group).order_by("number"))
        if slips:
            reverse_slip(standing=self.standing, slip=slips[which % len(slips)], reason="Salah", at=NOW)


@given(steps=STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_entries_and_reversals_keeps_the_balances(
    treasurer: Standing, everything: Everything, steps: list[tuple[object, ...]]
) -> None:
    with transaction.atomic():
        year = Year(treasurer)
        for deed, *words in steps:
            before = everything()
            try:
                getattr(year, str(deed))(*words)
            except UnableTo:
                assert everything() == before
        _check_books(treasurer.group)
        transaction.set_rollback(True)


def _check_books(group: Group) -> None:
    """Reckoned here by hand from the entries, not by the room's own queries."""
    entries = list(Entry.objects.filter(group=group))
    group.refresh_from_db()
    assert group.cash_rp == sum(entry.amount_rp for entry in entries) >= 0
    for member in group.members.all():
        for kind in Entry.SAVINGS:
            saved = sum(e.amount_rp for e in entries if e.member_id == member.pk and e.kind == kind)
            assert getattr(member, f"{kind}_rp") == saved >= 0
    for loan in Loan.objects.filter(group=group):
        of = [e for e in entries if e.loan_id == loan.pk]
        assert loan.lent_rp == -sum(e.amount_rp for e in of if e.kind == "loan")
        assert loan.repaid_rp == sum(e.amount_rp for e in of if e.kind == "instalment") <= loan.lent_rp
    numbers = list(Slip.objects.filter(group=group).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    for slip in Slip.objects.filter(group=group, reverses__isnull=False):
        assert slip.reverses is not None and slip.total_rp == -slip.reverses.total_rp
    assert books_out_of_step() == []
