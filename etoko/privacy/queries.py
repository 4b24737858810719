"""What the pages of one's own data are told, as plain rows."""

from dataclasses import dataclass

from etoko.audit.queries import Access
from etoko.people.models import Person
from etoko.privacy.holdings import HOLDINGS, Holding
from etoko.privacy.readers import readers_of
from etoko.registry.access import businesses_owned_by
from etoko.registry.consent_texts import is_outgrown
from etoko.registry.models import Business, PublicConsent


@dataclass(frozen=True)
class ShownBusiness:
    public_id: str
    name: str
    shown: list[str]
    """What everybody may see of it now."""
    versions: list[str]
    """Of the texts that she agreed to."""
    asks_anew: bool


@dataclass(frozen=True)
class Own:
    held: list[Holding]
    businesses: list[ShownBusiness]
    readers: list[Access]

    @property
    def is_public(self) -> bool:
        return any(business.shown for business in self.businesses)


def own_data(person: Person) -> Own:
    businesses = businesses_owned_by(person)
    in_force = PublicConsent.objects.filter(business__in=businesses, withdrawn_at=None).order_by("id")
    given: dict[int, list[PublicConsent]] = {business.pk: [] for business in businesses}
    for consent in in_force:
        given[consent.business_id].append(consent)
    return Own(
        held=list(HOLDINGS.values()),
        businesses=[_shown(one, given[one.pk]) for one in businesses],
        readers=readers_of(businesses, most=30),
    )


def _shown(business: Business, given: list[PublicConsent]) -> ShownBusiness:
    return ShownBusiness(
        public_id=business.public_id,
        name=business.name,
        shown=[consent.get_what_display() for consent in given],
        versions=sorted({consent.text_version for consent in given if consent.text_version}),
        asks_anew=any(is_outgrown(consent.what, consent.text_version) for consent in given),
    )
