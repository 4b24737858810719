"""Everything that can happen to a review."""

from etoko.reviews.operations.answering import UnableToReply, reply_to_review
from etoko.reviews.operations.counting import recount_ratings
from etoko.reviews.operations.inviting import invite_to_review
from etoko.reviews.operations.moderating import (
    UnableToReport,
    hide_review,
    keep_review,
    report_review,
    restore_review,
)
from etoko.reviews.operations.reviewing import UnableToReview, write_review

__all__ = [
    "UnableToReply",
    "UnableToReport",
    "UnableToReview",
    "hide_review",
    "invite_to_review",
    "keep_review",
    "recount_ratings",
    "reply_to_review",
    "report_review",
    "restore_review",
    "write_review",
]
