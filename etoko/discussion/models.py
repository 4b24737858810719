from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from etoko.discussion.states import POST_FLOW, VISIBLE
from etoko.discussion.topics import TOPIC_CHOICES
from etoko.foundation.ids import new_public_id
from etoko.foundation.kept import Kept
from etoko.needs.models import Need
from etoko.people.models import Person
from etoko.places.models import Area


class Thread(models.Model):
    """A question or a talk, with its posts: the first opens it, the others are replies.

    What lists ask for is kept here, by the doors that change posts: no list counts posts.
    """

    QUESTION, TALK = "question", "talk"
    KINDS = [(QUESTION, _("Pertanyaan")), (TALK, _("Obrolan"))]
    LISTED, UNLISTED = "listed", "unlisted"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    kind = models.CharField(max_length=8, choices=KINDS)
    topic = models.CharField(max_length=10, choices=TOPIC_CHOICES)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """The village it is about, or the sub-district: all of them."""
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    excerpt = models.CharField(max_length=160, blank=True)
    """How the opening begins; empty once that is hidden or taken back."""
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    listing = models.CharField(
        max_length=8, choices=[(LISTED, _("Tampil")), (UNLISTED, _("Tidak tampil"))], default=LISTED
    )
    """Unlisted: its opening is hidden, or was taken back before anybody answered."""
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    """Of the newest post."""
    last_number = models.PositiveIntegerField(default=1)
    replies = models.PositiveIntegerField(default=0)
    """That everybody sees."""
    answers = models.PositiveIntegerField(default=0)
    """Replies that everybody sees, by somebody else than who opened it."""
    chosen = models.ForeignKey(
        "discussion.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The answer of a question."""
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chosen_at = models.DateTimeField(null=True, blank=True)
    waiting_told_at = models.DateTimeField(null=True, blank=True)
    """When those who look after the discussions were told that nobody had answered."""

    class Meta:
        indexes = [
            models.Index(fields=["listing", "-last_at", "-id"], name="thread_newest"),
            models.Index(fields=["topic", "listing", "-last_at", "-id"], name="thread_of_topic"),
            models.Index(fields=["area", "listing", "-last_at", "-id"], name="thread_of_area"),
            models.Index(
                fields=["listing", "-last_at", "-id"],
                condition=Q(kind="question", answers=0),
                name="thread_unanswered",
            ),
            models.Index(
                fields=["started_at"], condition=Q(kind="question", answers=0), name="thread_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(chosen__isnull=True, chosen_by__isnull=True, chosen_at__isnull=True)
                | Q(
                    chosen__isnull=False,
                    chosen_by__isnull=False,
                    chosen_at__isnull=False,
                    kind="question",
                ),
                name="thread_answer_of_a_question",
            ),
            models.CheckConstraint(
                condition=Q(answers__lte=models.F("replies")), name="thread_answers_are_replies"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """What somebody wrote in a thread. It is never deleted; `states.py` says what becomes of it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    number = models.PositiveIntegerField()
    """In its thread; the opening is 1."""
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    """Somebody who is mentioned stands as `@{her id}`, so that her name goes when her account does."""
    photos = models.JSONField(default=list)
    """As `Product.photo`, one for each picture."""
    to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The post it replies to, where that is not the opening."""
    state = models.CharField(max_length=14, choices=POST_FLOW.choices, default=POST_FLOW.initial)
    hidden_reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    link_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    """Of the link in a notice by which it was written: each link takes one reply."""

    class Meta:
        indexes = [
            models.Index(fields=["author", "-written_at"], name="post_of_author"),
            models.Index(fields=["state", "-id"], condition=~Q(state=VISIBLE), name="post_out_of_sight"),
        ]
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="post_number_once")]

    def __str__(self) -> str:
        return f"#{self.number} {self.thread.title[:60]}"


class PostStep(Kept):
    """A move of a post: who, when, and why."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10)
    to_state = models.CharField(max_length=14, choices=POST_FLOW.choices)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.move} {self.post_id}"


class Report(models.Model):
    """Somebody says that a post breaks the rules; she is told what became of it."""

    HIDDEN, KEPT, WITHDRAWN = "hidden", "kept", "withdrawn"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=9,
        blank=True,
        choices=[
            (HIDDEN, _("Disembunyikan")),
            (KEPT, _("Dibiarkan tampil")),
            (WITHDRAWN, _("Ditarik penulisnya")),
        ],
    )

    class Meta:
        indexes = [
            models.Index(fields=["post"], condition=Q(settled_at=None), name="post_report_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(settled_at=None), name="post_reported_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="post_report_settled_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.reason[:40]}"


class FollowUp(models.Model):
    """What was made of a post elsewhere in the product."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="follow_ups")
    need = models.OneToOneField(Need, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post_id} → {self.need_id}"


class Following(models.Model):
    """Whether somebody hears of new replies in a thread."""

    FOLLOWS, MUTED = "follows", "muted"

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="followings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(max_length=7, choices=[(FOLLOWS, _("Diikuti")), (MUTED, _("Tidak diikuti"))])
    """Muted: she said so, and a reply of hers does not change it."""
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="following_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.wish} {self.thread_id}"


class ThreadText(models.Model):
    """What a listed thread is found by: tokens, as in the search of the shop. The text index follows it
    (`migrations/0001_discussion.py`)."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="+")
    names = models.TextField()
    """Of its title, between blanks."""
    words = models.TextField()
    """Of all that is said in it, and its topic and place."""
    fresh = models.BigIntegerField()
    """Seconds of its newest post: the order of the hits."""

    def __str__(self) -> str:
        return str(self.thread_id)
