"""What the search field offers while somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from etoko.catalog.models import Category, SearchEntry, SearchWord
from etoko.catalog.search.finding import Filters, find, find_places, places_by_ref
from etoko.catalog.search.understanding import understand
from etoko.catalog.search.words import words_of

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    text: str
    href: str
    note: str


def suggestions(text: str) -> list[Suggestion]:
    """Words, categories, shops and goods that belong to what was typed so far. At most eight queries."""
    words = words_of(text)
    if not words or len(words[-1]) < 2:
        return []
    *before, last = words
    ends = _words_beginning(last, 3)
    lines = [_search_for(" ".join([*before, word])) for word in ends if [*before, word] != words]
    lines += _categories(last)
    understood = understand(" ".join([*before, ends[0]]) if ends else text)
    places = find_places(understood, Filters(), most=2) if understood.words else []
    goods = find(understood, Filters(), most=3) if understood.words else None
    for place in places:
        lines.append(Suggestion(place.title, place.path, f"{_kind(place.kind)}, {place.place}"))
    if goods and goods.refs:
        for product in places_by_ref(SearchEntry.PRODUCT, goods.refs):
            lines.append(Suggestion(product.title, product.path, product.place))
    return _once(lines)[:MOST]


def _words_beginning(start: str, most: int) -> list[str]:
    # A stretch of the index and not LIKE: words are plain small letters and digits, which every
    # collation puts in the same order.
    words = SearchWord.objects.filter(word__gte=start, word__lt=start + "zzzz", docs__gt=0, names__gt=0)
    return list(words.order_by("-names", "word").values_list("word", flat=True)[:most])


def _categories(start: str) -> list[Suggestion]:
    rows = Category.objects.filter(name__icontains=start).order_by("position", "id")[:2]
    return [Suggestion(_(row.name), f"/kategori/{row.slug}/", _("Kategori")) for row in rows]


def _search_for(text: str) -> Suggestion:
    return Suggestion(text, f"/cari/?{urlencode({'q': text})}", "")


def _kind(kind: str) -> str:
    return _("Toko") if kind == SearchEntry.SHOP else _("Usaha")


def _once(lines: Iterable[Suggestion]) -> list[Suggestion]:
    return list({line.href: line for line in lines}.values())
