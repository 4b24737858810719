"""A post that breaks the rules is reported, looked at, hidden with a reason or left; its author may appeal,
and somebody else decides. Everybody who said something hears what became of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.discussion.access import Standing
from etoko.discussion.models import Post, PostStep, Report
from etoko.discussion.operations.counting import follow_posts
from etoko.discussion.operations.telling_fate import tell_author, tell_others_to_decide, tell_reporters
from etoko.discussion.states import AUTHOR, POST_FLOW, TENDER, VISIBLE
from etoko.foundation.problems import UnableTo

LONGEST_REASON = 300


class UnableToModerate(UnableTo):
    pass


@transaction.atomic
def report_post(*, standing: Standing, reason: str, at: datetime) -> None:
    """Anybody who is signed in, once until it is settled. Raises UnableToModerate."""
    reason = _checked(reason)
    post = Post.objects.select_for_update(of=("self",)).get(pk=standing.post.pk)
    if post.state != VISIBLE:
        raise UnableToModerate(_("Kiriman ini sudah tidak tampil."))
    if standing.is_author:
        raise UnableToModerate(_("Ini kiriman Anda sendiri. Anda bisa menariknya."))
    if post.reports.filter(by=standing.person, settled_at=None).exists():
        raise UnableToModerate(_("Anda sudah melaporkan kiriman ini. Hasilnya dikabarkan kepada Anda."))
    Report.objects.create(post=post, by=standing.person, reason=reason, at=at)
    _record("report_post", standing, at, reason)


@transaction.atomic
def keep_post(*, standing: Standing, at: datetime) -> int:
    """Looked at and left: its reports are settled. Returns how many there were."""
    _check_tends(standing)
    post = Post.objects.select_for_update(of=("self",)).get(pk=standing.post.pk)
    settled = settle_reports(post, Report.KEPT, at=at)
    if settled:
        _record("keep_post", standing, at)
    return settled


@transaction.atomic
def hide_post(*, standing: Standing, reason: str, at: datetime) -> Post:
    """Nobody reads it; a line with the reason stays. Raises UnableToModerate or UnableToMove."""
    if standing.is_author:
        raise UnableToModerate(_("Ini kiriman Anda sendiri. Anda bisa menariknya."))
    post = _moved(standing, "hide", _checked(reason), at, party=TENDER)
    settle_reports(post, Report.HIDDEN, at=at)
    return post


@transaction.atomic
def restore_post(*, standing: Standing, at: datetime) -> Post:
    """It was hidden by mistake. Raises UnableToMove."""
    return _moved(standing, "restore", "", at, party=TENDER)


@transaction.atomic
def appeal_post(*, standing: Standing, reason: str, at: datetime) -> Post:
    """Its author says why it should be read. Raises UnableToModerate or UnableToMove."""
    return _moved(standing, "appeal", _checked(reason), at, party=AUTHOR)


@transaction.atomic
def decide_appeal(*, standing: Standing, granted: bool, reason: str, at: datetime) -> Post:
    """By somebody who neither hid nor wrote it. Raises UnableToModerate or UnableToMove."""
    if not may_decide(standing):
        raise UnableToModerate(
            _("Anda yang menyembunyikan atau menulis kiriman ini. Keberatannya diputuskan orang lain.")
        )
    move = "grant" if granted else "uphold"
    return _moved(standing, move, _checked(reason), at, party=TENDER, within="decide_appeal")


def may_decide(standing: Standing) -> bool:
    hid = PostStep.objects.filter(post=standing.post, move="hide").order_by("-id").first()
    return not standing.is_author and (hid is None or hid.by_id != standing.person.pk)


def settle_reports(post: Post, outcome: str, *, at: datetime) -> int:
    """Whoever reported it hears what became of it. Returns how many there were."""
    open_reports = list(post.reports.filter(settled_at=None).select_related("by"))
    post.reports.filter(settled_at=None).update(settled_at=at, outcome=outcome)
    tell_reporters(post, open_reports, outcome, at=at)
    return len(open_reports)


def _moved(standing: Standing, move: str, reason: str, at: datetime, *, party: str, within: str = "") -> Post:
    parties = [held for held in standing.parties if held == party]
    post = POST_FLOW.make_move(standing.post, move, parties=parties, reason=reason, within=within)
    post.hidden_reason = "" if post.state == VISIBLE else reason if move == "hide" else post.hidden_reason
    post.save(update_fields=["hidden_reason"])
    PostStep.objects.create(
        post=post, move=move, to_state=post.state, reason=reason, by=standing.person, at=at
    )
    if post.state == VISIBLE or move == "hide":
        follow_posts(post.thread_id)
    _record(f"{move}_post", standing, at, reason)
    if move == "appeal":
        tell_others_to_decide(standing.post, at=at)
    else:
        tell_author(standing.post, move, reason, at=at)
    return post


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise UnableToModerate(_("Pilih atau tulis alasannya dulu."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise UnableToModerate(_("Alasan paling banyak %d huruf.") % LONGEST_REASON, field="reason")
    return reason


def _check_tends(standing: Standing) -> None:
    if not standing.may_tend:
        raise UnableToModerate(_("Yang memeriksa laporan adalah pendamping diskusi di wilayah ini."))


def _record(deed: str, standing: Standing, at: datetime, reason: str = "") -> None:
    record_deed(
        deed=deed,
        subject=standing.post,
        by=standing.person,
        at=at,
        area_code=standing.post.thread.area_id,
        reason=reason,
    )
