"""Partners: registered, kept, seen; the switch; what people declare."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Clock
from etoko.partners import helices as h
from etoko.partners.access import Keeping
from etoko.partners.models import Interest, Mandate, Organisation
from etoko.partners.operations import (
    OrganisationFacts,
    UnableToDeclare,
    UnableToRegister,
    change_organisation,
    declare_interest,
    end_interest,
    give_mandate,
    register_organisation,
)
from etoko.partners.tests.conftest import TODAY, Everything, by_decree, make_partner
from etoko.partners.ties import OWN, ties_of
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def test_the_officer_registers_a_partner_once_and_everybody_finds_it(
    dedi: Person, jambe: Area, client: Client
) -> None:
    client.force_login(dedi)
    form = {
        "area": jambe.pk,
        "name": "Radio Suara Jambe",
        "helix": "media",
        "kind": "Radio",
        "reach": "of_district",
        "offers": "Siaran UMKM",
        "website": "radio.example",
        "once": "k",
    }
    refused = client.post("/petugas/mitra/baru/", form | {"kind": ""})
    assert refused.status_code == 422 and "Radio Suara Jambe" in refused.content.decode()
    for _twice in range(2):
        assert client.post("/petugas/mitra/baru/", form).status_code == 302
    radio = Organisation.objects.get()
    assert radio.website == "https://radio.example"
    again = client.post("/petugas/mitra/baru/", form | {"once": "other"})
    assert again.status_code == 422 and "sudah terdaftar" in again.content.decode()
    guest = Client()
    for query in ("", "?unsur=media", "?q=siaran", "?tingkat=of_district"):
        assert "Radio Suara Jambe" in guest.get(f"/mitra/{query}").content.decode()
    for query in ("?unsur=academia", "?q=zzz", "?tingkat=national"):
        assert "Radio Suara Jambe" not in guest.get(f"/mitra/{query}").content.decode()
    assert "Siaran UMKM" in guest.get(f"/mitra/{radio.public_id}/").content.decode()


def test_what_has_a_record_gets_no_second_one(
    topi: Organisation, dedi: Person, client: Client, everything: Everything
) -> None:
    assert topi.business is not None
    before = everything()
    with pytest.raises(UnableToRegister):
        register_organisation(
            facts=OrganisationFacts("", h.BUSINESS, "UMKM", h.OF_VILLAGE),
            area=topi.area,
            record=topi.business,
            by=dedi,
            at=NOW,
        )
    assert everything() == before
    client.force_login(dedi)
    assert "Topi Herman" not in client.get("/petugas/mitra/dari-register/?q=topi").content.decode()
    Business.objects.filter(pk=topi.business.pk).update(name="Topi Bambu Herman", listing="unlisted")
    assert "Topi Bambu Herman" in client.get("/petugas/mitra/").content.decode()
    guest = Client()  # who does not want to be seen in the register is not seen here
    assert "Topi" not in guest.get("/mitra/").content.decode()
    assert guest.get(f"/mitra/{topi.public_id}/").status_code == 404


def test_its_leader_changes_everything_but_the_helix(
    campus: Organisation, nia: Person, client: Client, everything: Everything
) -> None:
    client.force_login(nia)
    path = f"/mitra/{campus.public_id}/kelola/ubah/"
    form = {"name": "Universitas Cisadane Raya", "kind": "Kampus", "reach": "of_regency", "wants": "Data"}
    assert client.post(path, form | {"helix": "government"}).status_code == 302
    campus.refresh_from_db()
    assert (campus.name, campus.helix, campus.wants) == ("Universitas Cisadane Raya", "academia", "Data")
    before = everything()
    keeping = Keeping(campus, nia, is_own=True, is_officer=False)
    with pytest.raises(UnableToRegister):
        change_organisation(
            keeping=keeping, facts=OrganisationFacts("X", h.GOVERNMENT, "Y", h.OF_REGENCY), at=NOW
        )
    with pytest.raises(UnableToRegister):  # a village's partner is of a village
        change_organisation(
            keeping=keeping, facts=OrganisationFacts("X", h.ACADEMIA, "Y", h.OF_VILLAGE), at=NOW
        )
    assert everything() == before


def test_she_acts_for_whom_she_chose_until_the_mandate_is_over(
    campus: Organisation, hotel: Organisation, nia: Person, client: Client, clock: Clock
) -> None:
    client.force_login(nia)
    page = client.get("/bertindak-sebagai/")  # one voice: no need to choose
    assert "Universitas" in page.cookies["tk"].value
    keeping = Keeping(hotel, hotel.mandates.get().person, is_own=True, is_officer=False)
    facts = by_decree(Mandate.GUEST, ends_on=TODAY + timedelta(days=2))
    give_mandate(keeping=keeping, person=nia, facts=facts, at=NOW)
    client.post("/bertindak-sebagai/", {"as": hotel.public_id, "next": "/mitra/"})
    assert 'data-tk="acting">Hotel Anyelir' in client.get("/bertindak-sebagai/").content.decode()
    clock.forward(days=3)
    page = client.get("/bertindak-sebagai/")
    assert "Hotel Anyelir" not in page.content.decode()
    assert "acting" not in page.cookies["tk"].value
    client.post("/bertindak-sebagai/", {"as": "somebody"})  # what she has no voice for is nobody
    assert 'data-tk="acting" hidden' in client.get("/bertindak-sebagai/").content.decode()


def test_ties_are_declared_ended_and_known_to_who_asks(
    topi: Organisation, campus: Organisation, herman: Person, siti: Person, client: Client
) -> None:
    assert topi.business is not None
    nia = campus.mandates.get().person
    assert ties_of(herman, topi) == ties_of(herman, topi.business) == {OWN}
    assert ties_of(nia, campus) == {OWN} and ties_of(nia, topi) == frozenset()
    client.force_login(nia)
    assert f"mitra:{topi.public_id}" not in client.get("/saya/kepentingan/?q=topi").content.decode()
    Business.objects.filter(pk=topi.business.pk).update(listing="listed")
    assert f"mitra:{topi.public_id}" in client.get("/saya/kepentingan/?q=topi").content.decode()
    path = f"/saya/kepentingan/baru/?kepada=mitra:{topi.public_id}"
    assert client.post(path, {}).status_code == 422
    client.post(path, {"kind": "kin", "note": "Ipar saya"})
    assert ties_of(nia, topi) == ties_of(nia, topi.business) == {Interest.KIN}
    with pytest.raises(UnableToDeclare):
        declare_interest(person=nia, kind=Interest.KIN, towards=topi, at=NOW)
    interest = declare_interest(person=nia, kind=Interest.OWNERSHIP, towards=topi.business, at=NOW)
    assert ties_of(nia, topi) == {Interest.KIN, Interest.OWNERSHIP}
    client.force_login(siti)
    assert client.post(f"/saya/kepentingan/{interest.pk}/akhiri/").status_code == 404
    end_interest(interest=interest, at=NOW)
    assert ties_of(nia, topi) == {Interest.KIN}


def test_who_looks_after_a_partner_sees_what_was_declared_and_nobody_else(
    campus: Organisation, nia: Person, dedi: Person, client: Client
) -> None:
    declare_interest(person=nia, kind=Interest.KIN, towards=campus, note="Suami saya dekannya", at=NOW)
    path = f"/mitra/{campus.public_id}/"
    client.force_login(dedi)
    assert "Suami saya dekannya" in client.get(f"{path}kelola/").content.decode()
    client.force_login(nia)
    assert "Suami saya dekannya" not in client.get(f"{path}kelola/").content.decode()
    assert "Suami saya dekannya" in client.get("/saya/kepentingan/").content.decode()
    assert "Suami saya dekannya" not in client.get(path).content.decode()


def test_many_partners_cost_as_much_as_few(
    jambe: Area, dedi: Person, client: Client, max_queries: Any
) -> None:
    for number in range(35):
        make_partner(f"Mitra {number}", h.HELICES[number % 5][0], jambe, dedi)
    with max_queries(8):
        page = client.get("/mitra/").content.decode()
    assert page.count("cover-link") == 30 and "Halaman 1 dari 2" in page
