"""What a thread keeps of its posts, reckoned anew when one of them went out of sight or came back."""

from django.db.models import Count, Q

from etoko.discussion.models import Post, Thread
from etoko.discussion.operations.indexing import index_anew
from etoko.discussion.states import VISIBLE, WITHDRAWN
from etoko.discussion.words import beginning, slug_of


def follow_posts(thread_pk: int) -> None:
    """Counts, listing, the chosen answer, and what it is found by."""
    thread = Thread.objects.select_for_update(of=("self",)).select_related("area").get(pk=thread_pk)
    seen = Count("pk", filter=Q(state=VISIBLE, number__gt=1))
    by_others = Count("pk", filter=Q(state=VISIBLE, number__gt=1) & ~Q(author=thread.author_id))
    counted = Post.objects.filter(thread=thread).aggregate(replies=seen, answers=by_others)
    opening = Post.objects.get(thread=thread, number=1)
    thread.replies, thread.answers = counted["replies"], counted["answers"]
    thread.excerpt = beginning(opening.text) if opening.state == VISIBLE else ""
    stays = opening.state == VISIBLE or (opening.state == WITHDRAWN and thread.answers > 0)
    thread.listing = Thread.LISTED if stays else Thread.UNLISTED
    thread.slug = slug_of(thread.title if stays else "")
    if thread.chosen_id and not Post.objects.filter(pk=thread.chosen_id, state=VISIBLE).exists():
        thread.chosen = thread.chosen_by = thread.chosen_at = None
    thread.save()
    index_anew(thread)
