"""Whether somebody has an interest towards an organisation or a business: who decides about one asks here."""

from django.db.models import Q

from etoko.partners.access import voices_of
from etoko.partners.models import Interest, Organisation
from etoko.people.models import Person
from etoko.registry.access import is_of_business
from etoko.registry.models import Business

OWN = "own"
"""She speaks for it, owns it or works there."""


def ties_of(person: Person, towards: Organisation | Business) -> frozenset[str]:
    """OWN and kinds of `Interest`, declared and not ended; empty: nothing is known. An organisation that
    stands on a business, itself or by the cooperative that sells as it, is one with it."""
    organisation: Organisation | None
    business: Business | None
    if isinstance(towards, Organisation):
        organisation, business = towards, _business_of(towards)
    else:
        organisation, business = Organisation.objects.filter(business=towards).first(), towards
    found = set()
    if organisation and any(one.organisation.pk == organisation.pk for one in voices_of(person)):
        found.add(OWN)
    if business and is_of_business(person, business):
        found.add(OWN)
    declared = Interest.objects.filter(
        Q(organisation=organisation) if organisation else Q(pk=None), person=person, ended_at__isnull=True
    )
    if business:
        declared |= Interest.objects.filter(business=business, person=person, ended_at__isnull=True)
    return frozenset(found | set(declared.values_list("kind", flat=True)))


def _business_of(organisation: Organisation) -> Business | None:
    return organisation.business or (organisation.cooperative.business if organisation.cooperative else None)
