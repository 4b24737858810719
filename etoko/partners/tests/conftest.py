"""The sub-district's office with its officer, a campus, a hotel, and Pak Herman's business as a partner."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from etoko.partners import helices as h
from etoko.partners.access import Keeping
from etoko.partners.models import Mandate, Organisation
from etoko.partners.operations import MandateFacts, OrganisationFacts, give_mandate, register_organisation
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

Everything = Callable[[], dict[str, list[Any]]]
TODAY = NOW.date()


def by_decree(kind: str = Mandate.LEAD, role: str = "Ketua", **more: Any) -> MandateFacts:
    return MandateFacts(
        **{"kind": kind, "role": role, "decree_number": "7/SK", "starts_on": TODAY, "ends_on": None, **more}
    )


def make_partner(name: str, helix: str, area: Area, by: Person, lead: Person | None = None) -> Organisation:
    facts = OrganisationFacts(name, helix, "Kantor", h.OF_DISTRICT, offers="Pelatihan kemasan")
    organisation = register_organisation(facts=facts, area=area, by=by, at=NOW)
    if lead is not None:
        keeping = Keeping(organisation, by, is_own=False, is_officer=True)
        give_mandate(keeping=keeping, person=lead, facts=by_decree(), at=NOW)
    return organisation


@pytest.fixture
def nia(db: None) -> Person:
    """Of the campus."""
    return Person.objects.create_user("+6281210000020", "Nia", phone_verified_at=NOW)


@pytest.fixture
def kevin(db: None) -> Person:
    """Of the hotel."""
    return Person.objects.create_user("+6281210000021", "Kevin", phone_verified_at=NOW)


@pytest.fixture
def office(jambe: Area, dedi: Person, bu_camat: Person) -> Organisation:
    """The sub-district's office; Pak Dedi speaks for it, and cannot have said so himself."""
    return make_partner("Kantor Kecamatan Jambe", h.GOVERNMENT, jambe, bu_camat, dedi)


@pytest.fixture
def campus(jambe: Area, dedi: Person, nia: Person) -> Organisation:
    return make_partner("Universitas Cisadane", h.ACADEMIA, jambe, dedi, nia)


@pytest.fixture
def kept_campus(campus: Organisation, nia: Person) -> Keeping:
    """In the hands of its leader."""
    return Keeping(campus, nia, is_own=True, is_officer=False)


@pytest.fixture
def hotel(jambe: Area, dedi: Person, kevin: Person) -> Organisation:
    return make_partner("Hotel Anyelir", h.BUSINESS, jambe, dedi, kevin)


@pytest.fixture
def topi(villages: dict[str, Area], dedi: Person, herman: Person) -> Organisation:
    """Pak Herman's business: he speaks for it without a mandate."""
    business = make_business("Topi Herman", villages["Kutruk"], owned_by=herman)
    facts = OrganisationFacts("", h.BUSINESS, "UMKM", h.OF_VILLAGE)
    return register_organisation(facts=facts, area=business.area, record=business, by=dedi, at=NOW)


@pytest.fixture
def everything(db: None) -> Everything:
    """All rows of this room, the traces, people and news, to see that nothing changed."""

    def rows() -> dict[str, list[Any]]:
        names = ("audit.AuditEntry", "notices.Notice", "people.Person")
        models = [*apps.get_app_config("partners").get_models(), *(apps.get_model(name) for name in names)]
        return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}

    return rows
