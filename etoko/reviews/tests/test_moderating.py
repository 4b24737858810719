import pytest

from etoko.audit.models import AuditEntry
from etoko.catalog.access import shop_for_seller
from etoko.catalog.models import Product, Shop
from etoko.foundation.flows import UnableToMove
from etoko.notices.models import Notice
from etoko.ordering.models import Order
from etoko.people.models import Person
from etoko.reviews.access import Moderating
from etoko.reviews.models import Review, ReviewReport
from etoko.reviews.operations import (
    UnableToReply,
    UnableToReport,
    UnableToReview,
    hide_review,
    keep_review,
    reply_to_review,
    report_review,
    restore_review,
    write_review,
)
from etoko.reviews.tests.conftest import SITI, Everything, line_of, sums
from tests.cast import NOW


def test_an_officer_hides_it_with_a_reason_that_the_author_reads(
    five_stars: Review, kerupuk: Product, dedi: Person, ani: Person
) -> None:
    report_review(review=five_stars, reason="Iklan", by=ani, at=NOW)
    hidden = hide_review(moderating=Moderating(five_stars, dedi), reason=" Iklan atau penipuan ", at=NOW)
    assert (hidden.status, hidden.hidden_reason) == ("hidden", "Iklan atau penipuan")
    assert sums(kerupuk) == (0, 0), "hidden stars do not count"
    told = Notice.objects.get(kind="review_hidden")
    assert told.phone == SITI.phone and "Alasannya: Iklan atau penipuan" in told.text
    assert ReviewReport.objects.get().outcome == ReviewReport.HIDDEN
    assert AuditEntry.objects.get(deed="hide_review").reason == "Iklan atau penipuan"


def test_and_shows_it_again(five_stars: Review, kerupuk: Product, dedi: Person) -> None:
    moderating = Moderating(five_stars, dedi)
    hide_review(moderating=moderating, reason="Keliru", at=NOW)
    restore_review(moderating=moderating, at=NOW)
    assert sums(kerupuk) == (1, 5)
    assert Notice.objects.filter(kind="review_restored").count() == 1
    with pytest.raises(UnableToMove):
        restore_review(moderating=moderating, at=NOW)
    assert sums(kerupuk) == (1, 5)


def test_hiding_without_a_reason_changes_nothing(
    five_stars: Review, dedi: Person, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToMove, match="Tulis alasannya"):
        hide_review(moderating=Moderating(five_stars, dedi), reason=" ", at=NOW)
    assert everything() == before


def test_what_is_hidden_is_not_changed_by_its_author(
    five_stars: Review, received: Order, dedi: Person, everything: Everything
) -> None:
    hide_review(moderating=Moderating(five_stars, dedi), reason="Iklan", at=NOW)
    before = everything()
    with pytest.raises(UnableToReview, match="disembunyikan petugas"):
        write_review(order=received, line=line_of(received), stars=5, by=None, at=NOW)
    assert everything() == before


def test_a_report_is_made_once_and_can_be_left_aside(
    five_stars: Review, kerupuk: Product, dedi: Person, rahma: Person, everything: Everything
) -> None:
    report_review(review=five_stars, reason="Bukan pembeli saya", by=rahma, at=NOW)
    before = everything()
    with pytest.raises(UnableToReport, match="sudah melaporkan"):
        report_review(review=five_stars, reason="Lagi", by=rahma, at=NOW)
    with pytest.raises(UnableToReport, match="Tulis apa yang salah"):
        report_review(review=five_stars, reason=" ", by=dedi, at=NOW)
    assert everything() == before
    assert keep_review(moderating=Moderating(five_stars, dedi), at=NOW) == 1
    assert sums(kerupuk) == (1, 5)
    report_review(review=five_stars, reason="Masih salah", by=rahma, at=NOW)
    assert ReviewReport.objects.filter(settled_at=None).count() == 1


def test_the_seller_replies_and_the_author_is_told_once(
    five_stars: Review, rahma: Person, shop: Shop, everything: Everything
) -> None:
    selling = shop_for_seller(rahma, shop.public_id)
    reply_to_review(selling=selling, review=five_stars, text=" Terima kasih, Bu. ", at=NOW)
    reply_to_review(selling=selling, review=five_stars, text="Terima kasih banyak.", at=NOW)
    five_stars.refresh_from_db()
    assert five_stars.reply == "Terima kasih banyak."
    told = Notice.objects.get(kind="review_reply")
    assert told.phone == SITI.phone and "“Terima kasih, Bu.”" in told.text
    before = everything()
    for text in (" ", "x" * 1001):
        with pytest.raises(UnableToReply):
            reply_to_review(selling=selling, review=five_stars, text=text, at=NOW)
    assert everything() == before
