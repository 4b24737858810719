"""The page of a link in a notice: it shows the post, and its form replies. Nobody is signed in here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.catalog.views.photos import Received
from etoko.discussion.access import REVOKED, opened_by_link
from etoko.discussion.forms import ReplyForm
from etoko.discussion.operations import Said, write_reply
from etoko.discussion.operations.telling import thread_path
from etoko.discussion.states import VISIBLE
from etoko.discussion.views.writing import received_from, reply_context
from etoko.discussion.words import byline
from etoko.foundation.ids import secret_hash
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET and HEAD only show: scanners and link previews open everything."""
    opened = opened_by_link(token, at=timezone.now())
    received = received_from(request, opened.person) if opened.may_reply else Received()
    return _reply_by_link(request, token, received)


@once
def _reply_by_link(request: HttpRequest, token: str, received: Received) -> HttpResponse:
    at = timezone.now()
    opened = opened_by_link(token, at=at)
    thread, post = opened.post.thread, opened.post
    form = ReplyForm(request.POST if request.method == "POST" and opened.may_reply else None)
    if form.is_bound and form.is_valid() and not received.problems:
        try:
            write_reply(
                thread=thread,
                said=Said(form.cleaned_data["text"], received.uploads),
                by=opened.person,
                at=at,
                to=post,
                link_hash=secret_hash(token),
            )
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Balasan Anda terkirim."))
            return redirect("discussion:reply_by_link", token)
    is_seen = post.state == VISIBLE and opened.standing != REVOKED
    context = reply_context(thread, post if post.number > 1 else None, form, received) if is_seen else {}
    # A number that changed may belong to somebody else now: who it was is none of her business.
    author = "" if opened.standing == REVOKED else byline(opened.person)
    response = render(
        request,
        "discussion/reply_by_link.html",
        context
        | {
            "opened": opened,
            "is_shown": is_seen,
            "author": author,
            "path": thread_path(thread, opened.written.number if opened.written else post.number),
            "token": token,
        },
        status=422 if form.is_bound else 200,
    )
    # The address is the key. "no-referrer" would be stricter, but then browsers send "Origin: null" with
    # our own forms, and Django refuses them.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
