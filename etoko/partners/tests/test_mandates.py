"""Who speaks for whom, since when, by which decree; and what happens when an official changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from conftest import Clock
from etoko.notices.models import Notice
from etoko.partners.access import Keeping, voices_of
from etoko.partners.models import Mandate, Organisation
from etoko.partners.operations import UnableToMandate, end_mandate, give_mandate
from etoko.partners.tests.conftest import TODAY, Everything, by_decree
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def names(person: Person) -> list[str]:
    return [one.organisation.title for one in voices_of(person)]


def test_a_mandate_speaks_from_its_first_day_to_its_last(
    campus: Organisation, kevin: Person, nia: Person, clock: Clock
) -> None:
    keeping = Keeping(campus, nia, is_own=True, is_officer=False)
    facts = by_decree(
        Mandate.GUEST,
        "Dosen tamu",
        decree_number="",
        starts_on=TODAY + timedelta(days=1),
        ends_on=TODAY + timedelta(days=3),
    )
    give_mandate(keeping=keeping, person=kevin, facts=facts, at=NOW)
    assert Notice.objects.get(recipient=kevin).title == "Anda kini wakil Universitas Cisadane"
    heard = []
    for _day in range(5):
        heard.append(names(kevin))
        clock.forward(days=1)
    assert heard == [[], ["Universitas Cisadane"], ["Universitas Cisadane"], ["Universitas Cisadane"], []]


def test_owners_and_their_cooperatives_speak_without_a_decree(
    topi: Organisation, herman: Person, siti: Person, campus: Organisation, nia: Person
) -> None:
    (voice,) = voices_of(herman)
    assert (voice.organisation, voice.mandate, voice.leads) == (topi, None, True)
    assert voice.act == {"by": herman, "organisation": topi, "helix": "business", "role": ""}
    assert names(siti) == [] and names(nia) == ["Universitas Cisadane"]
    assert topi.name == "" and topi.title == "Topi Herman"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"decree_number": " "}, "decree_number"),
        ({"role": ""}, "role"),
        ({"kind": "king"}, "kind"),
        ({"kind": Mandate.GUEST}, "ends_on"),
        ({"kind": Mandate.GUEST, "ends_on": TODAY + timedelta(days=400)}, "ends_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_a_mandate_that_lacks_something_is_not_given(
    kept_campus: Keeping, kevin: Person, everything: Everything, more: dict[str, str], field: str
) -> None:
    before = everything()
    with pytest.raises(UnableToMandate) as refused:
        give_mandate(keeping=kept_campus, person=kevin, facts=by_decree(**more), at=NOW)
    assert refused.value.field == field and everything() == before


def test_nobody_gives_herself_one_nor_twice_the_same(
    campus: Organisation, nia: Person, kevin: Person, everything: Everything
) -> None:
    keeping = Keeping(campus, nia, is_own=True, is_officer=False)
    give_mandate(keeping=keeping, person=kevin, facts=by_decree(Mandate.SPEAKER), at=NOW)
    before = everything()
    for person in (nia, kevin):
        with pytest.raises(UnableToMandate):
            give_mandate(keeping=keeping, person=person, facts=by_decree(Mandate.SPEAKER), at=NOW)
    assert everything() == before
    with pytest.raises(IntegrityError), transaction.atomic():  # the database holds it too
        Mandate.objects.filter(person=kevin).update(decree_number="")


def test_the_officer_gives_it_by_form_once_and_the_account_is_made(
    campus: Organisation, dedi: Person, client: Client
) -> None:
    client.force_login(dedi)
    path = f"/mitra/{campus.public_id}/kelola/mandat/"
    form = {
        "phone": "0812-7000-0001",
        "kind": "speaker",
        "role": "Sekretaris",
        "decree_number": "12/SK/2026",
        "starts_on": "2026-11-24",
        "once": "k",
    }
    refused = client.post(path, form)
    assert refused.status_code == 422 and "Tulis juga namanya" in refused.content.decode()
    assert "12/SK/2026" in refused.content.decode() and not Person.objects.filter(name="Wawan").exists()
    for _twice in range(2):
        assert client.post(path, form | {"name": "Wawan"}).status_code == 302
    mandate = Mandate.objects.get(person__name="Wawan")
    assert (mandate.person.phone, mandate.granted_by) == ("+6281270000001", dedi)
    page = client.get(f"/mitra/{campus.public_id}/kelola/").content.decode()
    assert "Wawan" in page and "12/SK/2026" in page
    assert "+6281270000001"[3:] not in client.get(f"/mitra/{campus.public_id}/").content.decode()


def test_a_mandate_that_ended_gives_nothing_and_ends_once(
    campus: Organisation, nia: Person, dedi: Person, client: Client, everything: Everything
) -> None:
    client.force_login(nia)
    mandate = Mandate.objects.get(person=nia)
    keep = f"/mitra/{campus.public_id}/kelola/"
    assert client.get(keep).status_code == 200
    keeping = Keeping(campus, dedi, is_own=False, is_officer=True)
    end_mandate(keeping=keeping, mandate=mandate, reason="Pindah tugas", at=NOW)
    assert names(nia) == [] and client.get(keep).status_code == 404
    before = everything()
    with pytest.raises(UnableToMandate):
        end_mandate(keeping=keeping, mandate=mandate, at=NOW)
    assert everything() == before


def test_the_successor_must_hold_one_of_the_same_partner(
    campus: Organisation, hotel: Organisation, nia: Person, dedi: Person, everything: Everything
) -> None:
    before = everything()
    keeping = Keeping(campus, dedi, is_own=False, is_officer=True)
    with pytest.raises(UnableToMandate) as refused:
        end_mandate(
            keeping=keeping,
            mandate=Mandate.objects.get(person=nia),
            successor=Mandate.objects.get(organisation=hotel),
            at=NOW,
        )
    assert refused.value.field == "successor" and everything() == before
