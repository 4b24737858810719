"""The seller answers where everybody reads it."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.foundation.problems import UnableTo
from etoko.reviews.models import Review
from etoko.reviews.operations.telling import language_of, tell_author

LONGEST_REPLY = 1_000


class UnableToReply(UnableTo):
    pass


@transaction.atomic
def reply_to_review(*, selling: Selling, review: Review, text: str, at: datetime) -> Review:
    """One reply to each review; written again, it takes the place of the first. Raises UnableToReply."""
    text = text.strip()
    if not text:
        raise UnableToReply(_("Tulis balasannya dulu. Ucapan terima kasih pun sudah baik."), field="reply")
    if len(text) > LONGEST_REPLY:
        raise UnableToReply(_("Tulis paling banyak 1.000 huruf."), field="reply")
    locked = Review.objects.select_for_update().get(pk=review.pk)
    before, is_first = locked.reply, locked.replied_at is None
    locked.reply, locked.replied_at = text, at
    locked.save(update_fields=["reply", "replied_at"])
    record_deed(
        deed="reply_to_review",
        subject=locked,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        area_code=locked.area_code,
        changes={"reply": (before, text)},
    )
    if is_first:
        with translation.override(language_of(review.order)):
            tell_author(
                review=review,
                occasion="reply",
                title=_("%(shop)s membalas ulasan Anda") % {"shop": review.shop.name},
                sentence=f"{review.shop.name}: “{text}”",
                at=at,
            )
    return locked
