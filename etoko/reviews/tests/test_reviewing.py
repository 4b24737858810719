from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Product, SearchEntry, Shop
from etoko.catalog.photos import Upload
from etoko.catalog.rating import rating_of, smoothed
from etoko.catalog.search.operations import index_products, out_of_step
from etoko.notices.models import Notice
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.states import BUYER
from etoko.people.models import Person
from etoko.reviews.models import Review, ReviewVersion
from etoko.reviews.operations import UnableToReview, write_review
from etoko.reviews.operations.photographing import finish_photo, kept_photos
from etoko.reviews.queries import author_of
from etoko.reviews.reconciling import ratings_out_of_step
from etoko.reviews.tests.conftest import SITI, Everything, line_of, sums
from tests.cast import NOW


def test_a_buyer_says_what_she_thinks_of_the_goods(
    five_stars: Review, kerupuk: Product, shop: Shop, rahma: Person
) -> None:
    assert (five_stars.product, five_stars.shop, five_stars.author_name) == (kerupuk, shop, "Siti")
    assert sums(kerupuk) == (1, 5) and sums(shop) == (0, 0)
    assert ReviewVersion.objects.get().text == "Renyah sekali"
    assert Notice.objects.get(kind="review_new").recipient == rahma
    assert AuditEntry.objects.get(deed="write_review").changes == {"stars": [0, 5]}


def test_and_of_the_seller(received: Order, kerupuk: Product, shop: Shop) -> None:
    write_review(order=received, line=None, stars=4, by=None, at=NOW)
    assert sums(shop) == (1, 4) and sums(kerupuk) == (0, 0)


def test_a_second_thought_takes_the_place_of_the_first_and_both_are_kept(
    five_stars: Review, received: Order, kerupuk: Product
) -> None:
    changed = write_review(
        order=received, line=line_of(received), stars=2, text="Melempem", by=None, at=NOW + timedelta(days=30)
    )
    assert (changed.pk, changed.stars, changed.version) == (five_stars.pk, 2, 2)
    assert sums(kerupuk) == (1, 2)
    assert list(ReviewVersion.objects.values_list("number", "stars", "text")) == [
        (1, 5, "Renyah sekali"),
        (2, 2, "Melempem"),
    ]
    assert Notice.objects.filter(kind="review_new").count() == 1, "a change is no news"


def test_after_thirty_days_it_stands(five_stars: Review, received: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToReview, match="30 hari"):
        write_review(
            order=received, line=line_of(received), stars=1, by=None, at=NOW + timedelta(days=30, seconds=1)
        )
    assert everything() == before


def test_what_is_not_received_is_not_reviewed(waiting: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToReview, match="setelah pesanan selesai"):
        write_review(order=waiting, line=line_of(waiting), stars=5, by=None, at=NOW)
    cancelled = move_order(order=waiting, move="cancel", party=BUYER, by=None, by_name="Siti", at=NOW)
    between = everything()
    with pytest.raises(UnableToReview):
        write_review(order=cancelled, line=None, stars=1, by=None, at=NOW)
    assert everything() == between and between[:5] == before[:5]


def test_goods_of_another_order_are_refused(received: Order, waiting: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToReview, match="tidak ada di pesanan ini"):
        write_review(order=received, line=line_of(waiting), stars=5, by=None, at=NOW)
    assert everything() == before


@pytest.mark.parametrize(("stars", "text"), [(0, ""), (6, ""), (5, "x" * 2001)])
def test_refuses_what_is_no_review(stars: int, text: str, received: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToReview):
        write_review(order=received, line=None, stars=stars, text=text, by=None, at=NOW)
    assert everything() == before


def test_her_name_is_shown_only_if_she_agrees(five_stars: Review) -> None:
    assert author_of(five_stars) == "Siti, Daru"
    five_stars.naming = Review.UNNAMED
    assert author_of(five_stars) == "Pembeli"


def test_the_database_refuses_a_second_review_of_one_line_and_six_stars(five_stars: Review) -> None:
    five_stars.pk, five_stars.public_id = None, "zzz"
    with pytest.raises(IntegrityError), transaction.atomic():
        five_stars.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(stars=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.update(rating_sum=6)


def test_the_buyer_is_invited_once_when_it_is_completed(received: Order) -> None:
    (notice,) = Notice.objects.filter(kind="review_invitation")
    assert notice.phone == SITI.phone
    assert notice.path.endswith(f"/{received.number}/ulasan/") and notice.path in notice.text


def test_nobody_is_invited_before(waiting: Order) -> None:
    assert not Notice.objects.filter(kind="review_invitation").exists()


def test_photos_stay_as_long_as_a_version_names_them(received: Order) -> None:
    def say(*photos: Upload, removed: tuple[str, ...] = ()) -> Review:
        return write_review(
            order=received, line=None, stars=5, photos=photos, removed_photos=removed, by=None, at=NOW
        )

    say(Upload("a" * 20, 640, 640), Upload("b" * 20, 320, 320))
    review = say(Upload("c" * 20, 320, 320), removed=("a" * 20,))
    assert [photo["key"][0] for photo in review.photos] == ["b", "c"]
    assert {key[0] for key in kept_photos()} == {"a", "b", "c"}
    full = say(*(Upload(letter * 20, 320, 320) for letter in "defgh"))
    assert len(full.photos) == 4


def test_the_sweep_of_pictures_leaves_those_of_reviews(received: Order) -> None:
    from etoko.catalog.operations.photographing import sweep_photos
    from etoko.catalog.photos import keep_photo, kept_keys
    from etoko.catalog.tests.pictures import picture

    hung, left = keep_photo(BytesIO(picture())), keep_photo(BytesIO(picture(colour="blue")))
    write_review(order=received, line=None, stars=5, photos=[hung], by=None, at=NOW)
    # The files are as old as the machine's clock says: three days after it they are due.
    sweep_photos(at=datetime.now(UTC) + timedelta(days=3))
    assert hung.key in kept_keys() and left.key not in kept_keys()


def test_modern_formats_come_later_and_a_photo_that_is_gone_does_no_harm(received: Order) -> None:
    from etoko.catalog.photos import keep_photo
    from etoko.catalog.tests.pictures import picture

    upload = keep_photo(BytesIO(picture()))
    review = write_review(order=received, line=None, stars=5, photos=[upload], by=None, at=NOW)
    finish_photo(review_id=review.pk, key=upload.key)
    finish_photo(review_id=review.pk, key="x" * 20)
    review.refresh_from_db()
    assert review.photos[0]["formats"] == ["avif", "webp"]


def test_sums_that_went_wrong_are_seen_and_put_right(
    five_stars: Review, kerupuk: Product, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ratings_out_of_step() == []
    Product.objects.update(rating_count=3, rating_sum=9)
    (difference,) = ratings_out_of_step()
    assert (difference.what, difference.name, difference.stands, difference.reckoned) == (
        "stars_of_product",
        "Kerupuk Kulit",
        9,
        5,
    )
    call_command("recount_ratings")
    assert "1 nilai diperbaiki" in capsys.readouterr().out
    assert sums(kerupuk) == (1, 5) and ratings_out_of_step() == []


def test_the_search_index_follows(kerupuk: Product, received: Order) -> None:
    index_products(product_ids=[kerupuk.pk])
    assert SearchEntry.objects.get().rating == 3_500
    write_review(order=received, line=line_of(received), stars=5, by=None, at=NOW)
    assert SearchEntry.objects.get(kind="p").rating == smoothed(1, 5) == 3_750
    assert [line for line in out_of_step() if "old" in line] == []


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_the_mean_is_between_one_and_five_and_the_smoothed_one_nearer_to_the_middle(stars: list[int]) -> None:
    count, total = len(stars), sum(stars)
    rating = rating_of(count, total)
    assert rating is not None and 1 <= float(rating.mean) <= 5
    assert abs(smoothed(count, total) - 3_500) <= abs(total * 1_000 / count - 3_500) + 1


def test_one_friend_does_not_outrank_thirty_strangers() -> None:
    assert smoothed(1, 5) < smoothed(30, 30 * 5 - 6)
    assert rating_of(0, 0) is None
    assert rating_of(30, 144).shown == "4,8"  # type: ignore[union-attr]
