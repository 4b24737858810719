"""What a voucher takes off: to the rupiah, never more than there is, or a reason that helps."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from etoko.vouchers.models import Voucher
from etoko.vouchers.rules import Basket, Part, Terms, UnableToUse, discount
from etoko.vouchers.states import ACTIVE, ENDED, PAUSED

TODAY = date(2026, 11, 24)
TABAN, KUTRUK = "36.03.04.2004", "36.03.04.2006"
HERS = Terms(
    pk=1,
    code="KERUPUK 5",
    kind=Voucher.FIXED,
    amount_rp=5_000,
    percent=None,
    cap_rp=None,
    minimum_rp=25_000,
    buyers=Voucher.EVERYBODY,
    limit=20,
    per_phone=1,
    used=0,
    starts_on=date(2026, 11, 1),
    ends_on=date(2026, 11, 30),
    status=ACTIVE,
    shop_id=1,
    shop_name="Kerupuk Bu Rahma",
    area_code=TABAN,
    area_name="Taban",
    sponsor="",
    products={},
    villages={},
)
OF_ALL = replace(
    HERS,
    code="JAMBE",
    shop_id=None,
    shop_name="",
    area_code="36.03.04",
    area_name="Jambe",
    sponsor="Kecamatan Jambe",
)

IN_DECEMBER = replace(HERS, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2))
FOR_KUTRUK = replace(HERS, villages={KUTRUK: "Kutruk"})
FOR_NEW = replace(HERS, buyers="first_order")
FREE = replace(HERS, kind=Voucher.FREE_DELIVERY, amount_rp=None)


def a_basket(*parts: Part, **more: Any) -> Basket:
    return Basket(parts=parts or (Part(1, TABAN, {7: 30_000}, 5_000),), area_code=TABAN, **more)


HATS = Part(2, KUTRUK, {9: 45_000}, 10_000)
KERUPUK = Part(1, TABAN, {7: 20_000, 8: 10_000}, 5_000)


def test_a_sellers_voucher_touches_her_order_alone() -> None:
    assert discount(HERS, a_basket(KERUPUK, HATS), on=TODAY) == {1: 5_000}


def test_a_voucher_of_the_platform_is_divided_by_what_is_bought() -> None:
    assert discount(OF_ALL, a_basket(KERUPUK, HATS), on=TODAY) == {1: 2_000, 2: 3_000}


def test_a_percentage_stops_at_its_cap() -> None:
    tenth = replace(HERS, kind=Voucher.PERCENT, amount_rp=None, percent=10, cap_rp=2_500)
    assert discount(tenth, a_basket(KERUPUK), on=TODAY) == {1: 2_500}
    assert discount(replace(tenth, cap_rp=9_000), a_basket(KERUPUK), on=TODAY) == {1: 3_000}


def test_free_delivery_takes_the_fee_and_nothing_else() -> None:
    free = replace(OF_ALL, kind=Voucher.FREE_DELIVERY, amount_rp=None)
    assert discount(free, a_basket(KERUPUK, HATS), on=TODAY) == {1: 5_000, 2: 10_000}
    assert discount(replace(free, cap_rp=6_000), a_basket(KERUPUK, HATS), on=TODAY) == {1: 2_000, 2: 4_000}


def test_a_voucher_for_some_goods_looks_at_those_alone() -> None:
    for_seven = replace(HERS, products={7: "Kerupuk Udang"}, minimum_rp=0, amount_rp=50_000)
    assert discount(for_seven, a_basket(KERUPUK), on=TODAY) == {1: 20_000}


@pytest.mark.parametrize(
    ("terms", "basket", "sentence"),
    [
        (IN_DECEMBER, a_basket(), "belum berlaku. Mulai 1 Desember 2026"),
        (replace(HERS, ends_on=date(2026, 11, 23)), a_basket(), "sudah berakhir pada 23 November 2026"),
        (replace(HERS, status=PAUSED), a_basket(), "sedang dijeda"),
        (replace(HERS, status=ENDED), a_basket(), "sudah diakhiri"),
        (replace(HERS, used=20), a_basket(), "sudah habis"),
        (HERS, a_basket(Part(1, TABAN, {7: 18_000}, 0)), "Kurang Rp7.000 lagi"),
        (HERS, a_basket(HATS), "hanya untuk belanja di Kerupuk Bu Rahma"),
        (replace(OF_ALL, area_code="36.04"), a_basket(), "hanya untuk belanja di Jambe"),
        (replace(HERS, products={9: "Emping"}), a_basket(), "hanya untuk Emping"),
        (FOR_KUTRUK, a_basket(), "bukan untuk desa ini. Hanya untuk pembeli di Kutruk"),
        (FOR_KUTRUK, replace(a_basket(), area_code=""), "Isi desa Anda dulu"),
        (FOR_NEW, a_basket(known_shops=frozenset({1})), "hanya untuk pesanan pertama"),
        (HERS, a_basket(turns_taken=1), "sudah pernah memakai"),
        (replace(HERS, per_phone=3), a_basket(turns_taken=3), "3 kali"),
        (FREE, a_basket(Part(1, TABAN, {7: 30_000}, 0)), "tidak punya ongkir"),
    ],
)  # fmt: skip
def test_says_why_it_does_not_work(terms: Terms, basket: Basket, sentence: str) -> None:
    with pytest.raises(UnableToUse) as refused:
        discount(terms, basket, on=TODAY)
    assert sentence in refused.value.sentence
    assert refused.value.field == "voucher"


def test_the_first_order_at_this_shop_is_enough_for_hers_but_not_for_the_platforms() -> None:
    elsewhere = a_basket(known_shops=frozenset({2}))
    assert discount(replace(HERS, buyers="first_order"), elsewhere, on=TODAY) == {1: 5_000}
    with pytest.raises(UnableToUse):
        discount(replace(OF_ALL, buyers="first_order"), elsewhere, on=TODAY)


_RP = st.integers(1, 10**9)
_PARTS = st.lists(
    st.tuples(st.dictionaries(st.integers(1, 6), _RP, min_size=1, max_size=4), st.integers(0, 10**6)),
    min_size=1,
    max_size=6,
)
_WORTH = st.one_of(
    st.tuples(st.just("fixed"), _RP, st.none(), st.none()),
    st.tuples(st.just("percent"), st.none(), st.integers(1, 100), _RP),
    st.tuples(st.just("free_delivery"), st.none(), st.none(), st.none() | _RP),
)


@given(_PARTS, _WORTH, st.sets(st.integers(1, 6), max_size=3))
def test_no_discount_is_more_than_its_goods_or_its_fee_and_the_shares_are_the_whole(
    bought: Sequence[tuple[dict[int, int], int]], worth: tuple[str, Any, Any, Any], only: set[int]
) -> None:
    kind, amount_rp, percent, cap_rp = worth
    terms = replace(
        OF_ALL,
        kind=kind,
        amount_rp=amount_rp,
        percent=percent,
        cap_rp=cap_rp,
        minimum_rp=0,
        products=dict.fromkeys(only, "x"),
    )
    parts = [Part(at, TABAN, goods, fee_rp) for at, (goods, fee_rp) in enumerate(bought, 1)]
    try:
        offs = discount(terms, a_basket(*parts), on=TODAY)
    except UnableToUse:
        assume(False)
    fit = {
        part.shop_id: sum(rp for product, rp in part.goods.items() if not only or product in only)
        for part in parts
    }
    most = {
        part.shop_id: part.fee_rp if kind == "free_delivery" and fit[part.shop_id] else fit[part.shop_id]
        for part in parts
    }
    if kind == "free_delivery":
        most = {shop: rp if fit[shop] else 0 for shop, rp in most.items()}
    assert all(0 < off <= most[shop] for shop, off in offs.items())
    asked = {
        "fixed": amount_rp,
        "percent": cap_rp,
        "free_delivery": cap_rp if cap_rp is not None else 10**12,
    }[kind]
    assert 0 < sum(offs.values()) <= min(asked, sum(most.values()))
    if kind != "percent":
        assert sum(offs.values()) == min(asked, sum(most.values()))
