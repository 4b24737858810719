from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import translation

from etoko.foundation.effects import announce
from etoko.registry.facts import DirectoryChanged
from etoko.registry.kinds import KIND_BY_SLUG
from etoko.registry.models import (
    ACTIVE,
    LISTED,
    UNLISTED,
    Business,
    DirectoryWord,
    Owner,
    PublicConsent,
)
from etoko.registry.search import words_of

# Below the number of variables that SQLite takes in one statement.
_AT_ONCE = 500


@transaction.atomic
def refresh_directory(*, business_ids: Iterable[int]) -> None:
    """Derive again what the public directory reads of these businesses: whether and by what they are found.

    To be called in the transaction of every deed that writes a name, products, kind, village, status,
    owners or consents. Only what is consented to becomes a word: an owner who is not to be named must
    not be found by her name either.
    """
    ids = list(dict.fromkeys(business_ids))
    for start in range(0, len(ids), _AT_ONCE):
        _refresh(ids[start : start + _AT_ONCE])
    announce(DirectoryChanged(tuple(ids)))


def _refresh(ids: Sequence[int]) -> None:
    consents: dict[int, set[str]] = defaultdict(set)
    for business_id, what in PublicConsent.objects.filter(
        business_id__in=ids, withdrawn_at__isnull=True
    ).values_list("business_id", "what"):
        consents[business_id].add(what)
    owners: dict[int, list[str]] = defaultdict(list)
    for business_id, name in Owner.objects.filter(business_id__in=ids).values_list("business_id", "name"):
        owners[business_id].append(name)

    listed, unlisted, words = [], [], []
    for business in Business.objects.filter(pk__in=ids).select_related("area"):
        agreed = consents[business.pk]
        if business.status == ACTIVE and PublicConsent.LISTING in agreed:
            listed.append(business.pk)
            names = owners[business.pk] if PublicConsent.OWNER_NAME in agreed else []
            words += _words_of(business, names)
        else:
            unlisted.append(business.pk)
    Business.objects.filter(pk__in=listed).exclude(listing=LISTED).update(listing=LISTED)
    Business.objects.filter(pk__in=unlisted).exclude(listing=UNLISTED).update(listing=UNLISTED)
    DirectoryWord.objects.filter(business_id__in=ids).delete()
    DirectoryWord.objects.bulk_create(words, batch_size=2_000)


def _words_of(business: Business, owner_names: list[str]) -> list[DirectoryWord]:
    kind = KIND_BY_SLUG.get(business.kind)
    # In the source language, whatever language the one who saves is reading in.
    with translation.override("id"):
        kind_name = str(kind.name) if kind else ""
    about = " ".join([kind_name, business.area.name, *owner_names])
    places: dict[str, int] = {}
    for place, text in (
        (DirectoryWord.NAME, business.name),
        (DirectoryWord.PRODUCTS, business.products_text),
        (DirectoryWord.ABOUT, about),
    ):
        for word in words_of(text):
            places.setdefault(word, place)
    return [DirectoryWord(business=business, word=word, place=place) for word, place in places.items()]
