"""How fast somebody may write: newcomers slowly, so that a stranger's flood has time to be reported."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etoko.discussion.models import Post
from etoko.discussion.states import VISIBLE
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person

KNOWN_FROM = 5
"""So many posts that everybody sees, and she is no newcomer any more."""
BREATH = timedelta(minutes=3)
"""Of a newcomer, between two posts."""
MOST_OF_A_NEWCOMER = 8
MOST_OF_ANYBODY = 60
"""Posts within a day."""
DAY = timedelta(hours=24)


class UnableToWrite(UnableTo):
    pass


def check_pace(*, by: Person, at: datetime) -> None:
    """Raises UnableToWrite. Called with her row locked: of two posts sent at once each sees the other."""
    if not by.is_active or by.phone_verified_at is None:
        raise UnableToWrite(
            _("Buktikan dulu nomor HP Anda di Saya › Keamanan, supaya orang tahu siapa yang menulis.")
        )
    hers = Post.objects.filter(author=by)
    recent = list(
        hers.filter(written_at__gt=at - DAY, written_at__lte=at)
        .order_by("-written_at")
        .values_list("written_at", flat=True)[:MOST_OF_ANYBODY]
    )
    if len(recent) >= MOST_OF_ANYBODY:
        raise UnableToWrite(_("Anda sudah menulis %d kali dalam sehari. Lanjutkan besok.") % len(recent))
    if hers.filter(state=VISIBLE)[:KNOWN_FROM].count() >= KNOWN_FROM:
        return
    if len(recent) >= MOST_OF_A_NEWCOMER:
        raise UnableToWrite(
            _(
                "Yang baru bergabung menulis paling banyak %d kali sehari. Lanjutkan besok; tulisan Anda "
                "tersimpan di HP."
            )
            % MOST_OF_A_NEWCOMER
        )
    if recent and at < recent[0] + BREATH:
        minutes = -int(-(recent[0] + BREATH - at).total_seconds() // 60)
        raise UnableToWrite(
            ngettext(
                "Yang baru bergabung menunggu 3 menit di antara dua tulisan. Kirim lagi %d menit lagi.",
                "Yang baru bergabung menunggu 3 menit di antara dua tulisan. Kirim lagi %d menit lagi.",
                minutes,
            )
            % minutes
        )
