"""Members come, hold offices, and go."""

from datetime import date

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.groups.access import Standing, own_memberships, standing_in
from etoko.groups.models import Group, Member, Office
from etoko.groups.operations.joining import (
    MemberFacts,
    UnableToJoin,
    UnableToLeave,
    add_member,
    end_membership,
    give_office,
)
from etoko.groups.tests.conftest import Everything, member_of
from etoko.people.models import Person
from tests.cast import NOW

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("clock")


def test_the_secretary_adds_a_member_on_her_phone(client: Client, melati: Group, siti: Person) -> None:
    lia = member_of(melati, "Lia")
    Member.objects.filter(pk=lia.pk).update(phone=siti.phone)
    client.force_login(siti)
    form = {"name": "Neng Euis", "gender": "female", "phone": "0812 9000 0001", "joined_on": "2026-11-01"}
    answer = client.post(f"/kelompok/{melati.public_id}/anggota/baru/", {**form, "once": "k", "lagi": "1"})
    assert answer["Location"] == f"/kelompok/{melati.public_id}/anggota/baru/"
    euis = member_of(melati, "Neng Euis")
    assert (euis.number, euis.phone, euis.joined_on) == (5, "+6281290000001", date(2026, 11, 1))
    assert AuditEntry.objects.filter(deed="add_member").latest("id").for_name == ""
    client.post(f"/kelompok/{melati.public_id}/anggota/baru/", {**form, "once": "k"})
    assert melati.members.count() == 5


def test_a_phone_belongs_to_one_member(helping: Standing, rahma: Person, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToJoin) as refused:
        add_member(standing=helping, facts=MemberFacts("Lain", phone=rahma.phone), joined_on=TODAY, at=NOW)
    assert refused.value.field == "phone"
    assert everything() == before


def test_an_unproven_phone_opens_nothing(melati: Group, herman: Person) -> None:
    assert standing_in(herman, melati).member == member_of(melati, "Herman")
    herman.phone_verified_at = None
    assert not own_memberships(herman).exists()
    assert standing_in(herman, melati).member is None


def test_an_office_is_held_by_one_and_the_days_are_kept(helping: Standing, melati: Group) -> None:
    give_office(standing=helping, member=member_of(melati, "Herman"), office=Office.TREASURER, at=NOW)
    held = Office.objects.filter(group=melati, office=Office.TREASURER).order_by("id")
    assert [(one.member.name, one.ends_on) for one in held] == [("Rahma", TODAY), ("Herman", None)]
    give_office(standing=helping, member=member_of(melati, "Herman"), office="", at=NOW)
    assert not Office.objects.filter(member__name="Herman", ends_on__isnull=True).exists()


def test_who_leaves_holds_no_office_and_sees_nothing_more(
    helping: Standing, melati: Group, rahma: Person, client: Client
) -> None:
    rahma_member = member_of(melati, "Rahma")
    end_membership(standing=helping, member=rahma_member, left_on=date(2026, 11, 23), at=NOW)
    assert not Office.objects.filter(member=rahma_member, ends_on__isnull=True).exists()
    client.force_login(rahma)
    assert client.get(f"/kelompok/{melati.public_id}/").status_code == 404
    with pytest.raises(UnableToLeave):
        end_membership(standing=helping, member=rahma_member, left_on=TODAY, at=NOW)


def test_she_may_come_back_and_gets_a_new_number(helping: Standing, melati: Group, rahma: Person) -> None:
    end_membership(standing=helping, member=member_of(melati, "Rahma"), left_on=TODAY, at=NOW)
    again = add_member(
        standing=helping, facts=MemberFacts("Rahma", phone=rahma.phone), joined_on=TODAY, at=NOW
    )
    assert again.number == 5


@pytest.mark.parametrize("left_on", [date(2026, 11, 25), date(2025, 12, 31)])
def test_refuses_a_day_outside_of_her_membership(
    helping: Standing, melati: Group, everything: Everything, left_on: date
) -> None:
    before = everything()
    with pytest.raises(UnableToLeave) as refused:
        end_membership(standing=helping, member=member_of(melati, "Herman"), left_on=left_on, at=NOW)
    assert refused.value.field == "left_on"
    assert everything() == before
