"""A question gets its answer: the reply that helped."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.discussion.access import Standing
from etoko.discussion.models import Post, Thread
from etoko.discussion.operations.telling import about, thread_path
from etoko.discussion.states import VISIBLE
from etoko.foundation.addresses import whole_address
from etoko.foundation.problems import UnableTo
from etoko.notices.operations import send_notice


class UnableToChoose(UnableTo):
    pass


@transaction.atomic
def choose_answer(*, standing: Standing, at: datetime) -> Thread:
    """By who asked, or who looks after the discussions. Another answer takes the place of the one before.
    Raises UnableToChoose; then nothing has changed."""
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=standing.post.thread_id)
    post = Post.objects.select_related("author", "thread").get(pk=standing.post.pk)
    if not (standing.is_asker or standing.may_tend):
        raise UnableToChoose(_("Yang memilih jawaban adalah yang bertanya, atau yang mendampingi diskusi."))
    if thread.kind != Thread.QUESTION or post.number == 1:
        raise UnableToChoose(_("Hanya balasan di sebuah pertanyaan yang bisa dipilih."))
    if post.state != VISIBLE:
        raise UnableToChoose(_("Kiriman ini tidak tampil, jadi tidak bisa dipilih."))
    if thread.chosen_id == post.pk:
        return thread
    thread.chosen, thread.chosen_by, thread.chosen_at = post, standing.person, at
    thread.save(update_fields=["chosen", "chosen_by", "chosen_at"])
    record_deed(deed="choose_answer", subject=post, by=standing.person, at=at, area_code=thread.area_id)
    if post.author_id != standing.person.pk and post.author.is_active:
        _tell(post, at)
    return thread


def _tell(post: Post, at: datetime) -> None:
    path = thread_path(post.thread, post.number)
    with translation.override(post.author.language):
        title = _("Jawaban Anda dipilih di “%(title)s”") % {"title": post.thread.title}
        text = _("%(title)s. Terima kasih sudah membantu. Lihat: %(link)s") % {
            "title": title,
            "link": whole_address(path),
        }
    send_notice(
        key=f"chosen:{post.pk}",
        kind="discussion_chosen",
        title=title,
        text=text,
        at=at,
        recipient=post.author,
        path=path,
        about=about(post.thread_id, post.author_id),
    )
