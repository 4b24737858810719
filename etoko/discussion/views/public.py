"""What everybody reads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from etoko.discussion.access import thread_to_read
from etoko.discussion.queries import reading
from etoko.discussion.topics import TOPICS
from etoko.foundation.addresses import whole_address
from etoko.foundation.pagecache import cacheable


@require_safe
@cacheable(seconds=300)
def discussion(request: HttpRequest) -> HttpResponse:
    places = reading.places()
    asked = asked_by(request, dict(places))
    return render(
        request,
        "discussion/discussion.html",
        {
            "list": reading.threads(asked),
            "asked": asked,
            "topics": list(TOPICS.values()),
            "places": places,
            "canonical": whole_address("/diskusi/"),
        },
    )


@require_safe
@cacheable(seconds=300)
def thread(request: HttpRequest, thread_id: str, slug: str) -> HttpResponse:
    found = thread_to_read(thread_id)
    if slug != found.slug:
        return redirect("discussion:thread", found.public_id, found.slug)
    page = reading.thread_page(found, page=number(request.GET.get("hal", "")) or 1)
    return render(request, "discussion/thread.html", {"page": page, "canonical": whole_address(page.path)})


def asked_by(request: HttpRequest, villages: dict[str, str]) -> reading.Asked:
    given = request.GET
    topic, area, tab = given.get("topik", ""), given.get("desa", ""), given.get("tampil", "")
    return reading.Asked(
        topic=topic if topic in TOPICS else "",
        area=area if area in villages else "",
        tab=tab if tab in (reading.QUESTIONS, reading.UNANSWERED) else reading.ALL,
        q=given.get("q", "").strip()[:100],
        after=given.get("sesudah", "")[:50],
    )


def number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
