"""Search and categories: the same filters over the same index."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from etoko.catalog import queries_public as queries
from etoko.catalog.models import SearchEntry
from etoko.catalog.queries_cards import cards
from etoko.catalog.queries_public import CategoryRow, Village
from etoko.catalog.search import finding, suggesting
from etoko.catalog.search.finding import After, Filters
from etoko.catalog.search.understanding import Understood, understand
from etoko.foundation.addresses import whole_address
from etoko.foundation.money import MOST_RP, UnableToReadMoney, read_rupiah, show_rupiah
from etoko.foundation.pagecache import cacheable

KINDS = {"produk": SearchEntry.PRODUCT, "toko": SearchEntry.SHOP, "usaha": SearchEntry.BUSINESS}
ORDERS = (finding.RELEVANCE, finding.NEWEST, finding.CHEAPEST, finding.DEAREST, finding.BEST)


@dataclass(frozen=True)
class Asked:
    """The address as it was read; what makes no sense in it is left out and never an error."""

    q: str = ""
    jenis: str = "produk"
    desa: str = ""
    kategori: str = ""
    harga_min: int | None = None
    harga_max: int | None = None
    buka: str = ""
    urut: str = finding.RELEVANCE

    @classmethod
    def read(cls, request: HttpRequest) -> "Asked":
        get = request.GET.get
        jenis, urut = get("jenis", ""), get("urut", "")
        least, most = _price(get("harga_min", "")), _price(get("harga_max", ""))
        if least is not None and most is not None and least > most:
            least, most = most, least
        return cls(
            q=" ".join(get("q", "").replace("\0", "").split())[:100],
            jenis=jenis if jenis in KINDS else "produk",
            desa=get("desa", "")[:13],
            kategori=get("kategori", "")[:60],
            harga_min=least,
            harga_max=most,
            buka="1" if get("buka") == "1" else "",
            urut=urut if urut in ORDERS else finding.RELEVANCE,
        )

    def query(self, **changes: object) -> str:
        """ "?q=…" without what is as it would be anyway."""
        given = replace(self, **changes)  # type: ignore[arg-type]
        usual = Asked()
        pairs = [
            (name, value)
            for name, value in vars(given).items()
            if value not in (None, "") and value != getattr(usual, name)
        ]
        return f"?{urlencode(pairs)}" if pairs else "?"


def _price(text: str) -> int | None:
    try:
        return read_rupiah(text, least_rp=1, most_rp=MOST_RP)
    except UnableToReadMoney:
        return None


@require_safe
@cacheable(seconds=60, on_the_minute=True)
def search(request: HttpRequest) -> HttpResponse:
    asked = Asked.read(request)
    categories, villages = queries.categories(), queries.home_villages()
    chosen = next((row for row in categories if row.slug == asked.kategori), None)
    village = next((row for row in villages if row.code == asked.desa), None)
    after = After.read(request.GET.get("setelah", ""))
    understood = understand(asked.q) if asked.q else Understood("")
    filters = _filters(asked, chosen, village)
    found = finding.find(understood, filters, order=asked.urut, after=after)
    total = _total(understood, filters, found, after)
    is_goods = asked.jenis == "produk"
    rows = cards(found.refs) if is_goods else []
    places = [] if is_goods else finding.places_by_ref(KINDS[asked.jenis], found.refs)
    beside = (
        finding.find_places(understood, filters)
        if is_goods and asked.q and not after and found.steps < 3
        else []
    )
    return render(
        request,
        "catalog/search.html",
        {
            "asked": asked,
            "understood": understood,
            "rows": rows,
            "places": places,
            "beside": beside,
            "total": total,
            "next": _next(asked, found),
            "is_first": after is None,
            "categories": categories,
            "villages": villages,
            "chosen": chosen,
            "village": village,
            "chips": _chips(asked, chosen, village),
            "canonical": whole_address(f"/cari/{Asked(q=asked.q).query()}".rstrip("?")),
            "nav_active": "cari",
        },
    )


@require_safe
@cacheable(seconds=60, on_the_minute=True)
def category(request: HttpRequest, slug: str) -> HttpResponse:
    asked = replace(Asked.read(request), kategori="", q="", jenis="produk")
    categories, villages = queries.categories(), queries.home_villages()
    chosen = next((row for row in categories if row.slug == slug), None)
    if chosen is None:
        raise Http404
    group = next((row for row in categories if row.id == chosen.parent_id), chosen)
    village = next((row for row in villages if row.code == asked.desa), None)
    after = After.read(request.GET.get("setelah", ""))
    filters = _filters(asked, chosen, village)
    order = finding.NEWEST if asked.urut == finding.RELEVANCE else asked.urut
    found = finding.find(Understood(""), filters, order=order, after=after)
    return render(
        request,
        "catalog/category.html",
        {
            "asked": asked,
            "category": chosen,
            "group": group,
            "siblings": [row for row in categories if row.parent_id == group.id],
            "groups": [row for row in categories if row.parent_id is None],
            "villages": villages,
            "village": village,
            "rows": cards(found.refs),
            "total": _total(Understood(""), filters, found, after),
            "next": _next(asked, found),
            "is_first": after is None,
            "chips": _chips(asked, None, village),
            "canonical": whole_address(chosen.href),
            "nav_active": "cari",
        },
    )


@require_safe
@cacheable(seconds=60)
def suggest(request: HttpRequest) -> HttpResponse:
    """What the search field offers while somebody types: [{"text", "href", "note"}]."""
    text = request.GET.get("q", "").replace("\0", "")[:100]
    return JsonResponse([vars(line) for line in suggesting.suggestions(text)], safe=False)


def _filters(asked: Asked, chosen: CategoryRow | None, village: Village | None) -> Filters:
    is_goods = asked.jenis == "produk"
    is_leaf = chosen is not None and chosen.parent_id is not None
    return Filters(
        kind=KINDS[asked.jenis],
        area=village.code if village else "",
        category_id=chosen.id if chosen and is_leaf and is_goods else None,
        group_id=chosen.id if chosen and not is_leaf and is_goods else None,
        price_from_rp=asked.harga_min if is_goods else None,
        price_to_rp=asked.harga_max if is_goods else None,
        open_at=timezone.now() if asked.buka and asked.jenis != "usaha" else None,
    )


def _total(understood: Understood, filters: Filters, found: finding.Found, after: After | None) -> str:
    """In words; empty where it would cost too much to know."""
    if after or understood.is_hopeless:
        return ""
    if found.next is None:
        return str(len(found.refs))
    if found.steps > 2 or filters.open_at:
        return ""
    total = finding.count(understood, filters)
    return _("lebih dari 300") if total > finding.COUNTED else str(total)


def _next(asked: Asked, found: finding.Found) -> str:
    if found.next is None:
        return ""
    query = asked.query()
    return f"{query}{'' if query == '?' else '&'}setelah={found.next}"


def _chips(asked: Asked, chosen: CategoryRow | None, village: Village | None) -> list[tuple[str, str]]:
    """Each filter that is set, with the address without it."""
    chips = []
    if chosen:
        chips.append((chosen.name, asked.query(kategori="")))
    if village:
        chips.append((village.name, asked.query(desa="")))
    if asked.harga_min is not None:
        chips.append(
            (_("mulai %(price)s") % {"price": show_rupiah(asked.harga_min)}, asked.query(harga_min=None))
        )
    if asked.harga_max is not None:
        chips.append(
            (_("sampai %(price)s") % {"price": show_rupiah(asked.harga_max)}, asked.query(harga_max=None))
        )
    if asked.buka:
        chips.append((_("Buka sekarang"), asked.query(buka="")))
    return chips
