"""Bu Yanti has been from house to house in Taban: what of hers has arrived, with photos."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from etoko.catalog.models import Shop
from etoko.census.facts import facts_of, fresh
from etoko.census.models import Sheet
from etoko.census.operations.photographing import receive_photo
from etoko.census.operations.receiving import Filled, receive_sheet
from etoko.demo.businesses import Sample
from etoko.demo.pictures import draw_picture
from etoko.people.models import Person
from etoko.registry.consent_texts import text_now

_TABAN = "36.03.04.2004"
# What she found at each house; the first two she took photos of.
_FOUND: tuple[dict[str, str], ...] = (
    {"landmark": "sebelah mushola Al-Ikhlas", "workers": "3"},
    {"products_text": "kerupuk bawang, rengginang, opak", "turnover_band": "to_60jt"},
    {},
    {"status": "closed"},
    {"landmark": "gang depan balai desa", "pirt_status": "in_process"},
)


def visit_samples(*, samples: Sequence[Sample], people: dict[str, Person], now: datetime) -> int:
    """How many sheets arrived, each on its morning of the last week."""
    # Without a shop: what closes in the census closes nobody's shop in the rest of the sample data.
    shops = set(Shop.objects.values_list("business_id", flat=True))
    houses = [one for one in samples if one.business.area_id == _TABAN and one.business.pk not in shops]
    for number, (sample, found) in enumerate(zip(houses, _FOUND, strict=False)):
        _visit(sample, found, people["Yanti"], now - timedelta(days=1 + number, hours=number), number)
    return Sheet.objects.count()


def _visit(sample: Sample, found: dict[str, str], yanti: Person, at: datetime, number: int) -> None:
    facts = facts_of(fresh(sample.business))
    has_photos = number < 2
    photos = [draw_picture(sign, number) for sign in ("🏠", "🧺")] if has_photos else []
    hashes = [hashlib.sha256(one).hexdigest() for one in photos]
    sheet = receive_sheet(
        filled=Filled(
            key=f"contoh-{number:04}",
            digest=hashlib.sha256(f"contoh {number}".encode()).hexdigest(),
            origin=Sheet.PAPER if number == 2 else Sheet.APP,
            business=sample.business,
            area=sample.business.area,
            facts={**facts, **found},
            seen=facts,
            filled_at=at - timedelta(hours=2),
            consent_version=text_now().version,
            is_right=True,
            accuracy_m=8 + number,
            photos=hashes,
        ),
        by=yanti,
        is_verifier=True,
        at=at,
    )
    # The second photo of the second house is still on her phone.
    for content, sha256 in list(zip(photos, hashes, strict=True))[: 2 - number]:
        receive_photo(sheet=sheet, sha256=sha256, content=content, at=at)
