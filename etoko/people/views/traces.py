"""`/petugas/jejak/`: who did what, when, within one's own area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.audit.queries import find_traces
from etoko.people import queries
from etoko.people.access import areas_with, covers, readable_traces, reader_of_traces
from etoko.people.forms import TraceForm
from etoko.people.roles import SEE_TRACES
from etoko.people.sessions import signed_in


@never_cache
@signed_in
@require_safe
def traces(request: HttpRequest) -> HttpResponse:
    reader = reader_of_traces(request.user)
    codes = areas_with(reader, SEE_TRACES)
    form = TraceForm({"q": "", **request.GET.dict()})
    form.is_valid()
    asked = form.cleaned_data
    # Only smaller than one's own area: an area that lies elsewhere finds nothing.
    wanted = str(asked.get("area") or "")
    if wanted:
        codes = [wanted] if any(covers(code, wanted) for code in codes) else []
    page_number = _page_number(request.GET.get("hal", ""))
    page = find_traces(
        area_codes=codes,
        words=str(asked.get("q") or ""),
        day=asked.get("day"),
        page=page_number,
        may_read=readable_traces(reader),
    )
    query = request.GET.copy()
    query.pop("hal", None)
    query["hal"] = ""
    return render(
        request,
        "people/traces.html",
        {
            "form": form,
            "page": page,
            "areas": queries.areas_of_right(reader, SEE_TRACES),
            "prefix": f"?{query.urlencode()}",
            "nav_active": "saya",
        },
    )


def _page_number(text: str) -> int:
    return min(int(text), 10_000) if text.isdecimal() and len(text) < 6 and int(text) else 1
