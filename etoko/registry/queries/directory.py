"""What the public may know of the register: only of listed businesses, and of each only what its owner
agreed to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.functional import Promise
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from etoko.foundation.counting import LARGE, count_of, kept_if_large
from etoko.people.access import within
from etoko.places.choosing import areas_to_choose, length_below
from etoko.places.models import Area
from etoko.registry.kinds import KIND_BY_SLUG, KINDS
from etoko.registry.models import LISTED, Business, DirectoryWord, PublicConsent
from etoko.registry.queries.published import PublicBusiness
from etoko.registry.search import words_of
from etoko.registry.shops import shop_paths
from etoko.registry.states import VERIFIED

PAGE_SIZE = 24
MOST_ON_MAP = 2_000
MOST_DRAWN = 120
"""Dots in a drawn map; beyond that a village is one bubble. The movable map has them all."""
_MOST_WORDS = 6


@dataclass(frozen=True)
class DirectoryRow:
    name: str
    href: str
    place: str
    kind: str | Promise
    products_text: str
    is_verified: bool
    has_shop: bool


@dataclass(frozen=True)
class Chip:
    label: str | Promise
    value: str


@dataclass(frozen=True)
class Directory:
    rows: list[DirectoryRow]
    total: int
    page: int
    last: int
    villages: list[Chip]
    kinds: list[Chip]
    corrected: str
    """What was sought instead, when nothing was found for what was typed."""
    typed: str


@dataclass(frozen=True)
class AreaPoint:
    """An area on the map: how many of its businesses show their place, and where their middle is."""

    code: str
    name: str
    count: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Point:
    name: str
    href: str
    place: str
    kind: str | Promise
    latitude: float
    longitude: float


def directory(*, typed: str = "", village: str = "", kind: str = "", page: int = 1) -> Directory:
    """A page of the listed businesses. At most 8 queries, however many there are."""
    words = words_of(typed)[:_MOST_WORDS]
    corrected: list[str] = []
    found = _listed(village, kind)
    if words:
        found, total = _search(found, words)
        if not total:
            corrected = _correct(words)
            if corrected and corrected != words:
                found, total = _search(_listed(village, kind), corrected)
    else:
        total = count_of(found)
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    start = (page - 1) * PAGE_SIZE
    businesses = list(found[start : start + PAGE_SIZE]) if total else []
    shops = shop_paths([business.pk for business in businesses])
    return Directory(
        rows=[_row(business, business.pk in shops) for business in businesses],
        total=total,
        page=page,
        last=last,
        villages=area_chips(village),
        kinds=[Chip(one.name, one.slug) for one in KINDS],
        corrected=" ".join(corrected) if corrected and total else "",
        typed=typed,
    )


def _listed(village: str, kind: str) -> QuerySet[Business]:
    found = Business.objects.filter(listing=LISTED).select_related("area").order_by("search_name", "id")
    if village:
        found = found.filter(within([village]))
    if kind:
        found = found.filter(kind=kind)
    return found


def _search(found: QuerySet[Business], words: Sequence[str]) -> tuple[QuerySet[Business], int]:
    """Those that have all the words, each as the beginning of a word; those named so come first, unless the
    words are in so many that to put them in order would take longer than to read on."""
    for word in words:
        found = found.filter(Exists(_holding(word).filter(business=OuterRef("pk"))))
    total = count_of(found)
    if total > LARGE:
        return found, total
    in_name = _holding(words[0]).filter(business=OuterRef("pk"), place=DirectoryWord.NAME)
    return found.annotate(in_name=Exists(in_name)).order_by("-in_name", "search_name", "id"), total


def _holding(word: str) -> QuerySet[DirectoryWord]:
    # A range, not LIKE: the same index serves it on both databases, whatever their collation.
    return DirectoryWord.objects.filter(word__gte=word, word__lt=word + "zzzzzzzz")


def _correct(words: Sequence[str]) -> list[str]:
    """Each word that nothing begins with, replaced by the nearest that there is."""
    starts = Q(pk__in=[])
    for word in words:
        starts |= Q(word__gte=word[0], word__lt=word[0] + "zzzzzzzz")
    known = sorted(set(DirectoryWord.objects.filter(starts).values_list("word", flat=True).distinct()))
    better = []
    for word in words:
        if any(one.startswith(word) for one in known):
            better.append(word)
            continue
        near = process.extractOne(
            word,
            [one for one in known if one[0] == word[0]],
            scorer=DamerauLevenshtein.distance,
            score_cutoff=1 if len(word) < 6 else 2,
        )
        if near is None:
            return []
        better.append(near[0])
    return better


def area_chips(chosen: str = "") -> list[Chip]:
    """The areas below the home area: the villages of a sub-district."""
    return [Chip(area.name, area.code) for area in areas_to_choose([settings.HOME_AREA], chosen)]


def _row(business: Business, has_shop: bool) -> DirectoryRow:
    kind = KIND_BY_SLUG.get(business.kind)
    return DirectoryRow(
        name=business.name,
        href=reverse("registry:business", args=[business.public_id]),
        place=business.area.name,
        kind=kind.name if kind else "",
        products_text=business.products_text,
        is_verified=business.verification == VERIFIED,
        has_shop=has_shop,
    )


def now_part_of(public_id: str) -> str | None:
    """The listed business that this record became a part of: its old address still leads somewhere."""
    found = Business.objects.filter(public_id=public_id, merged_into__listing=LISTED)
    return found.values_list("merged_into__public_id", flat=True).first()


def map_points(*, village: str = "", kind: str = "", limit: int = MOST_ON_MAP) -> list[Point]:
    """Listed businesses whose owners agreed that their place is shown, with coordinates."""
    return [_point(business) for business in _placed(village, kind)[:limit]]


def map_areas(*, chosen: str = "", kind: str = "") -> list[AreaPoint]:
    """The same, counted by the areas one step further down."""
    home = [settings.HOME_AREA]
    rows = (
        _placed(chosen, kind)
        .order_by()
        .annotate(part=Left("area_id", length_below(home, chosen)))
        .values_list("part")
        .annotate(Count("pk"), Avg("latitude"), Avg("longitude"))
    )
    found = kept_if_large(str(rows.query), lambda: list(rows), size=lambda all_: sum(one[1] for one in all_))
    names = dict(Area.objects.filter(pk__in=[one[0] for one in found]).values_list("code", "name"))
    return [
        AreaPoint(code, names[code], count, float(north), float(east))
        for code, count, north, east in sorted(found)
    ]


def _placed(village: str, kind: str) -> QuerySet[Business]:
    agreed = PublicConsent.objects.filter(
        business=OuterRef("pk"), what=PublicConsent.LOCATION, withdrawn_at__isnull=True
    )
    return _listed(village, kind).filter(Exists(agreed), latitude__isnull=False)


def neighbours_on_map(shown: PublicBusiness) -> list[Point]:
    """The business among those of its village, itself last so that it is drawn on top; nothing when it is
    not on the map or stands there alone: a dot on an empty ground tells nobody anything."""
    if shown.latitude is None or shown.longitude is None:
        return []
    own = reverse("registry:business", args=[shown.public_id])
    others = [one for one in map_points(village=shown.area_code, limit=60) if one.href != own]
    here = Point(shown.name, own, shown.place, shown.kind, float(shown.latitude), float(shown.longitude))
    return [*others, here] if others else []


def _point(business: Business) -> Point:
    return Point(
        name=business.name,
        href=reverse("registry:business", args=[business.public_id]),
        place=business.area.name,
        kind=KIND_BY_SLUG[business.kind].name if business.kind in KIND_BY_SLUG else "",
        latitude=float(business.latitude or 0),
        longitude=float(business.longitude or 0),
    )
