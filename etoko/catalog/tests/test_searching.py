"""The same goods, asked in the same words, are found in the same order on both databases."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from etoko.catalog.models import Product, SearchEntry, SearchWord, Shop
from etoko.catalog.search import finding
from etoko.catalog.search.finding import CHEAPEST, DEAREST, NEWEST, Filters, find, find_places
from etoko.catalog.search.operations import index_products, index_shops, out_of_step
from etoko.catalog.search.understanding import understand
from etoko.catalog.search.words import asked_words, token_of
from etoko.catalog.states import HIDDEN, SHOP_CLOSED, SHOP_OPEN
from etoko.places.models import Area
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.listing import refresh_directory
from tests.cast import NOW
from tests.market import Market

pytestmark = pytest.mark.django_db


def names(text: str, order: str = finding.RELEVANCE, **filters: Any) -> list[str]:
    found = find(understand(text), Filters(**filters), order=order)
    by_id = dict(Product.objects.values_list("pk", "name"))
    return [by_id[ref] for ref in found.refs]


def test_the_name_comes_first_and_the_newest_before_the_older(market: Market) -> None:
    assert names("kerupuk") == ["Krupuk Kulit Pedas", "Kerupuk Udang", "Keripik Pisang"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("krupuk udang", ["Kerupuk Udang"]),
        ("peci", ["Kopiah Hitam"]),
        ("songkok", ["Kopiah Hitam"]),
        ("menganyam", ["Topi Anyaman Bambu", "Kopiah Hitam"]),
        ("topi dari bambu", ["Topi Anyaman Bambu"]),
        ("gesek", ["Ikan Asin Peda"]),
        ("ikan asin", ["Ikan Asin Peda"]),
        ("KERUPUK, UDANG!", ["Kerupuk Udang"]),
        ("kerupuk taban", ["Krupuk Kulit Pedas", "Kerupuk Udang", "Keripik Pisang"]),
        ("kerupuk dapur", ["Keripik Pisang", "Krupuk Kulit Pedas", "Kerupuk Udang"]),
        ("kerupuk herman", []),
    ],
)
def test_finds(market: Market, asked: str, found: list[str]) -> None:
    assert names(asked) == found


@pytest.mark.parametrize(
    "asked",
    [
        "'\" OR 1=1 --; kerupuk* NEAR(udang)",
        "<script>kerupuk</script>",
        "%s %(x)s {}",
        "∅ 名",
        "a" * 500,
        "\\",
    ],
)
def test_takes_signs_of_the_languages_of_databases_as_they_are(market: Market, asked: str) -> None:
    for order in (finding.RELEVANCE, CHEAPEST):
        assert isinstance(names(asked, order), list)
    find_places(understand(asked), Filters())


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("krupukk", "kerupuk"),
        ("keruppuk", "kerupuk"),
        ("pissang", "pisang"),
        ("bmabu", "bambu"),
        ("kopyiah", "kopiah"),
    ],
)
def test_repairs_what_was_mistyped(market: Market, mistyped: str, meant: str) -> None:
    understood = understand(mistyped)
    assert token_of(understood.repaired_text) == token_of(meant)
    assert names(mistyped) == names(meant) != []


def test_says_which_words_stand_nowhere_and_goes_on_without_them(market: Market) -> None:
    understood = understand("kerupuk xylofon")
    assert (understood.unknown, understood.repaired_text) == (("xylofon",), "")
    assert names("kerupuk xylofon") == names("kerupuk")
    assert understand("xylofon").is_hopeless
    assert names("xylofon") == []


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (CHEAPEST, ["Keripik Pisang", "Kerupuk Udang", "Krupuk Kulit Pedas"]),
        (DEAREST, ["Krupuk Kulit Pedas", "Kerupuk Udang", "Keripik Pisang"]),
        (NEWEST, ["Keripik Pisang", "Krupuk Kulit Pedas", "Kerupuk Udang"]),
    ],
)
def test_sorts(market: Market, order: str, found: list[str]) -> None:
    assert names("kerupuk", order) == found


def test_filters(market: Market) -> None:
    taban, topi = market.villages["Taban"].code, market.kinds["topi"].pk
    assert names("kerupuk", price_from_rp=12_000, price_to_rp=12_000) == ["Kerupuk Udang"]
    assert names("kerupuk", price_from_rp=12_001) == ["Krupuk Kulit Pedas"]
    assert names("", area=taban, price_to_rp=9_000) == ["Keripik Pisang"]
    assert names("", category_id=topi, order=CHEAPEST) == ["Topi Anyaman Bambu", "Kopiah Hitam"]
    assert names("", category_id=topi, area=taban) == []
    assert len(names("", group_id=market.food.pk)) == 6
    assert names("topi", group_id=market.food.pk, area=market.villages["Kutruk"].code) == [
        "Topi Anyaman Bambu",
        "Kopiah Hitam",
    ]


@pytest.mark.parametrize(
    ("hour", "day", "open_shops"),
    [
        (10, 24, {"Rahma"}),
        (7, 24, set()),
        (18, 24, {"Herman"}),
        (0, 25, {"Herman"}),
        (1, 25, set()),
        (17, 23, set()),
    ],
)
def test_finds_what_is_open_now_past_midnight_too(
    market: Market, hour: int, day: int, open_shops: set[str]
) -> None:
    at = datetime.fromisoformat(f"2026-11-{day}T{hour:02d}:00:00+07:00")
    found = set(names("", open_at=at))
    expected = {p.name for p in Product.objects.all() if p.shop.name.split()[1] in open_shops}
    assert found == expected


def test_leaves_out_who_is_on_holiday_when_asked_for_open_now(market: Market) -> None:
    Shop.objects.filter(pk=market.rahma.pk).update(
        holiday_from_on="2026-11-24", holiday_until_on="2026-11-24"
    )
    index_shops(shop_ids=[market.rahma.pk])
    assert names("kerupuk", open_at=NOW) == []
    assert len(names("kerupuk")) == 3


def test_pages_follow_one_another_without_gap_or_repetition(market: Market) -> None:
    for number in range(60):
        market.product(f"Kerupuk nomor {number}", market.rahma, 1_000 + number % 7)
    index_products(product_ids=Product.objects.values_list("pk", flat=True))
    for order in (finding.RELEVANCE, NEWEST, CHEAPEST, DEAREST):
        for depth in (3, finding.DEPTH):
            seen: list[int] = []
            after = None
            finding.DEPTH, before = depth, finding.DEPTH
            try:
                while True:
                    found = find(understand("kerupuk"), Filters(), order=order, after=after)
                    seen += found.refs
                    assert found.steps <= 4
                    if found.next is None:
                        break
                    after = finding.After.read(str(found.next))
            finally:
                finding.DEPTH = before
            assert len(seen) == len(set(seen)) == 63
    assert finding.count(understand("kerupuk"), Filters()) == 63
    assert finding.count(understand(""), Filters(price_to_rp=1_000)) == 9


def test_both_ways_lead_to_the_same_hits(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        market.product(f"Kerupuk {number}", market.rahma, text="manis" if number % 3 else "pedas sekali")
    index_products(product_ids=Product.objects.values_list("pk", flat=True))
    asked = [
        ("kerupuk", "cocok"),
        ("pedas", "cocok"),
        ("kerupuk pedas", "murah"),
        ("", "baru"),
        ("manis", "mahal"),
    ]
    sorted_ways = [names(text, order) for text, order in asked]
    monkeypatch.setattr(finding, "FREQUENT", 0)
    assert [names(text, order) for text, order in asked] == sorted_ways
    monkeypatch.setattr(finding, "DEPTH", 0)
    assert [names(text, order) for text, order in asked] == sorted_ways


def test_a_made_up_page_mark_is_no_page() -> None:
    for text in ("", "1", "1-2", "a-b-c", "1-2-3-4", "1-2-99999999999999999999", "1-²-3"):
        assert finding.After.read(text) is None


def test_shops_and_listed_businesses_are_found_too(market: Market, villages: dict[str, Area]) -> None:
    tailor = Business.objects.create(name="Konveksi Sari", search_name="konveksisari", area=villages["Daru"])
    hidden = Business.objects.create(name="Konveksi Rahasia", search_name="x", area=villages["Daru"])
    consent = PublicConsent.objects.create(business=tailor, what=PublicConsent.LISTING, given_at=NOW)
    refresh_directory(business_ids=[tailor.pk, hidden.pk])
    assert [place.title for place in find_places(understand("penjahit"), Filters())] == ["Konveksi Sari"]
    assert [place.title for place in find_places(understand("herman"), Filters())] == ["Anyaman Herman"]
    consent.withdrawn_at = NOW
    consent.save()
    refresh_directory(business_ids=[tailor.pk])
    assert find_places(understand("penjahit"), Filters()) == []
    assert not SearchWord.objects.filter(word="sari", docs__gt=0).exists()


def test_the_index_follows_every_change(market: Market) -> None:
    assert out_of_step() == []
    product = Product.objects.get(name="Kopiah Hitam")
    Product.objects.filter(pk=product.pk).update(name="Peci Putih Bordir")
    assert out_of_step() != []
    index_products(product_ids=[product.pk])
    assert out_of_step() == []
    assert names("bordir") == ["Peci Putih Bordir"]
    assert names("hitam") == []
    Product.objects.filter(pk=product.pk).update(status=HIDDEN)
    index_products(product_ids=[product.pk])
    assert names("peci") == []
    Shop.objects.filter(pk=market.rahma.pk).update(status=SHOP_CLOSED)
    index_shops(shop_ids=[market.rahma.pk])
    assert names("kerupuk") == []
    Shop.objects.filter(pk=market.rahma.pk).update(status=SHOP_OPEN, name="Dapur Melati")
    index_shops(shop_ids=[market.rahma.pk])
    assert names("udang melati") == ["Kerupuk Udang"]
    assert out_of_step() == []


def test_a_shop_in_which_nothing_is_new_does_not_touch_its_goods(
    market: Market, max_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    with max_queries(6):
        index_shops(shop_ids=[market.rahma.pk])


def test_the_command_makes_the_index_anew_and_checks_it(market: Market) -> None:
    SearchEntry.objects.filter(kind="p").delete()
    with pytest.raises(Exception, match="out of step"):
        call_command("reindex_search", check=True)
    said = StringIO()
    call_command("reindex_search", stdout=said)
    call_command("reindex_search", check=True, stdout=said)
    assert said.getvalue().split("\n")[:2] == ["8 entries", "in step"]


def test_frequent_words_are_left_out_of_the_question_and_no_more_than_eight_are_looked_for() -> None:
    assert [word.token for word in asked_words("topi dari bambu untuk anak")] == ["topi", "bambu", "anak"]
    assert [word.written for word in asked_words("untuk")] == ["untuk"]
    assert len(asked_words(" ".join(f"kata{number}" for number in range(50)))) == 8


def test_what_was_deleted_is_gone_from_the_text_index(market: Market) -> None:
    SearchEntry.objects.all().delete()
    assert names("kerupuk") == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO catalog_searchtext (catalog_searchtext) VALUES ('integrity-check')")
