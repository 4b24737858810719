"""A review that breaks the rules is reported, looked at, and hidden with a reason, or left as it is."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.reviews.access import Moderating
from etoko.reviews.models import Review, ReviewReport
from etoko.reviews.operations.reviewing import count
from etoko.reviews.operations.telling import language_of, tell_author
from etoko.reviews.states import HIDDEN, OFFICER, REVIEW_FLOW


class UnableToReport(UnableTo):
    pass


@transaction.atomic
def report_review(*, review: Review, reason: str, by: Person, at: datetime, for_name: str = "") -> None:
    """Anybody who is signed in, the seller too; an officer then looks. Raises UnableToReport."""
    reason = reason.strip()[:300]
    if not reason:
        raise UnableToReport(_("Tulis apa yang salah dengan ulasan ini."), field="reason")
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.status == HIDDEN:
        raise UnableToReport(_("Ulasan ini sudah disembunyikan."))
    if locked.reports.filter(by=by, settled_at=None).exists():
        raise UnableToReport(_("Anda sudah melaporkan ulasan ini. Petugas akan memeriksanya."))
    ReviewReport.objects.create(review=locked, by=by, reason=reason, at=at)
    record_deed(
        deed="report_review",
        subject=locked,
        by=by,
        for_name=for_name,
        at=at,
        area_code=locked.area_code,
        reason=reason,
    )


@transaction.atomic
def hide_review(*, moderating: Moderating, reason: str, at: datetime) -> Review:
    """Nobody sees it and its stars do not count; its author is told why. Raises UnableToMove."""
    review = REVIEW_FLOW.make_move(moderating.review, "hide", parties=[OFFICER], reason=reason)
    review.hidden_reason = reason.strip()[:300]
    review.save(update_fields=["hidden_reason"])
    count(review, -1, -review.stars)
    _settle(review, ReviewReport.HIDDEN, at)
    _record("hide_review", moderating, review, at, review.hidden_reason)
    _tell(moderating.review, "hidden", at, review.hidden_reason)
    return review


@transaction.atomic
def restore_review(*, moderating: Moderating, at: datetime) -> Review:
    """Everybody sees it again. Raises UnableToMove."""
    review = REVIEW_FLOW.make_move(moderating.review, "restore", parties=[OFFICER])
    review.hidden_reason = ""
    review.save(update_fields=["hidden_reason"])
    count(review, 1, review.stars)
    _record("restore_review", moderating, review, at)
    _tell(moderating.review, "restored", at)
    return review


@transaction.atomic
def keep_review(*, moderating: Moderating, at: datetime) -> int:
    """Looked at and left: its reports are settled. Returns how many there were."""
    review = Review.objects.select_for_update().get(pk=moderating.review.pk)
    settled = _settle(review, ReviewReport.KEPT, at)
    if settled:
        _record("keep_review", moderating, review, at)
    return settled


def _settle(review: Review, outcome: str, at: datetime) -> int:
    return review.reports.filter(settled_at=None).update(settled_at=at, outcome=outcome)


def _record(deed: str, moderating: Moderating, review: Review, at: datetime, reason: str = "") -> None:
    record_deed(
        deed=deed, subject=review, by=moderating.person, at=at, area_code=review.area_code, reason=reason
    )


_TOLD = {
    "hidden": (
        gettext_lazy("Ulasan Anda disembunyikan"),
        gettext_lazy("Ulasan Anda untuk %(shop)s disembunyikan petugas. Alasannya: %(reason)s"),
    ),
    "restored": (
        gettext_lazy("Ulasan Anda tampil lagi"),
        gettext_lazy("Ulasan Anda untuk %(shop)s tampil lagi."),
    ),
}


def _tell(review: Review, occasion: str, at: datetime, reason: str = "") -> None:
    title, sentence = _TOLD[occasion]
    with translation.override(language_of(review.order)):
        words = {"shop": review.shop.name, "reason": reason}
        tell_author(review=review, occasion=occasion, title=str(title), sentence=str(sentence) % words, at=at)
