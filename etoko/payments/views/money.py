"""The money of a shop: who has not paid, what has to go back, and the report with its sheets."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.catalog.access import shop_for_seller
from etoko.foundation.charts import Series, bar_chart, line_chart
from etoko.foundation.days import show_month
from etoko.foundation.money import show_rupiah, show_rupiah_short
from etoko.payments.queries.money import ledger_rows, money_page, money_report
from etoko.payments.spreadsheets import ledger_csv, report_xlsx
from etoko.payments.views.common import frame, seller_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def money(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(seller_of(request), shop_id)
    page = money_page(selling.shop, at=timezone.now())
    return render(request, "payments/money.html", {**frame(selling), "page": page})


@never_cache
@login_required
@require_safe
def report(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(seller_of(request), shop_id)
    found = money_report(selling.shop, at=timezone.now())
    months = [show_month(row.month) for row in found.months]
    over_time = line_chart(
        _("Nilai pesanan dan uang yang diterima"),
        months,
        [
            Series(_("Diterima"), [row.received_rp for row in found.months]),
            Series(_("Nilai pesanan"), [row.due_rp for row in found.months]),
        ],
        show=lambda value: show_rupiah_short(int(value)),
        heading=_("Bulan"),
    )
    by_method = bar_chart(
        _("Diterima lewat apa"),
        found.by_method,
        show=lambda value: show_rupiah(int(value)),
        heading=_("Lewat"),
    )
    return render(
        request,
        "payments/report.html",
        {**frame(selling), "report": found, "over_time": over_time, "by_method": by_method},
    )


@never_cache
@login_required
@require_safe
def sheet(request: HttpRequest, shop_id: str, kind: str) -> HttpResponse:
    """`kind` is "xlsx" or "csv", as the address says."""
    selling, at = shop_for_seller(seller_of(request), shop_id), timezone.now()
    ledger = ledger_rows(selling.shop, at=at)
    if kind == "csv":
        response = HttpResponse(ledger_csv(ledger), content_type="text/csv; charset=utf-8")
    else:
        content = report_xlsx(money_report(selling.shop, at=at), ledger)
        response = HttpResponse(content, content_type=_XLSX)
    name = f"uang-{selling.shop.slug}-{timezone.localdate(at):%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
