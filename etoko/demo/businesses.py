"""About a thousand sample businesses, spread over the ten villages as a real register would have them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from etoko.demo.goods import TRADES, Trade
from etoko.demo.names import FAMILY, HAMLETS, LANDMARKS, MEN, WOMEN
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.consent_texts import text_now
from etoko.registry.kinds import recognise_kind
from etoko.registry.models import (
    Business,
    BusinessPhone,
    BusinessRole,
    Licence,
    Owner,
    PublicConsent,
    VillageTarget,
)
from etoko.registry.names import business_search_name, owner_search_name
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.sizes import compute_scale
from etoko.registry.states import DRAFT, NEEDS_CORRECTION, VERIFIED

COUNT = 1000
# Roughly where the sub-district lies; the points are scattered, none is anybody's house.
_MIDDLE = (Decimal("-6.3160"), Decimal("106.5200"))


@dataclass(frozen=True)
class Sample:
    business: Business
    trade: Trade
    phone: str


def register_samples(*, people: dict[str, Person], now: datetime, random: Random) -> list[Sample]:
    villages = list(Area.objects.filter(parent_id="36.03.04").order_by("code"))
    kaders = {area.code: person for area, person in zip(villages, _kaders(people), strict=True)}
    samples = [_herman(people, villages, random), _rahma(people, villages, random)]
    taken = {sample.business.search_name for sample in samples}
    trades = random.choices(TRADES, weights=[trade.share for trade in TRADES], k=COUNT - 2)
    samples += [_sample(i, trade, villages, taken, random) for i, trade in enumerate(trades, 1)]
    for sample in samples:
        _verification(sample.business, kaders[sample.business.area_id], now, random)
    Business.objects.bulk_create(sample.business for sample in samples)
    _hang_on(samples, people, now, random)
    VillageTarget.objects.bulk_create(
        VillageTarget(area=area, businesses=90 + 5 * i, set_by=people["Dedi"], set_at=now)
        for i, area in enumerate(villages)
    )
    refresh_directory(business_ids=[sample.business.pk for sample in samples])
    return samples


def _kaders(people: dict[str, Person]) -> list[Person]:
    return sorted(
        (p for p in people.values() if p.phone.startswith("+62812100001")), key=lambda person: person.phone
    )


def _rahma(people: dict[str, Person], villages: list[Area], random: Random) -> Sample:
    return _known("Kerupuk Bu Rahma", TRADES[0], villages[3], people["Rahma"].phone, random)


def _herman(people: dict[str, Person], villages: list[Area], random: Random) -> Sample:
    return _known("Topi Bambu Pak Herman", TRADES[3], villages[5], people["Herman"].phone, random)


def _known(name: str, trade: Trade, village: Area, phone: str, random: Random) -> Sample:
    return Sample(_business(name, trade, village, random), trade, phone)


def _sample(i: int, trade: Trade, villages: list[Area], taken: set[str], random: Random) -> Sample:
    village = random.choices(villages, weights=[8, 14, 9, 12, 11, 12, 8, 9, 8, 9])[0]
    name = ""
    while not name or business_search_name(name) in taken:
        name = random.choice(trade.shop_names).format(name=random.choice(random.choice((WOMEN, WOMEN, MEN))))
        if business_search_name(name) in taken:
            name = f"{name} {random.choice(FAMILY)}"
    taken.add(business_search_name(name))
    return Sample(_business(name, trade, village, random), trade, f"+628131{i:07}")


def _business(name: str, trade: Trade, village: Area, random: Random) -> Business:
    turnover_rp = random.choice([None, None, 18_000_000, 36_000_000, 60_000_000, 150_000_000, 480_000_000])
    has_position = random.random() < 0.8
    return Business(
        name=name,
        search_name=business_search_name(name),
        area=village,
        street=random.choice(HAMLETS),
        rt=f"{random.randint(1, 6):03}",
        rw=f"{random.randint(1, 4):03}",
        landmark=random.choice(LANDMARKS) if random.random() < 0.6 else "",
        latitude=_near(_MIDDLE[0], random) if has_position else None,
        longitude=_near(_MIDDLE[1], random) if has_position else None,
        kind=recognise_kind(f"{trade.products_text} {name}"),
        kind_text=trade.products_text,
        products_text=trade.products_text,
        profile=trade.story,
        kbli_edition=2020,
        kbli_code=trade.kbli,
        legal_form="individual",
        scale_reported="micro",
        scale_computed=compute_scale(on=date(2026, 1, 1), turnover_rp=turnover_rp),
        workers=random.choice([None, 1, 1, 2, 2, 3, 5]),
        turnover_rp=turnover_rp,
        started_year=random.randint(2005, 2025),
    )


def _near(middle: Decimal, random: Random) -> Decimal:
    return middle + Decimal(round(random.gauss(0, 0.018), 6))


def _verification(business: Business, kader: Person, now: datetime, random: Random) -> None:
    state = random.choices([VERIFIED, DRAFT, NEEDS_CORRECTION], weights=[70, 24, 6])[0]
    if business.name in ("Kerupuk Bu Rahma", "Topi Bambu Pak Herman"):
        state = VERIFIED
    business.verification = state
    if state == VERIFIED:
        business.verified_by, business.verified_at = kader, now - timedelta(days=random.randint(20, 380))
    elif state == NEEDS_CORRECTION:
        business.verification_reason = random.choice(
            [
                "Nomor HP tidak aktif.",
                "Alamatnya bukan di desa ini.",
                "Usahanya masih jalan?",
            ]
        )


def _hang_on(samples: list[Sample], people: dict[str, Person], now: datetime, random: Random) -> None:
    owners, phones, consents, licences = [], [], [], []
    for sample in samples:
        business = sample.business
        first = next((word for word in business.name.split() if word in WOMEN or word in MEN), "Asih")
        name = f"{first} {random.choice(FAMILY)}"
        gender = "female" if first in WOMEN else "male"
        person = next((people[n] for n in ("Rahma", "Herman") if people[n].phone == sample.phone), None)
        owners.append(
            Owner(
                business=business,
                person=person,
                name=name,
                search_name=owner_search_name(name),
                gender=gender,
            )
        )
        phones.append(BusinessPhone(business=business, phone=sample.phone))
        if business.verification == VERIFIED:
            agreed = [PublicConsent.LISTING]
            agreed += [what for what, _name in PublicConsent.WHAT[1:] if random.random() < 0.7]
            consents += [
                PublicConsent(
                    business=business,
                    what=what,
                    given_at=business.verified_at or now,
                    how="kader",
                    text_version=text_now().version,
                    recorded_by=business.verified_by,
                )
                for what in agreed
            ]
        if sample.trade.goods and random.random() < 0.5:
            licences.append(_licence(business, now, random))
    Owner.objects.bulk_create(owners)
    BusinessPhone.objects.bulk_create(phones)
    PublicConsent.objects.bulk_create(consents)
    Licence.objects.bulk_create(licences)
    BusinessRole.objects.bulk_create(
        BusinessRole(
            business=sample.business,
            person=people[name],
            role=BusinessRole.OWNER,
            starts_on=(now - timedelta(days=400)).date(),
        )
        for sample in samples
        for name in ("Rahma", "Herman")
        if people[name].phone == sample.phone
    )


def _licence(business: Business, now: datetime, random: Random) -> Licence:
    kind = random.choice(["nib", "pirt", "halal"])
    return Licence(
        business=business,
        kind=kind,
        status="held",
        number={
            "nib": f"{random.randint(10**12, 10**13 - 1)}",
            "pirt": f"{random.randint(10**14, 10**15 - 1)}",
        }.get(kind, f"ID32110{random.randint(10**9, 10**10 - 1)}"),
        issued_on=(now - timedelta(days=random.randint(100, 900))).date(),
        expires_on=None if kind == "nib" else (now + timedelta(days=random.randint(-40, 900))).date(),
    )
