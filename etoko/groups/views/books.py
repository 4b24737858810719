"""The books: what came in and went out, the three books as page, PDF and spreadsheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.days import INDONESIAN_MONTHS
from etoko.foundation.money import percent_of, show_rupiah
from etoko.foundation.onetime import once
from etoko.groups.access import KEEP_BOOKS, SEE_BOOKS, Standing, group_for, member_for, slip_for
from etoko.groups.forms_books import (
    DepositForm,
    ExpenseForm,
    IncomeForm,
    LoanForm,
    ReversalForm,
    WithdrawalForm,
)
from etoko.groups.models import Member
from etoko.groups.models_books import Loan
from etoko.groups.operations.booking import (
    give_back_savings,
    lend,
    record_expense,
    record_income,
    reverse_slip,
    take_deposit,
)
from etoko.groups.queries import books as queries
from etoko.groups.queries.groups import member_rows
from etoko.groups.views.common import Crumbs, Look, done, form_page, group_render, sheet_file
from etoko.registry.access import signed_in

_MONEY = {"type": "money"}
_LOOK: Look = {
    "on": {"type": "date"},
    "months": {"type": "number", "inputmode": "numeric", "suffix": gettext_lazy("bulan"), "short": True},
    **dict.fromkeys(
        (
            "amount_rp",
            "charge_rp",
            "instalment_rp",
            "mandatory_rp",
            "dues_rp",
            "voluntary_rp",
            "principal_rp",
        ),
        _MONEY | {"mark_optional": False},
    ),
}


@never_cache
@login_required
@require_safe
def books(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, SEE_BOOKS)
    context = {
        "totals": queries.totals_of(standing.group),
        "slips": queries.newest_slips(standing.group),
        "members": member_rows(standing.group)[0],
    }
    return group_render(request, "groups/books.html", standing, context)


@never_cache
@login_required
@require_safe
def book(request: HttpRequest, group_id: str, which: str) -> HttpResponse:
    standing, period = _period(request, group_id, which)
    today = timezone.localdate()
    context = {
        "sheet": queries.book_sheet(standing.group, which, period, today=today),
        "which": which,
        "period": period,
        "query": f"?tahun={period.year}" + (f"&bulan={period.month}" if period.month else ""),
        "years": queries.years_of(standing.group, today=today),
        "months": [] if which == queries.LOANS else list(enumerate(INDONESIAN_MONTHS, 1)),
    }
    return group_render(request, "groups/book.html", standing, context)


@never_cache
@login_required
@require_safe
def book_file(request: HttpRequest, group_id: str, which: str, form: str) -> HttpResponse:
    standing, period = _period(request, group_id, which)
    sheet = queries.book_sheet(standing.group, which, period, today=timezone.localdate())
    return sheet_file(sheet, form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def deposit(request: HttpRequest, group_id: str, number: int) -> HttpResponse:
    """What one member hands over; "lagi" goes on to the next one in the book, as at a meeting."""
    standing, member = member_for(signed_in(request.user), group_id, number, KEEP_BOOKS)
    loans = [loan for loan in queries.member_money(member).loans if loan.left_rp]
    form = DepositForm(
        request.POST if request.method == "POST" else None, loans=loans, initial=_agreed(standing, loans)
    )

    def deed() -> None:
        chosen = form.cleaned_data.get("loan")
        take_deposit(
            standing=standing,
            member=member,
            deposit=form.deposit(),
            loan=Loan.objects.get(pk=chosen, member=member) if chosen else None,
            on=form.cleaned_data["on"],
            at=timezone.now(),
        )

    if request.method == "POST" and done(form, deed):
        messages.success(request, _("Setoran %(name)s tercatat.") % {"name": member.name})
        following = _next(member)
        if "lagi" in request.POST and following:
            return redirect("groups:deposit", group_id, following.number)
        return redirect("groups:books", group_id)
    left = ", ".join(
        _("%(purpose)s, sisa %(left)s") % {"purpose": loan.purpose, "left": show_rupiah(loan.left_rp)}
        for loan in loans
    )
    return form_page(
        request,
        form,
        title=_("Setoran %(name)s") % {"name": member.name},
        lead=_("Pinjaman: %(loans)s") % {"loans": left}
        if left
        else _("Isi yang dibayar; kosongkan yang tidak."),
        button=_("Catat"),
        again=_("Catat, lalu anggota berikutnya"),
        crumbs=_crumbs(standing, _("Setoran")),
        look=_LOOK,
        for_name=standing.for_name,
    )


def _agreed(standing: Standing, loans: list[queries.LoanRow]) -> dict[str, Any]:
    group = standing.group
    oldest = loans[0] if loans else None
    return {
        "on": timezone.localdate(),
        "mandatory_rp": group.monthly_saving_rp or "",
        "dues_rp": group.monthly_dues_rp or "",
        "instalment_rp": oldest.instalment_rp if oldest else "",
        "charge_rp": (oldest.charge_rp if oldest else 0) or "",
        "loan": str(oldest.id) if oldest else "",
    }


def _next(member: Member) -> Member | None:
    return Member.objects.filter(
        group=member.group_id, number__gt=member.number, left_on__isnull=True
    ).first()


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def loan(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, KEEP_BOOKS)
    form = LoanForm(_sent(request), members=_members(standing), initial=_today())

    def deed() -> None:
        data = form.cleaned_data
        usual = percent_of(data["amount_rp"], standing.group.charge_percent)
        lend(
            standing=standing,
            member=_member(standing, data["member"]),
            amount_rp=data["amount_rp"],
            purpose=data["purpose"],
            months=data["months"],
            charge_rp=data["charge_rp"] if request.POST.get("charge_rp", "").strip() else usual,
            on=data["on"],
            at=timezone.now(),
        )

    if request.method == "POST" and done(form, deed):
        return _booked(request, group_id, _("Pinjaman tercatat."))
    return _page(request, form, standing, title=_("Pinjaman baru"), button=_("Catat pinjaman"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def withdrawal(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, KEEP_BOOKS)
    form = WithdrawalForm(_sent(request), members=_members(standing), initial=_today())

    def deed() -> None:
        data = form.cleaned_data
        give_back_savings(
            standing=standing,
            member=_member(standing, data["member"]),
            kind=data["kind"],
            amount_rp=data["amount_rp"],
            on=data["on"],
            at=timezone.now(),
        )

    if request.method == "POST" and done(form, deed):
        return _booked(request, group_id, _("Pengambilan simpanan tercatat."))
    return _page(request, form, standing, title=_("Ambil simpanan"), button=_("Catat pengambilan"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def income(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, KEEP_BOOKS)
    form = IncomeForm(_sent(request), initial=_today())

    def deed() -> None:
        data = form.cleaned_data
        record_income(
            standing=standing,
            amount_rp=data["amount_rp"],
            text=data["text"],
            is_opening=data["opening"] == "opening",
            on=data["on"],
            at=timezone.now(),
        )

    if request.method == "POST" and done(form, deed):
        return _booked(request, group_id, _("Uang masuk tercatat."))
    return _page(request, form, standing, title=_("Uang masuk lain"), button=_("Catat uang masuk"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def expense(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, KEEP_BOOKS)
    form = ExpenseForm(_sent(request), initial=_today())
    if request.method == "POST" and done(
        form, lambda: record_expense(standing=standing, at=timezone.now(), **form.cleaned_data)
    ):
        return _booked(request, group_id, _("Uang keluar tercatat."))
    return _page(request, form, standing, title=_("Uang keluar"), button=_("Catat uang keluar"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def slip(request: HttpRequest, group_id: str, number: int) -> HttpResponse:
    """One slip; its POST takes it back."""
    standing, found = slip_for(signed_in(request.user), group_id, number)
    form = ReversalForm(_sent(request))
    if request.method == "POST":
        if not standing.may(KEEP_BOOKS):
            raise Http404
        if done(
            form,
            lambda: reverse_slip(
                standing=standing, slip=found, reason=form.cleaned_data["reason"], at=timezone.now()
            ),
        ):
            return _booked(request, group_id, _("Bukti %(number)s dibatalkan.") % {"number": number})
    context = {
        "row": queries.slip_row(found),
        "parts": queries.slip_parts(found),
        "by": found.by.name,
        "for_whom": found.for_name,
        "at": found.at,
        "reason": found.reason,
        "form": form,
        "reverses": found.reverses.number if found.reverses else 0,
        "reversed_by": found.reversed_by.number if hasattr(found, "reversed_by") else 0,
    }
    status = 422 if form.is_bound else 200
    return group_render(request, "groups/slip.html", standing, context, status=status)


def _period(request: HttpRequest, group_id: str, which: str) -> tuple[Standing, queries.Period]:
    standing = group_for(signed_in(request.user), group_id, SEE_BOOKS)
    if which not in (queries.CASH, queries.SAVINGS, queries.LOANS):
        raise Http404
    today = timezone.localdate()
    year, month = request.GET.get("tahun", ""), request.GET.get("bulan", "")
    chosen = int(year) if year.isdecimal() and 2000 <= int(year[:5]) <= today.year else today.year
    wanted = int(month) if month.isdecimal() and 1 <= int(month[:3]) <= 12 else 0
    if not year and not month and which != queries.LOANS:
        wanted = today.month
    return standing, queries.Period(chosen, 0 if which == queries.LOANS else wanted)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _today() -> dict[str, Any]:
    return {"on": timezone.localdate()}


def _members(standing: Standing) -> list[tuple[int, str]]:
    return list(standing.group.members.filter(left_on__isnull=True).values_list("number", "name"))


def _member(standing: Standing, number: str) -> Member:
    return standing.group.members.get(number=int(number))


def _booked(request: HttpRequest, group_id: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("groups:books", group_id)


def _page(
    request: HttpRequest, form: forms.Form, standing: Standing, *, title: str, button: str
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        button=button,
        crumbs=_crumbs(standing, title),
        look=_LOOK,
        for_name=standing.for_name,
    )


def _crumbs(standing: Standing, last: str) -> Crumbs:
    group_id = standing.group.public_id
    return [
        (standing.group.name, reverse("groups:group", args=[group_id])),
        (_("Buku"), reverse("groups:books", args=[group_id])),
        (last, ""),
    ]
