"""Keeps the index in step. Called by the answers to `ProductChanged`, `ShopChanged` and `DirectoryChanged`
(config/effects.py), inside the transaction of the deed; and as days pass (config/due.py)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from etoko.catalog.facts import ProductChanged, ShopChanged
from etoko.catalog.models import Product, SearchEntry, SearchWord, Shop
from etoko.catalog.search import dialects
from etoko.catalog.search.entries import FIELDS, business_entries, product_entries, shop_entries
from etoko.catalog.search.spelling import bones_of
from etoko.catalog.search.words import token_of
from etoko.catalog.states import SHOP_OPEN
from etoko.registry.facts import DirectoryChanged
from etoko.registry.models import Business

T = TypeVar("T")

Counts = dict[str, list[int]]
"""By word: in how many entries more it stands, and in how many names more."""

AT_ONCE = 400
"""Below the number of variables that a statement of SQLite takes."""


def follow_product(*, fact: ProductChanged) -> None:
    index_products(product_ids=[fact.product_id])


def follow_shop(*, fact: ShopChanged) -> None:
    index_shops(shop_ids=[fact.shop_id])


def follow_directory(*, fact: DirectoryChanged) -> None:
    index_businesses(business_ids=fact.business_ids)


def list_shops_by_the_day(*, at: datetime) -> int:
    """Shops that hide for their holiday leave the index on its first day and come back after its last."""
    today = timezone.localdate(at)
    hiding = Shop.objects.filter(status=SHOP_OPEN, holiday_showing=Shop.HIDDEN).annotate(
        is_listed=Exists(SearchEntry.objects.filter(kind=SearchEntry.SHOP, ref=OuterRef("pk")))
    )
    due = [shop.pk for shop in hiding if shop.is_listed == shop.is_hidden_on(today)]
    for id_ in due:
        index_shops(shop_ids=[id_])
    return len(due)


@transaction.atomic
def index_products(*, product_ids: Iterable[int]) -> None:
    counted = _counts()
    for ids in _portions(product_ids):
        _put(SearchEntry.PRODUCT, ids, product_entries(ids), counted)
    _keep_words(counted)


@transaction.atomic
def index_shops(*, shop_ids: Iterable[int]) -> None:
    """With the goods of those shops in which something changed that their goods are found by."""
    for ids in _portions(shop_ids):
        counted = _counts()
        changed = _put(SearchEntry.SHOP, ids, shop_entries(ids), counted)
        _keep_words(counted)
        if changed:
            index_products(
                product_ids=Product.objects.filter(shop_id__in=changed)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
        # A hidden shop that is closed or opened has no entry before or after, but its business has one.
        businesses = Shop.objects.filter(Q(pk__in=changed) | Q(pk__in=ids, holiday_showing=Shop.HIDDEN))
        index_businesses(
            business_ids=businesses.order_by("business_id").values_list("business_id", flat=True), shops=False
        )


@transaction.atomic
def index_businesses(*, business_ids: Iterable[int], shops: bool = True) -> None:
    """For many, call it once with all of them: other writers of the index wait for the transaction."""
    counted = _counts()
    for ids in _portions(business_ids):
        _put(SearchEntry.BUSINESS, ids, business_entries(ids), counted)
        if shops:
            index_shops(
                shop_ids=Shop.objects.filter(business_id__in=ids).order_by("pk").values_list("pk", flat=True)
            )
    _keep_words(counted)


@transaction.atomic
def reindex_everything() -> int:
    """Make the index anew; gives the number of entries."""
    _take_turns()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    counted = _counts()
    for kind, ids, entries in _everything():
        _put(kind, ids, entries, counted)
    _keep_words(counted)
    return SearchEntry.objects.count()


def out_of_step() -> list[str]:
    """What the index says and should not, or does not and should; empty when it is right."""
    wrong = []
    there = {(entry.kind, entry.ref): entry for entry in SearchEntry.objects.all()}
    for kind, _ids, entries in _everything():
        for entry in entries:
            kept = there.pop((kind, entry.ref), None)
            if kept is None or _differs(kept, entry):
                wrong.append(f"{'missing' if kept is None else 'old'}: {entry}")
    wrong += [f"should be gone: {entry}" for entry in there.values()]
    counted = _counts()
    for entry in SearchEntry.objects.all():
        _count(counted, entry, 1)
    kept_words = {word.word: [word.docs, word.names] for word in SearchWord.objects.filter(docs__gt=0)}
    return wrong + [
        f"count of {word}" for word in {*counted, *kept_words} if counted[word] != kept_words.get(word)
    ]


def _everything() -> Iterator[tuple[str, Sequence[int], list[SearchEntry]]]:
    for kind, model, entries in (
        (SearchEntry.PRODUCT, Product, product_entries),
        (SearchEntry.SHOP, Shop, shop_entries),
        (SearchEntry.BUSINESS, Business, business_entries),
    ):
        every = model._default_manager.order_by("pk").values_list("pk", flat=True)
        for ids in _portions(every):
            yield kind, ids, entries(ids)


def _put(kind: str, ids: Sequence[int], entries: Sequence[SearchEntry], counted: Counts) -> list[int]:
    """Write what differs and count its words; gives the refs of what was new, changed or gone."""
    _take_turns()
    there = {entry.ref: entry for entry in SearchEntry.objects.filter(kind=kind, ref__in=ids)}
    fresh, changed = [], []
    for entry in entries:
        old = there.pop(entry.ref, None)
        if old is None:
            fresh.append(entry)
        elif _differs(old, entry):
            entry.pk = old.pk
            changed.append(entry)
            _count(counted, old, -1)
        else:
            continue
        _count(counted, entry, 1)
    for gone in there.values():
        _count(counted, gone, -1)
    if there:
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in there.values()]).delete()
    SearchEntry.objects.bulk_create(fresh)
    if changed:
        SearchEntry.objects.bulk_update(changed, FIELDS, batch_size=50)
    return [entry.ref for entry in [*fresh, *changed, *there.values()]]


def _counts() -> Counts:
    return defaultdict(lambda: [0, 0])


def _differs(one: SearchEntry, other: SearchEntry) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in FIELDS)


def _count(counted: Counts, entry: SearchEntry, step: int) -> None:
    for word in entry.spelt.split():
        counted[word][0] += step
        counted[word][1] += step * (f" {token_of(word)} " in entry.names)


def _keep_words(counted: Counts) -> None:
    steps = {word: by for word, by in counted.items() if by != [0, 0]}
    if not steps:
        return
    known: dict[str, SearchWord] = {}
    for words in _portions(steps):
        known |= {row.word: row for row in SearchWord.objects.filter(word__in=words)}
    fresh = []
    for word, (docs, names) in steps.items():
        row = known.get(word)
        if row is None:
            row = SearchWord(
                word=word,
                token=token_of(word),
                first=word[0],
                bones=bones_of(word),
                tail=word[-3:],
                length=len(word),
            )
            fresh.append(row)
        row.docs += docs
        row.names += names
    SearchWord.objects.bulk_create(fresh)
    # Two plain figures: one statement for each word is as quick as the long CASE of bulk_update.
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE catalog_searchword SET docs = %s, names = %s WHERE id = %s",
            [(row.docs, row.names, row.pk) for row in known.values()],
        )


def _take_turns() -> None:
    # Two deeds that count the same words in another order would wait for each other for ever.
    with connection.cursor() as cursor:
        dialects.current().take_turns(cursor)


def _portions(items: Iterable[T]) -> Iterator[list[T]]:
    every = list(items)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
