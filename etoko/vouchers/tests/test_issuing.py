from datetime import timedelta
from typing import Any

import pytest

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Shop
from etoko.foundation.flows import UnableToMove
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.vouchers.access import Issuing
from etoko.vouchers.codes import code_key, read_code, suggest_code
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import (
    UnableToIssue,
    end_past_vouchers,
    issue_voucher,
    move_voucher,
)
from etoko.vouchers.queries import open_vouchers, terms_by_code, terms_of
from etoko.vouchers.states import ACTIVE, DRAFT, ENDED, PAUSED
from etoko.vouchers.tests.conftest import FIVE_OFF, TODAY, a_product, issue
from etoko.vouchers.words import sentence, to_pass_on
from tests.cast import NOW


def test_rahma_gives_out_twenty_times_five_thousand(five_off: Voucher, rahma: Person, shop: Shop) -> None:
    assert (five_off.status, five_off.shop, five_off.sponsor) == (ACTIVE, shop, "")
    assert sentence(terms_of([five_off])[0], on=TODAY) == (
        "Potongan Rp5.000 untuk belanja mulai Rp25.000, sampai 30 November 2026, 20 orang."
    )
    assert list(AuditEntry.objects.values_list("deed", "by_name")) == [
        ("issue_voucher", "Rahma"),
        ("activate_voucher", "Rahma"),
    ]


def test_the_text_that_is_passed_on_names_shop_code_and_address(five_off: Voucher) -> None:
    text = to_pass_on(terms_of([five_off])[0], on=TODAY, link="https://toko.example/voucher/KERUPUK5/")
    assert "Kerupuk Bu Rahma" in text and "*KERUPUK 5*" in text
    assert text.endswith("https://toko.example/voucher/KERUPUK5/")


@pytest.mark.parametrize("typed", ["kerupuk 5", "KERUPUK5", " Kerupuk-5 ", "kerupuk  5"])
def test_a_code_is_found_however_it_is_written(five_off: Voucher, typed: str) -> None:
    found = terms_by_code(typed)
    assert found is not None and found.code == "KERUPUK 5"


def test_what_is_misheard_is_one_code(rahmas: Issuing) -> None:
    issue(rahmas, code="HEMAT 10")
    assert terms_by_code("hemat 1o") is not None and terms_by_code("HEMAT IO") is not None
    assert code_key("HEMAT 11") != code_key("HEMAT 10")
    assert read_code("  melati💐 23\n") == "MELATI 23"


def test_a_suggested_code_is_four_signs_or_more_and_never_twice_the_same_sound() -> None:
    for code in {suggest_code() for _ in range(50)}:
        assert len(code_key(code)) >= 4 and read_code(code) == code


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "ab"}, "code"),
        ({"code": "???"}, "code"),
        ({"amount_rp": None}, "amount_rp"),
        ({"amount_rp": 50}, "amount_rp"),
        ({"minimum_rp": 4_999}, "minimum_rp"),
        ({"kind": "percent", "percent": 101, "cap_rp": 5_000}, "percent"),
        ({"kind": "percent", "percent": 10, "cap_rp": None}, "cap_rp"),
        ({"kind": "free_delivery", "cap_rp": 1}, "cap_rp"),
        ({"kind": "gift"}, "kind"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"starts_on": TODAY + timedelta(days=9)}, "ends_on"),
        ({"limit": 0}, "limit"),
        ({"per_phone": 0}, "per_phone"),
        ({"per_phone": 21}, "per_phone"),
    ],
)
def test_refuses_what_makes_no_sense_and_writes_nothing(
    rahmas: Issuing, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(UnableToIssue) as refused:
        issue(rahmas, **changes)
    assert refused.value.field == field
    assert not Voucher.objects.exists() and not AuditEntry.objects.exists()


def test_a_code_exists_once_in_the_whole_market(five_off: Voucher, dedis: Issuing) -> None:
    with pytest.raises(UnableToIssue, match="sudah ada yang memakai"):
        issue(dedis, code="kerupuk-5", sponsor="Kecamatan Jambe")
    assert Voucher.objects.count() == 1


def test_a_voucher_of_the_platform_names_who_bears_it(dedis: Issuing) -> None:
    with pytest.raises(UnableToIssue) as refused:
        issue(dedis)
    assert refused.value.field == "sponsor"
    voucher = issue(dedis, sponsor=" Kecamatan Jambe ")
    assert (voucher.shop, voucher.sponsor, voucher.area_id) == (None, "Kecamatan Jambe", "36.03.04")


def test_goods_of_another_shop_are_refused(rahmas: Issuing, hat_shop: Shop) -> None:
    with pytest.raises(UnableToIssue, match="bukan dari toko ini"):
        issue(rahmas, products=[a_product(hat_shop, "Topi")])


def test_a_draft_changes_and_what_runs_does_not(rahmas: Issuing, villages: dict[str, Area]) -> None:
    draft = issue(rahmas, activate=False)
    assert terms_by_code("KERUPUK 5") is None
    changed = issue_voucher(
        issuing=rahmas,
        voucher=draft,
        draft=FIVE_OFF.__class__(**{**_fields(), "limit": 7, "villages": [villages["Taban"]]}),
        activate=True,
        at=NOW,
    )
    assert (changed.pk, changed.limit, changed.status) == (draft.pk, 7, ACTIVE)
    with pytest.raises(UnableToIssue, match="sudah berjalan"):
        issue_voucher(issuing=rahmas, voucher=changed, draft=FIVE_OFF, activate=False, at=NOW)
    assert Voucher.objects.get().limit == 7


def _fields() -> dict[str, Any]:
    return {name: getattr(FIVE_OFF, name) for name in FIVE_OFF.__slots__}


def test_pauses_goes_on_and_ends_for_good(five_off: Voucher, rahmas: Issuing) -> None:
    for move, state in (("pause", PAUSED), ("resume", ACTIVE), ("end", ENDED)):
        assert move_voucher(issuing=rahmas, voucher=five_off, move=move, at=NOW).status == state
    with pytest.raises(UnableToMove):
        move_voucher(issuing=rahmas, voucher=five_off, move="resume", at=NOW)
    assert AuditEntry.objects.get(deed="pause_voucher").changes == {"status": [ACTIVE, PAUSED]}


def test_ends_by_itself_after_its_last_day(five_off: Voucher, rahmas: Issuing) -> None:
    draft = issue(rahmas, activate=False, code="BELUM")
    assert end_past_vouchers(at=NOW + timedelta(days=6)) == 0
    assert end_past_vouchers(at=NOW + timedelta(days=7)) == 1
    assert end_past_vouchers(at=NOW + timedelta(days=7)) == 0
    five_off.refresh_from_db()
    draft.refresh_from_db()
    assert (five_off.status, draft.status) == (ENDED, DRAFT)


def test_the_shop_shows_its_own_and_the_platforms_but_not_what_is_handed_out(
    five_off: Voucher, rahmas: Issuing, dedis: Issuing, shop: Shop, hat_shop: Shop
) -> None:
    issue(rahmas, code="RAHASIA", showing=Voucher.HANDED_OUT)
    issue(rahmas, code="BESOK", starts_on=TODAY + timedelta(days=1))
    issue(dedis, code="JAMBE", sponsor="Kecamatan Jambe", limit=3)
    assert [v.code for v in open_vouchers(shop.pk, shop.area_id, TODAY)] == ["KERUPUK 5", "JAMBE"]
    (only,) = open_vouchers(hat_shop.pk, hat_shop.area_id, TODAY)
    assert (only.code, only.left) == ("JAMBE", 3)
    assert open_vouchers(shop.pk, "36.04.01.2001", TODAY)[0].code == "KERUPUK 5"
