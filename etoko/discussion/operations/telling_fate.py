"""Whoever wrote, reported or appealed hears what became of it; whoever looks after the discussions, that
something waits for her."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.discussion.models import Post, PostStep, Report
from etoko.discussion.operations.telling import about, thread_path
from etoko.foundation.addresses import whole_address
from etoko.notices.operations.sending import Message, send_notices
from etoko.people.access import people_with
from etoko.people.models import Person
from etoko.people.roles import TEND_DISCUSSION

_FATES: dict[str, tuple[Promise, Promise]] = {
    "hide": (
        gettext_lazy("Kiriman Anda disembunyikan"),
        gettext_lazy(
            "Kiriman Anda di “%(title)s” disembunyikan pendamping diskusi. Alasannya: %(reason)s. "
            "Tidak setuju? Ajukan keberatan; orang lain yang memutuskan."
        ),
    ),
    "restore": (
        gettext_lazy("Kiriman Anda tampil lagi"),
        gettext_lazy("Kiriman Anda di “%(title)s” tampil lagi."),
    ),
    "grant": (
        gettext_lazy("Keberatan Anda diterima"),
        gettext_lazy("Kiriman Anda di “%(title)s” tampil lagi. Alasannya: %(reason)s."),
    ),
    "uphold": (
        gettext_lazy("Keberatan Anda ditolak"),
        gettext_lazy("Kiriman Anda di “%(title)s” tetap disembunyikan. Alasannya: %(reason)s."),
    ),
}
_OUTCOMES: dict[str, Promise] = {
    Report.HIDDEN: gettext_lazy("Kiriman yang Anda laporkan di “%(title)s” disembunyikan. Terima kasih."),
    Report.KEPT: gettext_lazy(
        "Kiriman yang Anda laporkan di “%(title)s” sudah diperiksa dan tetap tampil: tidak melanggar aturan."
    ),
    Report.WITHDRAWN: gettext_lazy("Kiriman yang Anda laporkan di “%(title)s” sudah ditarik penulisnya."),
}


def tell_author(post: Post, move: str, reason: str, *, at: datetime) -> None:
    path = reverse("discussion:post", args=[post.public_id])
    _tell(post, [post.author], occasion=move, told=_FATES[move], path=path, at=at, reason=reason)


def tell_reporters(post: Post, reports: Sequence[Report], outcome: str, *, at: datetime) -> None:
    told = (gettext_lazy("Laporan Anda sudah diperiksa"), _OUTCOMES[outcome])
    people = [report.by for report in reports]
    _tell(post, people, occasion=outcome, told=told, path=thread_path(post.thread), at=at)


def tell_others_to_decide(post: Post, *, at: datetime) -> None:
    """Whoever looks after the discussions of the place, but who hid it and who wrote it."""
    hid = PostStep.objects.filter(post=post, move="hide").order_by("-id").values_list("by_id", flat=True)[:1]
    people = [
        person
        for person in people_with(TEND_DISCUSSION, post.thread.area_id)
        if person.pk not in (*hid, post.author_id)
    ]
    title = gettext_lazy("Ada keberatan yang menunggu keputusan Anda")
    sentence = gettext_lazy("Penulis sebuah kiriman yang disembunyikan di “%(title)s” mengajukan keberatan.")
    path = reverse("discussion:post", args=[post.public_id])
    _tell(post, people, occasion="appeal", told=(title, sentence), path=path, at=at)


def _tell(
    post: Post,
    people: Sequence[Person],
    *,
    occasion: str,
    told: tuple[Promise, Promise],
    path: str,
    at: datetime,
    reason: str = "",
) -> None:
    """`told` is a title and a sentence."""
    title, sentence = told
    words = {"title": post.thread.title, "reason": reason.rstrip(".")}
    messages = []
    for person in people:
        with translation.override(person.language):
            text = f"{str(sentence) % words}\n\n{_('Lihat: %(link)s') % {'link': whole_address(path)}}"
            messages.append(
                Message(
                    key=f"post:{post.pk}:{occasion}:{at:%Y%m%d%H%M%S%f}:{person.pk}",
                    kind="discussion_fate",
                    title=str(title),
                    text=text,
                    recipient=person,
                    path=path,
                    about=about(post.thread_id, post.author_id),
                )
            )
    send_notices(messages=messages, at=at)
