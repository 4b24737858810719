"""A list of goods that a village puts into its own site, and the page that tells it how."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from etoko.catalog.queries_public import home_villages
from etoko.exchange.queries import goods, village_of
from etoko.foundation.addresses import whole_address
from etoko.foundation.pagecache import cacheable

MOST_CARDS = 12


@require_safe
@cacheable(seconds=300)  # type: ignore[arg-type]
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def village_goods(request: HttpRequest, code: str) -> HttpResponse:
    """Stands in a frame of another site; every link opens ours in a tab of its own."""
    village = village_of(code)
    if village is None:
        raise Http404
    return render(
        request,
        "exchange/village_goods.html",
        {
            "village": village.name,
            "rows": goods(village.code, most=MOST_CARDS).cards,
            "all": whole_address(f"/cari/?desa={village.code}"),
        },
    )


@require_safe
@cacheable(seconds=3600)
def for_sites(request: HttpRequest) -> HttpResponse:
    villages = home_villages()
    code = request.GET.get("desa", "") or (villages[0].code if villages else "")
    village = village_of(code)
    if village is None:
        raise Http404
    address = whole_address(f"/sematan/{village.code}/")
    return render(
        request,
        "exchange/for_sites.html",
        {
            "villages": villages,
            "chosen": village.code,
            "name": village.name,
            "frame": f'<iframe src="{address}" title="Produk UMKM Desa {village.name}" width="100%" '
            'height="640" loading="lazy" style="border:0"></iframe>',
            "shown": f"/sematan/{village.code}/",
            "products": whole_address(f"/umpan/produk.json?desa={village.code}"),
            "businesses": whole_address(f"/umpan/usaha.json?desa={village.code}"),
        },
    )
