"""What was said becomes something that is acted upon elsewhere: today a need."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.discussion.access import Standing
from etoko.discussion.models import FollowUp, Post
from etoko.discussion.states import VISIBLE
from etoko.foundation.problems import UnableTo
from etoko.needs.access import Standing as NeedStanding
from etoko.needs.operations import say_need


class UnableToFollowUp(UnableTo):
    pass


@transaction.atomic
def make_need(
    *, standing: Standing, of: NeedStanding, kind: str, text: str, severity: int, at: datetime
) -> FollowUp:
    """The post is noted as a need of a business, group or cooperative, by who may note one there. Its author
    reads on the post what becomes of it. Raises UnableToFollowUp or UnableToSayNeed."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=standing.post.pk)
    if post.state != VISIBLE:
        raise UnableToFollowUp(_("Kiriman ini sudah tidak tampil."))
    if not of.may_record:
        raise UnableToFollowUp(_("Anda tidak bisa mencatat kebutuhan untuk usaha ini."))
    need = say_need(standing=of, kind=kind, text=text, severity=severity, at=at)
    made = FollowUp.objects.create(post=post, need=need, by=standing.person, at=at)
    record_deed(
        deed="make_need_of_post",
        subject=standing.post,
        by=standing.person,
        at=at,
        area_code=standing.post.thread.area_id,
    )
    return made
