"""Roles: given within the own area, by the table, with dates; and ended."""

from datetime import date

import pytest
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.people import roles
from etoko.people.access import grantable_roles, may
from etoko.people.models import Person, PlaceRole
from etoko.people.operations import granting
from etoko.people.operations.granting import UnableToGrant
from etoko.places.models import Area
from tests.cast import grant

TODAY = date(2026, 11, 24)
Villages = dict[str, Area]


def give(person: Person, area: Area, role: str, by: Person, clock: Clock, **more: object) -> PlaceRole:
    days: dict[str, object] = {"starts_on": TODAY, "ends_on": None, **more}
    return granting.grant_role(person=person, area=area, role=role, by=by, at=clock.now, **days)  # type: ignore[arg-type]


def test_the_officer_of_the_district_makes_a_kader(
    dedi: Person, rahma: Person, villages: Villages, clock: Clock
) -> None:
    give(rahma, villages["Taban"], roles.KADER, dedi, clock)
    assert may(rahma, roles.VERIFY_BUSINESSES, villages["Taban"].code)
    assert not may(rahma, roles.VERIFY_BUSINESSES, villages["Kutruk"].code)
    entry = AuditEntry.objects.get(deed="grant_role")
    assert (entry.by_name, entry.subject_name, entry.area_code) == ("Dedi", "Rahma", villages["Taban"].code)
    assert entry.changes["role"] == [None, "pkk_cadre"]


@pytest.mark.parametrize(
    ("who", "area", "expected"),
    [
        ("dedi", "Jambe", ["pkk_chair", "pokja_ii"]),
        ("dedi", "Taban", ["pkk_cadre", "pkk_chair", "pokja_ii"]),
        ("bu_camat", "Taban", ["pkk_cadre", "pokja_ii"]),
        ("yanti", "Taban", []),
        ("rahma", "Taban", []),
        ("regency", "Taban", ["pkk_cadre", "village_officer", "pkk_chair", "pokja_ii"]),
        ("regency", "Jambe", ["district_officer", "pkk_chair", "pokja_ii"]),
        ("province", "Banten", ["pkk_chair", "pokja_ii"]),
        ("superuser", "Banten", ["province_officer", "pkk_chair", "pokja_ii"]),
    ],
)
def test_the_table_says_who_gives_what(
    request: pytest.FixtureRequest, villages: Villages, who: str, area: str, expected: list[str]
) -> None:
    above = {"Jambe": Area.objects.get(code="36.03.04"), "Banten": Area.objects.get(code="36")}
    places = {**villages, **above}
    ani = request.getfixturevalue("ani")
    if who == "regency":
        person = grant(ani, Area.objects.get(code="36.03"), roles.REGENCY_OFFICER)
    elif who == "province":
        person = grant(ani, places["Banten"], roles.PROVINCE_OFFICER)
    elif who == "superuser":
        person = Person.objects.create_superuser("+6281355556666", "Admin", "x")
    else:
        person = request.getfixturevalue(who)
    assert grantable_roles(person, places[area]) == expected


def test_nobody_gives_beyond_the_own_area(
    bu_camat: Person, rahma: Person, villages: Villages, clock: Clock
) -> None:
    elsewhere = Area.objects.create(
        code="36.03.05.2001", name="Lain", level=4, kind="desa", search_name="lain"
    )
    with pytest.raises(UnableToGrant, match="tidak bisa memberikan peran ini"):
        give(rahma, elsewhere, roles.KADER, bu_camat, clock)
    assert PlaceRole.objects.filter(person=rahma).count() == 0


def test_nobody_gives_a_role_above_the_own(dedi: Person, rahma: Person, jambe: Area, clock: Clock) -> None:
    for role in (roles.DISTRICT_OFFICER, roles.REGENCY_OFFICER, "superuser", ""):
        with pytest.raises(UnableToGrant):
            give(rahma, jambe, role, dedi, clock)
    assert PlaceRole.objects.filter(person=rahma).count() == 0


def test_nobody_gives_to_himself(dedi: Person, villages: Villages, clock: Clock) -> None:
    with pytest.raises(UnableToGrant, match="diberikan oleh orang lain"):
        give(dedi, villages["Taban"], roles.KADER, dedi, clock)


def test_a_role_has_a_last_day(dedi: Person, rahma: Person, villages: Villages, clock: Clock) -> None:
    give(rahma, villages["Taban"], roles.KADER, dedi, clock, ends_on=date(2026, 12, 31))
    code = villages["Taban"].code
    assert may(rahma, roles.SEE_REGISTER, code, on=date(2026, 12, 31))
    assert not may(rahma, roles.SEE_REGISTER, code, on=date(2027, 1, 1))
    assert not may(rahma, roles.SEE_REGISTER, code, on=date(2026, 11, 23))


def test_days_come_in_order(dedi: Person, rahma: Person, villages: Villages, clock: Clock) -> None:
    with pytest.raises(UnableToGrant, match="sesudah hari pertama"):
        give(rahma, villages["Taban"], roles.KADER, dedi, clock, ends_on=date(2026, 11, 1))


def test_the_same_role_is_not_held_twice_at_once(
    dedi: Person, rahma: Person, villages: Villages, clock: Clock
) -> None:
    give(rahma, villages["Taban"], roles.KADER, dedi, clock)
    with pytest.raises(UnableToGrant, match="sudah memegang peran ini di Taban"):
        give(rahma, villages["Taban"], roles.KADER, dedi, clock, starts_on=date(2027, 1, 1))
    assert PlaceRole.objects.filter(person=rahma).count() == 1


def test_an_ended_role_gives_nothing_from_that_moment(dedi: Person, yanti: Person, clock: Clock) -> None:
    held = PlaceRole.objects.get(person=yanti)
    granting.end_role(granted=held, by=dedi, at=clock.now)
    assert not may(yanti, roles.SEE_REGISTER, held.area_id)
    assert PlaceRole.objects.get(person=yanti).ended_at == clock.now
    with pytest.raises(UnableToGrant, match="sudah berakhir"):
        granting.end_role(granted=held, by=dedi, at=clock.now)


def test_it_may_be_given_again_on_the_same_day(
    dedi: Person, rahma: Person, villages: Villages, clock: Clock
) -> None:
    for _time in range(2):
        held = give(rahma, villages["Taban"], roles.KADER, dedi, clock)
        granting.end_role(granted=held, by=dedi, at=clock.now)
    assert PlaceRole.objects.filter(person=rahma).count() == 2


def test_a_kader_ends_nobodys_role(bu_camat: Person, yanti: Person, dedi: Person, clock: Clock) -> None:
    held = PlaceRole.objects.get(person=dedi)
    for who in (yanti, bu_camat):
        with pytest.raises(UnableToGrant):
            granting.end_role(granted=held, by=who, at=clock.now)
    held.refresh_from_db()
    assert held.ended_at is None


# ---------------------------------------------------------------------------------------- pages


def test_on_the_page_a_new_kader_gets_her_account_with_the_role(
    client: Client, dedi: Person, villages: Villages
) -> None:
    client.force_login(dedi)
    here = f"/petugas/peran/?wilayah={villages['Kutruk'].code}"
    form = {"role": "pkk_cadre", "phone": "081377778888", "name": "Bu Wati", "starts_on": "2026-11-24"}
    assert client.post(here, form)["Location"] == here
    wati = Person.objects.get(phone="+6281377778888")
    assert may(wati, roles.ASSIST_SELLERS, villages["Kutruk"].code, on=TODAY)
    assert "Bu Wati" in client.get(here).content.decode()


def test_a_refused_role_makes_no_account(client: Client, dedi: Person, villages: Villages) -> None:
    client.force_login(dedi)
    here = f"/petugas/peran/?wilayah={villages['Kutruk'].code}"
    form = {
        "role": "pkk_cadre",
        "phone": "081377778888",
        "name": "Bu Wati",
        "starts_on": "2026-11-24",
        "ends_on": "2026-11-01",
    }
    answer = client.post(here, form)
    assert answer.status_code == 422
    assert 'value="Bu Wati"' in answer.content.decode()
    assert not Person.objects.filter(phone="+6281377778888").exists()


def test_a_new_number_needs_a_name(client: Client, dedi: Person, villages: Villages) -> None:
    client.force_login(dedi)
    answer = client.post(
        f"/petugas/peran/?wilayah={villages['Kutruk'].code}",
        {"role": "pkk_cadre", "phone": "081377778888", "starts_on": "2026-11-24"},
    )
    assert "Nomor ini belum punya akun. Tulis juga namanya." in answer.content.decode()


def test_on_the_page_a_role_is_ended(client: Client, dedi: Person, yanti: Person) -> None:
    client.force_login(dedi)
    held = PlaceRole.objects.get(person=yanti)
    page = client.post(f"/petugas/peran/{held.pk}/akhiri/", follow=True).content.decode()
    assert "Peran Yanti diakhiri." in page
    held.refresh_from_db()
    assert held.ended_at is not None


def test_an_area_elsewhere_is_not_found(client: Client, dedi: Person, jambe: Area) -> None:
    client.force_login(dedi)
    assert client.get("/petugas/peran/?wilayah=36.03").status_code == 404
    assert client.get("/petugas/peran/?wilayah=%F0%9F%99%82").status_code == 404


def test_the_page_costs_the_same_with_many_roles(
    client: Client, dedi: Person, villages: Villages, max_queries: object
) -> None:
    for number in range(30):
        person = Person.objects.create_user(f"+62813000000{number:02}", f"Kader {number}", None)
        grant(person, list(villages.values())[number % 10], roles.KADER)
    client.force_login(dedi)
    with max_queries(14):  # type: ignore[operator]
        client.get("/petugas/peran/?wilayah=36.03.04")
