"""From what was asked to the hits, in order, a page at a time: the same on both databases.

The order is ours: whoever has every word in the name stands before whoever has them elsewhere, the
newest first within each; or by price or age alone where that was asked. Pages go on from the last hit
of the one before (keyset), so that the thousandth costs what the first does.

Two ways lead to the same hits, and the number of entries a word stands in says which is tried first.
Frequent words: go along the ordered index, DEPTH entries at most, until the page is full. Rare ones, or
when that did not fill the page: ask the text index for all, which then are few, and sort them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import prod
from typing import Any

from django.utils import timezone

from etoko.catalog.models import SearchEntry
from etoko.catalog.search import dialects
from etoko.catalog.search.entries import area_token, price_step
from etoko.catalog.search.understanding import Understood
from etoko.catalog.search.words import Word

RELEVANCE, NEWEST, CHEAPEST, DEAREST, BEST = "cocok", "baru", "murah", "mahal", "nilai"
PER_PAGE = 24
DEPTH = 3_000
FREQUENT = 1_000
"""From how many entries on a word is worth going along the ordered index for."""
COUNTED = 300
"""Beyond this many hits the page says "more than"."""
_MOST_RP = 10**10
_ORDERS = {
    NEWEST: ("fresh", "DESC", "<"),
    CHEAPEST: ("price_rp", "ASC", ">"),
    DEAREST: ("price_rp", "DESC", "<"),
    BEST: ("rating", "DESC", "<"),
}
IN_NAME, ELSEWHERE = 1, 2

Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class Filters:
    kind: str = SearchEntry.PRODUCT
    area: str = ""
    category_id: int | None = None
    group_id: int | None = None
    price_from_rp: int | None = None
    price_to_rp: int | None = None
    open_at: datetime | None = None

    @property
    def is_narrow(self) -> bool:
        return self != Filters(kind=self.kind)


@dataclass(frozen=True)
class After:
    """The last hit of the page before."""

    tier: int
    value: int
    ref: int

    @classmethod
    def read(cls, text: str) -> "After | None":
        parts = text.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
            return None
        return cls(*(int(part) for part in parts))

    def __str__(self) -> str:
        return f"{self.tier}-{self.value}-{self.ref}"


@dataclass(frozen=True)
class Found:
    refs: list[int]
    next: After | None
    steps: int
    """How many questions the database was asked."""


@dataclass(frozen=True)
class Place:
    """A shop or business that was found, ready for a list."""

    kind: str
    title: str
    path: str
    place: str


def find(
    understood: Understood,
    filters: Filters,
    *,
    order: str = RELEVANCE,
    after: After | None = None,
    most: int = PER_PAGE,
) -> Found:
    """The refs of one page. At most four queries, mostly one."""
    search = _Search(understood, filters, order if order in _ORDERS else NEWEST)
    if understood.is_hopeless:
        return Found([], None, 0)
    hits: list[tuple[int, int, int]] = []
    tiers = [IN_NAME, ELSEWHERE] if order == RELEVANCE and understood.words else [0]
    for tier in tiers:
        if after and after.tier > tier:
            continue
        start = after if after and after.tier == tier else None
        if len(hits) <= most:
            hits += [(tier, value, ref) for value, ref in search.page(tier, start, most + 1 - len(hits))]
    shown = hits[:most]
    return Found(
        [ref for _tier, _value, ref in shown],
        After(*shown[-1]) if len(hits) > most else None,
        search.steps,
    )


def count(understood: Understood, filters: Filters) -> int:
    """How many there are, COUNTED + 1 for more than COUNTED. One query."""
    search = _Search(understood, filters, NEWEST)
    where, params = search.exact(0, frequent=search.is_plain)
    return int(
        dialects.ask(f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {COUNTED + 1}) AS capped", params)[0][0]
    )


def find_places(understood: Understood, filters: Filters, *, most: int = 3) -> list[Place]:
    """The shops and businesses that belong to the words. One query."""
    if not understood.words:
        return []
    only_named = min(docs for _names, docs in understood.frequencies) > FREQUENT
    if only_named and not all(names for names, _docs in understood.frequencies):
        return []
    asked = [[word.token] for word in understood.words]
    kinds = [["ks", "kb"], *([[area_token(filters.area)]] if filters.area else [])]
    # Words that thousands of them use somewhere lead only to those that have them in the name.
    if only_named:
        where, params = dialects.current().matching(names=asked, words=kinds)
    else:
        where, params = dialects.current().matching(names=[], words=[*asked, *kinds])
    named, named_params = _contains("names", understood.words)
    rows = dialects.ask(
        f"SELECT e.kind, e.title, e.path, e.place {where}"
        f" ORDER BY CASE WHEN {named} THEN 1 ELSE 2 END, e.kind DESC, e.fresh DESC, e.ref DESC LIMIT {most}",
        [*params, *named_params],
    )
    return [Place(*row) for row in rows]


def places_by_ref(kind: str, refs: Sequence[int]) -> list[Place]:
    rows = SearchEntry.objects.filter(kind=kind, ref__in=refs).values_list(
        "ref", "kind", "title", "path", "place"
    )
    by_ref = {row[0]: Place(*row[1:]) for row in rows}
    return [by_ref[ref] for ref in refs if ref in by_ref]


class _Search:
    def __init__(self, understood: Understood, filters: Filters, order: str) -> None:
        self.words = understood.words
        self.frequencies = understood.frequencies
        self.entries = understood.entries
        self.filters = filters
        self.column, self.direction, self.beyond = _ORDERS[order]
        self.steps = 0

    def page(self, tier: int, after: After | None, most: int) -> list[tuple[int, int]]:
        """(value, ref) of the next hits of this tier, in order."""
        if self.is_plain:
            return self._along(tier, after, most, depth=None)
        if tier == IN_NAME and not all(names for names, _docs in self.frequencies):
            return []
        if self._is_frequent(tier, most):
            hits = self._along(tier, after, most, depth=DEPTH)
            if len(hits) >= most:
                return hits
        return self._all(tier, after, most)

    @property
    def is_plain(self) -> bool:
        """Nothing is asked but what the ordered index itself holds."""
        _lane, rest = self._lane()
        return not self.words and not rest[1] and not self.filters.open_at

    def _is_frequent(self, tier: int, most: int) -> bool:
        """Whether DEPTH entries are likely to fill a page, if the words came regardless of each other."""
        figures = [names if tier == IN_NAME else docs for names, docs in self.frequencies]
        likely = DEPTH * prod(figure / self.entries for figure in figures)
        return min(figures, default=FREQUENT + 1) > FREQUENT and likely >= most

    def _along(
        self, tier: int, after: After | None, most: int, *, depth: int | None
    ) -> list[tuple[int, int]]:
        (lane, lane_params), (rest, rest_params) = self._lane()
        column, direction = f"e.{self.column}", self.direction
        start, start_params = self._beyond(after)
        bound, bound_params = "", []
        if depth:
            far = f"({_MOST_RP})" if direction == "ASC" else "0"
            bound = (
                f" AND {column} {'<=' if direction == 'ASC' else '>='} COALESCE((SELECT {column}"
                f" FROM catalog_searchentry e WHERE {lane}{start}"
                f" ORDER BY {column} {direction}, e.ref {direction} LIMIT 1 OFFSET {depth}), {far})"
            )
            bound_params = [*lane_params, *start_params]
        tests, test_params = self._tests(tier)
        return self._hits(
            f"SELECT {column}, e.ref FROM catalog_searchentry e WHERE {lane}{start}{bound}{rest}{tests}"
            f" ORDER BY {column} {direction}, e.ref {direction} LIMIT {most}",
            [*lane_params, *start_params, *bound_params, *rest_params, *test_params],
        )

    def _all(self, tier: int, after: After | None, most: int) -> list[tuple[int, int]]:
        where, params = self.exact(tier)
        start, start_params = self._beyond(after, alias="hit")
        return self._hits(
            # Materialized: PostgreSQL must not guess that going along the index would be quicker.
            f"WITH hit AS MATERIALIZED (SELECT e.{self.column}, e.ref {where})"
            f" SELECT hit.{self.column}, hit.ref FROM hit WHERE 1 = 1{start}"
            f" ORDER BY hit.{self.column} {self.direction}, hit.ref {self.direction} LIMIT {most}",
            [*params, *start_params],
        )

    def exact(self, tier: int, *, frequent: bool = False) -> Sql:
        """FROM … WHERE … of all hits of the tier."""
        (lane, lane_params), (rest, rest_params) = self._lane()
        opened, open_params = self._open()
        if frequent:
            return (
                f"FROM catalog_searchentry e WHERE {lane}{rest}{opened}",
                [*lane_params, *rest_params, *open_params],
            )
        tokens = [[word.token] for word in self.words]
        where, params = dialects.current().matching(
            names=tokens if tier == IN_NAME else [],
            words=[*([] if tier == IN_NAME else tokens), *self._filter_tokens()],
        )
        asked_kind = self.filters.kind
        prices, price_params = self._prices()
        apart: Sql = ("", [])
        if tier == ELSEWHERE:
            named, named_params = _contains("names", self.words)
            apart = (f" AND NOT ({named})", named_params)
        return (
            f"{where} AND e.kind = %s{prices}{opened}{apart[0]}",
            [*params, asked_kind, *price_params, *open_params, *apart[1]],
        )

    def _lane(self) -> tuple[Sql, Sql]:
        """The index to go along, by the narrowest filter, and the filters that remain to be tested."""
        asked = self.filters
        narrow = [
            ("e.area_code = %s", asked.area or None),
            ("e.category_id = %s", asked.category_id),
            ("e.group_id = %s", asked.group_id),
        ]
        given = [(test, value) for test, value in narrow if value is not None]
        if given:
            (test, value), *more = given
            lane, params = test, [value]
            if test.startswith("e.area"):
                lane, params = f"{lane} AND e.kind = %s", [value, asked.kind]
        else:
            lane, params, more = "e.kind = %s", [asked.kind], []
        prices, price_params = self._prices()
        if self.column == "price_rp":
            # The index is in the order of prices: a range of them is a stretch of it.
            lane, params, prices, price_params = lane + prices, params + price_params, "", []
        rest = "".join(f" AND {test}" for test, _value in more) + prices
        return (lane, params), (rest, [value for _test, value in more] + price_params)

    def _filter_tokens(self) -> list[list[str]]:
        asked = self.filters
        tokens = []
        if asked.area:
            tokens.append([area_token(asked.area)])
        if asked.category_id is not None:
            tokens.append([f"c{asked.category_id}"])
        elif asked.group_id is not None:
            tokens.append([f"g{asked.group_id}"])
        if asked.price_from_rp is not None or asked.price_to_rp is not None:
            first, last = price_step(asked.price_from_rp or 1), price_step(asked.price_to_rp or _MOST_RP)
            tokens.append([f"m{step}" for step in range(first, last + 1)] or ["m"])
        # Nearly everything is a product: its token would be the longest list of all, for nothing.
        if asked.kind != SearchEntry.PRODUCT or not (tokens or self.words):
            tokens.append([f"k{asked.kind}"])
        return tokens

    def _prices(self) -> Sql:
        tests, params = "", []
        if self.filters.price_from_rp is not None:
            tests, params = " AND e.price_rp >= %s", [self.filters.price_from_rp]
        if self.filters.price_to_rp is not None:
            tests, params = f"{tests} AND e.price_rp <= %s", [*params, self.filters.price_to_rp]
        return tests, params

    def _tests(self, tier: int) -> Sql:
        tests, params = self._open()
        if not self.words:
            return tests, params
        named, named_params = _contains("names", self.words)
        if tier == IN_NAME:
            return f"{tests} AND {named}", [*params, *named_params]
        anywhere, anywhere_params = _contains("words", self.words)
        tests, params = f"{tests} AND {anywhere}", [*params, *anywhere_params]
        if tier == ELSEWHERE:
            tests, params = f"{tests} AND NOT ({named})", [*params, *named_params]
        return tests, params

    def _open(self) -> Sql:
        """Open at the moment by its hours (also those of yesterday that go past midnight), not on holiday."""
        if self.filters.open_at is None:
            return "", []
        now = timezone.localtime(self.filters.open_at)
        tests, params = [], []
        for day, clock in (
            (now, f"{now:%H%M}"),
            (now - timedelta(days=1), f"{int(f'{now:%H%M}') + 2400:04d}"),
        ):
            at = 1 + 8 * day.weekday()
            tests.append(f"(substr(e.hours, {at}, 4) <= %s AND substr(e.hours, {at + 4}, 4) > %s)")
            params += [clock, clock]
        today = now.date().isoformat()
        return (
            f" AND ({' OR '.join(tests)}) AND (e.holiday_until_on IS NULL OR e.holiday_from_on > %s"
            " OR e.holiday_until_on < %s)",
            [*params, today, today],
        )

    def _beyond(self, after: After | None, alias: str = "e") -> Sql:
        if after is None:
            return "", []
        return f" AND ({alias}.{self.column}, {alias}.ref) {self.beyond} (%s, %s)", [after.value, after.ref]

    def _hits(self, sql: str, params: list[Any]) -> list[tuple[int, int]]:
        self.steps += 1
        return [(int(value), int(ref)) for value, ref in dialects.ask(sql, params)]


def _contains(column: str, words: Sequence[Word]) -> Sql:
    test = dialects.current().contains.format(column=column)
    return " AND ".join([test] * len(words)), [f" {word.token} " for word in words]
