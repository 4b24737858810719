"""Something is wrong: within two working days the buyer says so, and the two speak about it."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from PIL import Image

from conftest import Clock
from etoko.catalog.models import Variant
from etoko.foundation import private_pictures
from etoko.foundation.flows import UnableToMove
from etoko.foundation.private_pictures import PrivatePhoto, keep_private
from etoko.notices.models import Notice
from etoko.ordering.models import Complaint, ComplaintPhoto, GoodsReturn, Holiday, Order
from etoko.ordering.operations import (
    Placed,
    UnableToComplain,
    UnableToReturn,
    answer_complaint,
    answer_return,
    as_buyer,
    as_seller,
    ask_return,
    complain,
    complete_orders,
    escalate_complaint,
    escalate_complaints,
    keep_paid,
    move_order,
    receive_return,
    settle_complaint,
    take_goods_back,
)
from etoko.ordering.states import COMPLETED, DELIVERED, RETURNED, SELLER
from etoko.ordering.tests.conftest import Everything
from etoko.ordering.working_days import complain_until, end_of_working_day
from etoko.people.models import Person
from tests.cast import NOW


@pytest.fixture
def received(placed: Placed, rahma: Person) -> Order:
    """Siti's two bags of kerupuk, handed over on Tuesday 24 November at ten."""
    order = placed.orders[0]
    for move in ("accept", "make_ready", "hand_over"):
        order = move_order(order=order, move=move, party=SELLER, by=rahma, at=NOW)
    return order


def a_complaint(order: Order, *, at: datetime = NOW, photos: tuple[PrivatePhoto, ...] = ()) -> Complaint:
    return complain(
        order=order,
        kind=Complaint.BROKEN,
        text="Dua bungkus remuk.",
        photos=photos,
        actor=as_buyer(order, None),
        at=at,
    )


# ------------------------------------------------------------------------------ working days


@pytest.mark.parametrize(
    ("received_on", "until"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday: three days, to the hour
        (date(2026, 11, 26), date(2026, 12, 1)),  # Thursday: Friday, Monday
        (date(2026, 11, 27), date(2026, 12, 2)),  # Friday: Monday, Tuesday
        (date(2026, 11, 28), date(2026, 12, 2)),  # Saturday: Monday, Tuesday
        (date(2026, 12, 23), date(2026, 12, 30)),  # Christmas and the day before do not count
    ],
)
@pytest.mark.django_db
def test_two_working_days_after_the_day_of_receipt_and_three_days_at_least(
    received_on: date, until: date
) -> None:
    at = datetime(received_on.year, received_on.month, received_on.day, 17, 0, tzinfo=UTC)  # midnight WIB
    at -= timedelta(hours=7)  # 17.00 WIB of that day
    right = complain_until(at)
    three_days = at + timedelta(days=3)
    midnight = datetime(until.year, until.month, until.day, tzinfo=UTC) - timedelta(hours=7)
    assert right == max(three_days, midnight)
    assert right.astimezone(UTC).date() >= until - timedelta(days=1)


@pytest.mark.django_db
def test_a_holiday_that_officers_add_counts_at_once() -> None:
    assert end_of_working_day(NOW, 1) == datetime(2026, 11, 25, 17, tzinfo=UTC)
    Holiday.objects.create(day_on=date(2026, 11, 25), name="Pilkada")
    assert end_of_working_day(NOW, 1) == datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_the_order_completes_by_itself_when_the_right_is_over(received: Order) -> None:
    assert received.complain_until_at == NOW + timedelta(days=3)
    assert complete_orders(at=NOW + timedelta(days=3, seconds=-1)) == 0
    assert complete_orders(at=NOW + timedelta(days=3)) == 1


def test_what_is_still_spoken_about_does_not_complete(received: Order) -> None:
    complaint = a_complaint(received)
    assert complete_orders(at=NOW + timedelta(days=3)) == 0
    settle_complaint(complaint=complaint, actor=as_buyer(received, None), at=NOW)
    assert complete_orders(at=NOW + timedelta(days=3)) == 1


# --------------------------------------------------------------------------------- complaints


def test_the_buyer_complains_and_the_seller_hears_her_words(received: Order, rahma: Person) -> None:
    complaint = a_complaint(received)
    assert (complaint.state, complaint.posts.get().by_name) == ("open", "Siti Aminah")
    told = Notice.objects.get(kind="order_complain")
    assert told.recipient == rahma and "“Dua bungkus remuk.”" in told.text


def test_after_confirming_she_still_may_until_the_days_are_over(
    received: Order, everything: Everything
) -> None:
    order = move_order(
        order=received, move="confirm_received", party="buyer", by=None, by_name="Siti", at=NOW
    )
    before = everything()
    with pytest.raises(UnableToComplain, match="sudah lewat"):
        a_complaint(order, at=NOW + timedelta(days=3))
    assert everything() == before
    a_complaint(order, at=NOW + timedelta(days=3, seconds=-1))


def test_before_the_goods_came_only_who_has_paid_complains(placed: Placed, rahma: Person) -> None:
    order = move_order(order=placed.orders[0], move="accept", party=SELLER, by=rahma, at=NOW)
    with pytest.raises(UnableToComplain, match="belum dikirim"):
        a_complaint(order)
    a_complaint(keep_paid(order=order, paid_rp=order.total_rp, deed="pay", by=rahma, at=NOW))


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [("broken", "  ", "Tulis dulu"), ("odd", "Remuk", "Pilih dulu"), ("broken", "x" * 2001, "2.000")],
)
def test_a_complaint_without_words_or_kind_changes_nothing(
    kind: str, text: str, sentence: str, received: Order, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToComplain, match=sentence):
        complain(order=received, kind=kind, text=text, actor=as_buyer(received, None), at=NOW)
    assert everything() == before and not Complaint.objects.exists()


def test_one_complaint_at_a_time(received: Order, everything: Everything) -> None:
    a_complaint(received)
    before = everything()
    with pytest.raises(UnableToComplain, match="masih dibicarakan"):
        a_complaint(received)
    assert everything() == before


def test_the_two_speak_until_the_buyer_says_it_is_settled(received: Order, rahma: Person) -> None:
    complaint, buyer, seller = a_complaint(received), as_buyer(received, None), as_seller(rahma)
    complaint = answer_complaint(complaint=complaint, text="Maaf, saya ganti.", actor=seller, at=NOW)
    assert complaint.state == "answered"
    assert "“Maaf, saya ganti.”" in Notice.objects.get(kind="order_answer_complaint").text
    complaint = answer_complaint(complaint=complaint, text="Kapan?", actor=buyer, at=NOW)
    complaint = answer_complaint(complaint=complaint, text="Besok.", actor=seller, at=NOW)
    complaint = settle_complaint(complaint=complaint, actor=buyer, at=NOW)
    assert complaint.state == "settled"
    assert [post.party for post in complaint.posts.all()] == ["buyer", "seller", "buyer", "seller"]
    assert [event.deed for event in received.events.all()][-5:] == [
        "complain",
        "answer_complaint",
        "reply_complaint",
        "answer_complaint",
        "settle_complaint",
    ]


def test_the_seller_does_not_settle_it_for_the_buyer(
    received: Order, rahma: Person, everything: Everything
) -> None:
    complaint = a_complaint(received)
    before = everything()
    with pytest.raises(UnableToMove):
        settle_complaint(complaint=complaint, actor=as_seller(rahma), at=NOW)
    assert everything() == before


def test_what_is_not_settled_in_three_working_days_goes_to_the_officers(
    received: Order, dedi: Person, bu_camat: Person, clock: Clock
) -> None:
    complaint = a_complaint(received)
    assert complaint.settle_by_at == datetime(2026, 11, 27, 17, tzinfo=UTC)  # the end of Friday
    assert escalate_complaints(at=complaint.settle_by_at - timedelta(seconds=1)) == 0
    clock.now = complaint.settle_by_at
    call_command("run_due_work")
    complaint.refresh_from_db()
    assert complaint.state == "escalated"
    told = Notice.objects.filter(kind="order_complaint_escalated")
    assert [notice.recipient for notice in told] == [dedi]
    assert str(received.number) in told[0].text and "/petugas/keluhan/" in told[0].path
    assert Notice.objects.filter(kind="order_escalate_complaint").count() == 2


def test_the_buyer_asks_the_officers_herself_only_after_an_answer(
    received: Order, rahma: Person, everything: Everything
) -> None:
    complaint, buyer = a_complaint(received), as_buyer(received, None)
    before = everything()
    with pytest.raises(UnableToMove):
        escalate_complaint(complaint=complaint, actor=buyer, at=NOW)
    assert everything() == before
    complaint = answer_complaint(
        complaint=complaint, text="Bukan salah saya.", actor=as_seller(rahma), at=NOW
    )
    assert escalate_complaint(complaint=complaint, actor=buyer, at=NOW).state == "escalated"


def test_pictures_of_a_complaint_carry_no_place_and_have_no_address(received: Order) -> None:
    picture = Image.new("RGB", (2400, 1200), "red")
    exif = Image.Exif()
    exif[0x010E] = "rumah Siti"
    sent = BytesIO()
    picture.save(sent, "JPEG", exif=exif)
    photo = keep_private(sent)
    a_complaint(received, photos=(photo,))
    kept = ComplaintPhoto.objects.get()
    assert (kept.width, kept.height) == (1280, 640)
    answer = private_pictures.private_picture(kept.key)
    assert answer["Cache-Control"] == "private, no-store"
    assert b"rumah Siti" not in answer.content and not Image.open(BytesIO(answer.content)).getexif()


# ------------------------------------------------------------------------------------ returns


def stock(variant: Variant) -> tuple[int, int]:
    variant.refresh_from_db()
    return variant.on_hand, variant.held


def a_return(order: Order, quantity: int, *, at: datetime = NOW) -> GoodsReturn:
    pk = order.lines.get().pk
    return ask_return(
        order=order, quantities={pk: quantity}, reason="Tidak cocok", actor=as_buyer(order, None), at=at
    )


def test_a_part_goes_back_into_the_stock_and_out_of_the_sum(
    received: Order, kerupuk: Variant, rahma: Person
) -> None:
    goods_return = answer_return(
        goods_return=a_return(received, 1), move="agree", actor=as_seller(rahma), at=NOW
    )
    assert stock(kerupuk) == (8, 0)
    receive_return(goods_return=goods_return, can_be_sold_again=True, actor=as_seller(rahma), at=NOW)
    received.refresh_from_db()
    line = received.lines.get()
    assert (line.quantity, line.returned_quantity, line.ordered_quantity) == (1, 1, 2)
    assert (received.total_rp, received.group.orders.get(pk=received.pk).state) == (15_000, DELIVERED)
    assert stock(kerupuk) == (9, 0)


def test_what_is_spoilt_does_not_become_stock_again(received: Order, kerupuk: Variant, rahma: Person) -> None:
    receive_return(
        goods_return=a_return(received, 1), can_be_sold_again=False, actor=as_seller(rahma), at=NOW
    )
    assert stock(kerupuk) == (8, 0)


def test_when_all_of_it_comes_back_the_order_is_over(
    received: Order, kerupuk: Variant, rahma: Person
) -> None:
    take_goods_back(
        order=received,
        quantities={received.lines.get().pk: 2},
        reason="Ditolak di depan pintu",
        can_be_sold_again=True,
        actor=as_seller(rahma),
        at=NOW,
    )
    received.refresh_from_db()
    assert (received.state, received.total_rp) == (RETURNED, 0)
    assert stock(kerupuk) == (10, 0)
    assert complete_orders(at=NOW + timedelta(days=9)) == 0


@pytest.mark.parametrize(("quantity", "sentence"), [(0, "Pilih dulu"), (3, "lebih banyak"), (-1, "lebih")])
def test_more_than_was_bought_does_not_go_back(
    quantity: int, sentence: str, received: Order, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToReturn, match=sentence):
        a_return(received, quantity)
    assert everything() == before and not GoodsReturn.objects.exists()


def test_after_the_days_of_the_right_it_is_refused(received: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToReturn, match="sudah lewat"):
        a_return(received, 1, at=NOW + timedelta(days=3))
    assert everything() == before


def test_refused_with_a_reason_or_withdrawn_nothing_moves(
    received: Order, kerupuk: Variant, rahma: Person, everything: Everything
) -> None:
    goods_return = a_return(received, 1)
    before = everything()
    with pytest.raises(UnableToMove, match="Tulis alasannya"):
        answer_return(goods_return=goods_return, move="refuse", actor=as_seller(rahma), at=NOW)
    assert everything() == before
    answer_return(
        goods_return=goods_return, move="refuse", actor=as_seller(rahma), at=NOW, reason="Sudah dibuka"
    )
    again = a_return(received, 2)
    answer_return(goods_return=again, move="withdraw", actor=as_buyer(received, None), at=NOW)
    assert stock(kerupuk) == (8, 0)
    received.refresh_from_db()
    assert received.total_rp == 30_000 and received.state != COMPLETED
