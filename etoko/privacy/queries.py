"""What the pages of one's own data are told, as plain rows."""

from dataclasses import dataclass

from etoko.audit.queries import Access
from etoko.people.models import Person
from etoko.privacy.holdings import HOLDINGS, Holding
from etoko.privacy.readers import readers_of
from etoko.registry.access import businesses_owned_by
from etoko.registry.models import PublicConsent


@dataclass(frozen=True)
class ShownBusiness:
    public_id: str
    name: str
    shown: list[str]
    """What everybody may see of it now."""


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
    shown: dict[int, list[str]] = {business.pk: [] for business in businesses}
    for consent in in_force:
        shown[consent.business_id].append(consent.get_what_display())
    return Own(
        held=list(HOLDINGS.values()),
        businesses=[ShownBusiness(one.public_id, one.name, shown[one.pk]) for one in businesses],
        readers=readers_of(businesses, most=30),
    )
