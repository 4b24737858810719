"""Whoever is signed in opens a thread, replies, chooses an answer, follows, takes back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.catalog.views.photos import Received, receive_photos
from etoko.discussion.access import Standing, own_post, post_for, things_to_note_for, thread_to_read
from etoko.discussion.forms import ReplyForm, ThreadForm
from etoko.discussion.models import Following, Post, Thread
from etoko.discussion.operations import (
    Said,
    choose_answer,
    set_following,
    start_thread,
    withdraw_post,
    write_reply,
)
from etoko.discussion.operations.moderating import may_decide
from etoko.discussion.operations.telling import thread_path
from etoko.discussion.operations.writing import MOST_PHOTOS
from etoko.discussion.queries import fates, reading
from etoko.discussion.states import APPEALED, OUT_OF_SIGHT, VISIBLE
from etoko.discussion.views.public import number
from etoko.discussion.words import byline
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.people.sessions import signed_in as sign_in_first
from etoko.places.models import Area
from etoko.registry.access import signed_in


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def new_thread(request: HttpRequest) -> HttpResponse:
    # Before the one-time key is taken: making pictures small takes a while, and nobody should wait for it.
    return _new_thread(request, received_from(request, signed_in(request.user)))


@once
def _new_thread(request: HttpRequest, received: Received) -> HttpResponse:
    person = signed_in(request.user)
    form = ThreadForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and not received.problems:
        given = form.cleaned_data
        try:
            thread = start_thread(
                kind=given["kind"],
                topic=given["topic"],
                area=Area.objects.get(pk=given["area"]),
                title=given["title"],
                said=Said(given["text"], received.uploads),
                by=person,
                at=timezone.now(),
            )
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Terkirim. Anda dikabari kalau ada yang membalas."))
            return redirect(thread_path(thread, 1))
    return render(
        request,
        "discussion/new_thread.html",
        {"form": form, "received": received, "author": byline(person)},
        status=422 if form.is_bound else 200,
    )


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, thread_id: str) -> HttpResponse:
    return _reply(request, thread_id, received_from(request, signed_in(request.user)))


@once
def _reply(request: HttpRequest, thread_id: str, received: Received) -> HttpResponse:
    person, thread = signed_in(request.user), thread_to_read(thread_id)
    to = _replied_to(thread, request.POST.get("to") or request.GET.get("kepada", ""))
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not received.problems:
        try:
            post = write_reply(
                thread=thread,
                said=Said(form.cleaned_data["text"], received.uploads),
                by=person,
                at=timezone.now(),
                to=to,
            )
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Balasan Anda terkirim."))
            return redirect(thread_path(thread, post.number))
    return render(
        request,
        "discussion/reply.html",
        reply_context(thread, to, form, received) | {"author": byline(person)},
        status=422 if form.is_bound else 200,
    )


def reply_context(thread: Thread, to: Post | None, form: ReplyForm, received: Received) -> dict[str, Any]:
    """With the post that is replied to, or the opening."""
    post = to or thread.posts.select_related("author__home_area", "to__author").get(number=1)
    return {
        "thread": reading.row_of(thread),
        "thread_id": thread.public_id,
        "is_seen": thread.listing == Thread.LISTED,
        "form": form,
        "received": received,
        "to": to.public_id if to else "",
        "post": reading.post_rows([post], thread)[0],
    }


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD"])
def post(request: HttpRequest, post_id: str) -> HttpResponse:
    """All that she can do with a post."""
    return post_page(request, post_id)


def post_page(request: HttpRequest, post_id: str, *, problem: UnableTo | None = None) -> HttpResponse:
    standing = post_for(signed_in(request.user), post_id)
    found, thread = standing.post, standing.post.thread
    row = reading.post_rows([found], thread)[0]
    follows = Following.objects.filter(thread=thread, person=standing.person).first()
    may_choose = (
        (standing.is_asker or standing.may_tend)
        and thread.kind == Thread.QUESTION
        and found.number > 1
        and found.state == VISIBLE
        and thread.chosen_id != found.pk
    )
    return render(
        request,
        "discussion/post.html",
        {
            "post": reading.with_words(row, found) if found.state in OUT_OF_SIGHT else row,
            "thread_id": thread.public_id,
            "title": thread.title,
            "back": thread_path(thread, found.number),
            "is_author": standing.is_author,
            "is_seen": found.state == VISIBLE,
            "may_choose": may_choose,
            "follows": follows is not None and follows.wish == Following.FOLLOWS,
            "fate": fates.fate_of(found) if standing.parties else None,
            "may_tend": standing.may_tend,
            "may_note": _may_note(standing),
            "may_hide": standing.may_tend and not standing.is_author and found.state == VISIBLE,
            "decides": standing.may_tend and found.state == APPEALED and may_decide(standing),
            "state": found.state,
            "problem": problem.sentence if problem else "",
            "typed": request.POST,
        },
        status=422 if problem else 200,
    )


@never_cache
@login_required
@require_POST
@once
def choose(request: HttpRequest, post_id: str) -> HttpResponse:
    standing = post_for(signed_in(request.user), post_id)
    try:
        choose_answer(standing=standing, at=timezone.now())
    except UnableTo as problem:
        return post_page(request, post_id, problem=problem)
    messages.success(request, _("Jawaban terpilih. Yang menulisnya diberi tahu."))
    return redirect(thread_path(standing.post.thread, standing.post.number))


@never_cache
@login_required
@require_POST
@once
def withdraw(request: HttpRequest, post_id: str) -> HttpResponse:
    standing = own_post(signed_in(request.user), post_id)
    try:
        withdraw_post(standing=standing, at=timezone.now())
    except UnableTo as problem:
        return post_page(request, post_id, problem=problem)
    messages.success(request, _("Kiriman Anda ditarik. Isinya tidak dilihat orang lagi."))
    return redirect(thread_path(standing.post.thread))


@never_cache
@login_required
@require_POST
@once
def follow(request: HttpRequest, thread_id: str) -> HttpResponse:
    thread, wish = thread_to_read(thread_id), request.POST.get("wish", "")
    if wish not in (Following.FOLLOWS, Following.MUTED):
        raise Http404
    set_following(thread=thread, wish=wish, by=signed_in(request.user), at=timezone.now())
    messages.success(
        request,
        _("Anda dikabari kalau ada balasan baru.")
        if wish == Following.FOLLOWS
        else _("Anda tidak dikabari lagi tentang pembicaraan ini."),
    )
    return redirect(thread_path(thread))


@never_cache
@sign_in_first
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What became of everything she wrote."""
    page = number(request.GET.get("hal", "")) or 1
    rows, has_more = fates.own_posts(signed_in(request.user), page=page)
    return render(
        request,
        "discussion/mine.html",
        {"rows": rows, "page": page, "last": page + has_more, "nav_active": "saya"},
    )


def received_from(request: HttpRequest, person: Person) -> Received:
    return receive_photos(request, person, most=MOST_PHOTOS) if request.method == "POST" else Received()


def _may_note(standing: Standing) -> bool:
    try:
        return bool(things_to_note_for(standing))
    except Http404:
        return False


def _replied_to(thread: Thread, public_id: str) -> Post | None:
    found = Post.objects.select_related("author__home_area", "to__author").filter(
        thread=thread, public_id=public_id, state=VISIBLE, number__gt=1
    )
    return found.first() if public_id else None


def _initial(request: HttpRequest) -> dict[str, str]:
    """The topic and village of the list that she came from."""
    return {
        "kind": Thread.QUESTION,
        "topic": request.GET.get("topik", ""),
        "area": request.GET.get("desa", ""),
    }
