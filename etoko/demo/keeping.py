"""What befalls records of a register: typed in twice, joined, closed, handed over; licences and their end."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from etoko.catalog.models import Shop
from etoko.demo.businesses import Sample
from etoko.people.models import Person
from etoko.registry.linking import Commonness, compare
from etoko.registry.models import Business, BusinessPhone, DuplicateSuspicion, Licence, Owner
from etoko.registry.names import business_search_name, owner_search_name
from etoko.registry.operations.closing import close_business
from etoko.registry.operations.deciding_duplicates import join
from etoko.registry.operations.finding_duplicates import evidence_of, sketches_of
from etoko.registry.operations.handing_over import hand_over_business
from etoko.registry.operations.helping import agree_help, ask_help

_KUTRUK = "36.03.04.2006"
# How a hurried clerk writes the name once more, and whether she wrote the phone down.
_TWICE = (("{name}.", True), ("{name} (cabang)", True), ("Usaha {name}", False))


def keep_samples(*, samples: Sequence[Sample], people: Mapping[str, Person], now: datetime) -> int:
    """Of businesses without a shop, so that nobody's orders hang on them, and of Kutruk where it has enough.
    Returns how many pairs wait for somebody who decides."""
    shops = set(Shop.objects.values_list("business_id", flat=True))
    quiet = [sample for sample in samples[2:] if sample.business.pk not in shops]
    quiet.sort(key=lambda sample: sample.business.area_id != _KUTRUK)
    twice, (closed, given) = quiet[: len(_TWICE)], quiet[len(_TWICE) : len(_TWICE) + 2]
    common = Commonness(sample.business.name for sample in samples)
    pairs = [
        _type_again(sample, name.format(name=sample.business.name), has_phone, common)
        for sample, (name, has_phone) in zip(twice, _TWICE, strict=True)
    ]
    dedi, a_week_ago = people["Dedi"], now - timedelta(days=7)
    join(suspicion=pairs[0], kept=pairs[0].first, by=dedi, at=a_week_ago)
    close_business(
        business=closed.business, reason="Pemiliknya pindah ke Cikupa", by=people["Titin"], at=a_week_ago
    )
    owner = given.business.owners.get()
    hand_over_business(
        business=given.business, owner_id=owner.pk, name=f"Anak {owner.name}", reason="Diteruskan anaknya",
        by=dedi, at=a_week_ago,
    )  # fmt: skip
    _licences(samples, people, now)
    return len(pairs) - 1


def _type_again(sample: Sample, name: str, has_phone: bool, common: Commonness) -> DuplicateSuspicion:
    first, owner = sample.business, sample.business.owners.get()
    second = Business.objects.create(
        name=name,
        search_name=business_search_name(name),
        area=first.area,
        rt=first.rt,
        rw=first.rw,
        kind=first.kind,
        products_text=first.products_text,
        workers=2,
    )
    Owner.objects.create(
        business=second,
        name=f"Ibu {owner.name}",
        search_name=owner_search_name(owner.name),
        gender=owner.gender,
    )
    if has_phone:
        BusinessPhone.objects.create(business=second, phone=sample.phone)
    pair = Business.objects.filter(pk__in=(first.pk, second.pk)).order_by("pk")
    (_first, one), (_second, other) = sketches_of(pair)
    likeness = compare(one, other, common)
    return DuplicateSuspicion.objects.create(
        first=first,
        second=second,
        why="same_phone" if has_phone else "near_name",
        likeness=likeness.percent,
        evidence=evidence_of(likeness),
    )


def _licences(samples: Sequence[Sample], people: Mapping[str, Person], now: datetime) -> None:
    """Rahma's P-IRT ends in three weeks, and she asks for help with halal; so does Herman, with his NIB."""
    (his, hers), today = (sample.business for sample in samples[:2]), timezone.localdate(now)
    Licence.objects.update_or_create(
        business=hers,
        kind="pirt",
        defaults={
            "status": "held",
            "number": "206360301100126",
            "issued_on": today - timedelta(days=1_804),
            "expires_on": today + timedelta(days=21),
        },
    )
    asked_at, in_three_days = now - timedelta(days=2), today + timedelta(days=3)
    note = "Bahan sudah saya catat. Boleh dibantu mendaftar?"
    help_ = ask_help(
        business=hers, kind="halal", day_on=in_three_days, note=note, by=people["Rahma"], at=asked_at
    )
    agree_help(help_=help_, by=people["Yanti"], at=now - timedelta(days=1))
    ask_help(business=his, kind="nib", day_on=in_three_days, note="", by=people["Herman"], at=asked_at)
