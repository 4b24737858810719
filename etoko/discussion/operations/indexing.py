"""Keeps what threads are found by in step, in the transaction of the deed."""

from collections.abc import Iterable

from etoko.catalog.search.words import tokens_of, words_of
from etoko.discussion.models import Post, Thread, ThreadText
from etoko.discussion.searching import area_token, topic_token
from etoko.discussion.states import VISIBLE
from etoko.discussion.words import MARK

MOST_WORDS_OF_A_POST = 200
MOST_TOKENS = 800
"""Of a whole thread; what is said later in a very long one is not found."""


def index_reply(thread: Thread, post: Post) -> None:
    """Its words are added to what there is. Nothing happens to a thread that is not listed."""
    row = ThreadText.objects.filter(thread=thread).first()
    if row is None:
        return
    row.words = _with(row.words.split(), [post.text])
    row.fresh = int(thread.last_at.timestamp())
    row.save(update_fields=["words", "fresh"])


def index_anew(thread: Thread) -> None:
    """It is new, or something in it went out of sight or came back."""
    ThreadText.objects.filter(thread=thread).delete()
    if thread.listing == Thread.LISTED:
        texts = thread.posts.filter(state=VISIBLE).order_by("number").values_list("text", flat=True)
        thread_text(thread, texts).save()


def thread_text(thread: Thread, texts: Iterable[str]) -> ThreadText:
    names = _tokens(thread.title)
    first = [topic_token(thread.topic), area_token(thread.area_id), *names, *_tokens(thread.area.name)]
    return ThreadText(
        thread=thread,
        names=f" {' '.join(names)} ",
        words=_with(first, texts),
        fresh=int(thread.last_at.timestamp()),
    )


def _with(tokens: list[str], texts: Iterable[str]) -> str:
    held = dict.fromkeys(tokens)
    for text in texts:
        if len(held) >= MOST_TOKENS:
            break
        held.update(dict.fromkeys(_tokens(text)))
    return f" {' '.join(list(held)[:MOST_TOKENS])} "


def _tokens(text: str) -> list[str]:
    words = words_of(MARK.sub("", text))[:MOST_WORDS_OF_A_POST]
    return tokens_of(words) if words else []
