import pytest
from django.db import IntegrityError, transaction

from etoko.catalog.models import Shop
from etoko.vouchers.access import Issuing
from etoko.vouchers.models import Redemption, RedemptionShare, Voucher
from etoko.vouchers.operations import (
    change_voucher_share,
    give_back_voucher,
    move_voucher,
    take_voucher,
)
from etoko.vouchers.operations.taking import Share
from etoko.vouchers.queries import debts_of_sponsor, terms_of
from etoko.vouchers.rules import UnableToUse
from etoko.vouchers.tests.conftest import issue
from tests.cast import NOW

SITI = "+6281210000003"


def take(voucher: Voucher, checkout: str, *shares: Share, phone: str = SITI) -> Redemption:
    voucher = Voucher.objects.select_related("shop", "area").get(pk=voucher.pk)
    return take_voucher(terms=terms_of([voucher])[0], checkout=checkout, phone=phone, shares=shares, at=NOW)


def used(voucher: Voucher) -> int:
    return Voucher.objects.get(pk=voucher.pk).used


def test_counts_the_use_and_keeps_the_shares(dedis: Issuing, shop: Shop, hat_shop: Shop) -> None:
    voucher = issue(dedis, sponsor="Kecamatan Jambe")
    redemption = take(voucher, "a", Share(shop.pk, "AAA-111", 2_000), Share(hat_shop.pk, "BBB-222", 3_000))
    assert (redemption.off_rp, redemption.turn, used(voucher)) == (5_000, 1, 1)
    assert [(debt.shop_name, debt.off_rp) for debt in debts_of_sponsor(voucher)] == [
        ("Kerupuk Bu Rahma", 2_000),
        ("Topi Herman", 3_000),
    ]


def test_is_given_back_with_the_last_order_of_the_checkout(
    dedis: Issuing, shop: Shop, hat_shop: Shop
) -> None:
    voucher = issue(dedis, sponsor="Kecamatan Jambe")
    take(voucher, "a", Share(shop.pk, "AAA-111", 2_000), Share(hat_shop.pk, "BBB-222", 3_000))
    assert give_back_voucher(order_number="AAA-111", at=NOW) is True
    assert used(voucher) == 1
    assert give_back_voucher(order_number="AAA-111", at=NOW) is False
    assert give_back_voucher(order_number="BBB-222", at=NOW) is True
    assert used(voucher) == 0 and debts_of_sponsor(voucher) == []
    assert take(voucher, "b", Share(shop.pk, "CCC-333", 5_000)).turn == 1


def test_the_sponsor_owes_what_an_order_is_cheaper_by_after_it_changed(
    dedis: Issuing, shop: Shop, hat_shop: Shop
) -> None:
    voucher = issue(dedis, sponsor="Kecamatan Jambe")
    redemption = take(voucher, "a", Share(shop.pk, "AAA-111", 2_000), Share(hat_shop.pk, "BBB-222", 3_000))
    change_voucher_share(order_number="AAA-111", off_rp=500, at=NOW)
    redemption.refresh_from_db()
    assert redemption.off_rp == 3_500
    assert [debt.off_rp for debt in debts_of_sponsor(voucher)] == [500, 3_000]
    change_voucher_share(order_number="AAA-111", off_rp=0, at=NOW)
    change_voucher_share(order_number="BBB-222", off_rp=0, at=NOW)
    assert used(voucher) == 0 and debts_of_sponsor(voucher) == []


def test_nobody_gets_it_after_the_last(rahmas: Issuing, shop: Shop) -> None:
    voucher = issue(rahmas, limit=1)
    take(voucher, "a", Share(shop.pk, "AAA-111", 5_000))
    with pytest.raises(UnableToUse, match="sudah habis"):
        take(voucher, "b", Share(shop.pk, "BBB-222", 5_000), phone="+6281210000009")
    assert used(voucher) == 1 and Redemption.objects.count() == 1


def test_a_phone_has_so_many_turns_and_no_more(rahmas: Issuing, shop: Shop) -> None:
    voucher = issue(rahmas, per_phone=2)
    for at, number in enumerate(("AAA-111", "BBB-222")):
        take(voucher, f"c{at}", Share(shop.pk, number, 5_000))
    with pytest.raises(UnableToUse, match="2 kali"):
        take(voucher, "c3", Share(shop.pk, "CCC-333", 5_000))
    assert used(voucher) == 2 and RedemptionShare.objects.count() == 2
    give_back_voucher(order_number="AAA-111", at=NOW)
    assert take(voucher, "c4", Share(shop.pk, "DDD-444", 5_000)).turn == 1


def test_paused_between_looking_and_ordering_it_is_not_taken(five_off: Voucher, rahmas: Issuing) -> None:
    terms = terms_of([Voucher.objects.select_related("shop", "area").get()])[0]
    move_voucher(issuing=rahmas, voucher=five_off, move="pause", at=NOW)
    with pytest.raises(UnableToUse):
        take_voucher(terms=terms, checkout="a", phone=SITI, shares=[], at=NOW)
    assert not Redemption.objects.exists() and used(five_off) == 0


def test_the_database_refuses_one_use_too_many(five_off: Voucher) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.update(used=21)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.update(sponsor="Kecamatan")  # of a shop: she bears it herself
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.update(percent=10)


def test_the_database_refuses_the_same_turn_twice(five_off: Voucher, shop: Shop) -> None:
    take(five_off, "a", Share(shop.pk, "AAA-111", 5_000))
    with pytest.raises(IntegrityError), transaction.atomic():
        Redemption.objects.create(voucher=five_off, checkout="b", phone=SITI, turn=1, off_rp=1, taken_at=NOW)
