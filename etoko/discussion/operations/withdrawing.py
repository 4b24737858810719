"""An author takes back what she wrote. The line stays, so that the replies make sense; the words are shown to
nobody."""

from datetime import datetime

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.discussion.access import Standing
from etoko.discussion.models import Post, PostStep, Report
from etoko.discussion.operations.counting import follow_posts
from etoko.discussion.operations.moderating import settle_reports
from etoko.discussion.states import AUTHOR, POST_FLOW


@transaction.atomic
def withdraw_post(*, standing: Standing, at: datetime) -> Post:
    """Raises UnableToMove; then nothing has changed."""
    parties = [party for party in standing.parties if party == AUTHOR]
    post = POST_FLOW.make_move(standing.post, "withdraw", parties=parties)
    PostStep.objects.create(post=post, move="withdraw", to_state=post.state, by=standing.person, at=at)
    settle_reports(post, Report.WITHDRAWN, at=at)
    follow_posts(post.thread_id)
    record_deed(
        deed="withdraw_post",
        subject=post,
        by=standing.person,
        at=at,
        area_code=standing.post.thread.area_id,
    )
    return post
