"""Every address of the room × every member of the cast: who gets in; nobody else changes anything."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from etoko.catalog.models import Product
from etoko.groups.access import standing_in
from etoko.groups.models import Group
from etoko.groups.models_coaching import Action, Visit
from etoko.groups.models_cooperatives import Cooperative, Permission
from etoko.groups.operations.booking import Deposit, record_income, take_deposit
from etoko.groups.operations.meeting import Minutes, record_meeting
from etoko.groups.tests.conftest import Everything
from etoko.groups.urls import urlpatterns
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import BusinessRole
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW
from tests.market import Market
from tests.turns import taken_back

pytestmark = pytest.mark.usefixtures("clock")

CAST = "guest rahma herman yanti ratna bu_camat dedi usman yanti_far siti".split()
# rahma: treasurer of the group; herman: plain member; yanti: kader of its village; ratna: Pokja II;
# usman: officer of its village; yanti_far: kader of another village; siti: nobody here.
MEMBERS, CARERS = {"rahma", "herman"}, {"yanti", "ratna", "bu_camat", "dedi"}
EVERYBODY = set(CAST) - {"guest"}
SEE = MEMBERS | CARERS | {"usman"}
BOOKS = {"rahma"} | CARERS
JUDGES = CARERS - {"yanti"}
ELSEWHERE = CARERS | {"yanti_far"}
OFFICE = ELSEWHERE | {"usman"}

LOOKING: Mapping[str, set[str]] = {
    "home": EVERYBODY,
    "new_group": ELSEWHERE,
    "group": SEE,
    "edit": CARERS,
    "level": JUDGES,
    "members": SEE,
    "new_member": CARERS,
    "member": BOOKS | {"herman"},
    "edit_member": CARERS,
    "office": CARERS,
    "leave": CARERS,
    "meetings": SEE,
    "new_meeting": CARERS,
    "meeting": SEE,
    "edit_meeting": CARERS,
    "deposit": BOOKS,
    "books": BOOKS,
    "loan": BOOKS,
    "withdrawal": BOOKS,
    "income": BOOKS,
    "expense": BOOKS,
    "slip": BOOKS,
    "book": BOOKS,
    "book_pdf": BOOKS,
    "book_xlsx": BOOKS,
    "calendar": OFFICE,
    "coaching": SEE,
    "visit": CARERS,
    "plan": CARERS,
    "forms": OFFICE,
    "form": SEE - MEMBERS,
    "form_pdf": SEE - MEMBERS,
    "form_xlsx": SEE - MEMBERS,
    "fill": CARERS,
    "cooperatives": EVERYBODY,
    "new_cooperative": ELSEWHERE,
    "cooperative": SEE - MEMBERS | {"herman"},
    "edit_cooperative": CARERS | {"herman"},
    "yearly_meeting": CARERS | {"herman"},
    "propose": CARERS | {"herman"},
    "permission": {"rahma"} | CARERS | {"usman"},
}
FORMS: Mapping[str, dict[str, Any]] = {
    "new_group": {"area": "36.03.04.2004", "name": "Poksus Baru", "kind": "poksus", "level": "pemula"},
    "edit": {"name": "Poksus Melati Indah", "kind": "poklak"},
    "level": {"level": "madya", "from_on": "2026-11-24", "reason": "Dinilai"},
    "new_member": {"name": "Euis", "gender": "female", "joined_on": "2026-11-24"},
    "edit_member": {"name": "Herman S", "gender": "male"},
    "office": {"office": "chair"},
    "leave": {"left_on": "2026-11-24"},
    "new_meeting": {"held_on": "2026-11-24", "agenda": "Rapat", "present": ["1"]},
    "edit_meeting": {"held_on": "2026-11-24", "agenda": "Rapat baru", "present": ["1"]},
    "deposit": {"mandatory_rp": "10.000", "on": "2026-11-24"},
    "loan": {
        "member": "4",
        "amount_rp": "5.000",
        "purpose": "Modal",
        "months": "5",
        "on": "2026-11-24",
    },
    "withdrawal": {"member": "4", "kind": "voluntary", "amount_rp": "100", "on": "2026-11-24"},
    "income": {"amount_rp": "5.000", "text": "Jualan", "on": "2026-11-24"},
    "expense": {"amount_rp": "5.000", "text": "Belanja", "on": "2026-11-24"},
    "slip": {"reason": "Salah"},
    "visit": {"visited_on": "2026-11-24", "minutes": "60", "findings": "Rapi", "next_on": "2026-12-24"},
    "plan": {"next_on": "2026-12-01"},
    "finish": {},
    "fill": {"rows": "1", "seen": "0", "0-3": "7"},
    "new_cooperative": {
        "area": "36.03.04.2004",
        "name": "Koperasi Baru",
        "kind": "ordinary",
        "legal": "not_yet",
        "rat_month": "3",
    },
    "edit_cooperative": {"name": "Koperasi Lama", "kind": "ordinary", "legal": "not_yet", "rat_month": "4"},
    "yearly_meeting": {"about_year": "2025", "held_on": "2026-03-01", "present": "9"},
    "propose": {"member_rp": "500", "sees": "sums", "edits": "nothing"},
    "end_permission": {},
    "permission": {"langkah": "izinkan"},
}
POSTED_ONLY = {"end_permission": CARERS | {"herman"}, "finish": CARERS}
OTHER_VILLAGE = {"new_group": {"yanti_far"}, "new_cooperative": {"yanti_far"}}
"""They see the page, but the form of this test names a village that is not theirs."""


@pytest.fixture
def everybody(request: pytest.FixtureRequest) -> dict[str, Person]:
    return {name: request.getfixturevalue(name) for name in CAST[1:]}


@pytest.fixture
def sale(villages: dict[str, Area], herman: Person, rahma: Person) -> Permission:
    """Pak Herman's cooperative asks Bu Rahma whether it may sell what she makes."""
    market = Market(villages)
    shop = market.shop("Toko Koperasi", "Taban")
    BusinessRole.objects.create(
        business=shop.business, person=herman, role=BusinessRole.OWNER, starts_on=NOW.date()
    )
    hers = make_business("Kerupuk Rahma", villages["Taban"], owned_by=rahma, shown=["listing"])
    return Permission.objects.create(
        cooperative=Cooperative.objects.create(
            name="Koperasi Taban",
            search_name="x",
            area=villages["Taban"],
            business=shop.business,
            created_at=NOW,
        ),
        product=market.product("Kerupuk", shop),
        business=hers,
        member_rp=500,
        proposed_by=herman,
        proposed_at=NOW,
    )


@pytest.fixture
def addresses(melati: Group, yanti: Person, sale: Permission) -> dict[str, str]:
    meeting = record_meeting(
        standing=standing_in(yanti, melati), minutes=Minutes(NOW.date(), "Rapat lama"), present=[1], at=NOW
    )
    action = Action.objects.create(
        visit=Visit.objects.create(
            group=melati,
            visited_on=NOW.date(),
            minutes=60,
            findings="Rapi",
            next_on=NOW.date() + timedelta(days=30),
            coach=yanti,
            at=NOW,
        ),
        what="Tulis kas",
        who="Rahma",
        until_on=NOW.date(),
    )
    words = {
        "<slug:group_id>": melati.public_id,
        "<int:number>": "4",
        "<int:meeting_id>": str(meeting.pk),
        "<slug:which>": "kas",
        "<str:code>": "36.03.04.2004",
        "<int:year>": "2026",
        "<str:form>": "4.22",
        "<slug:cooperative_id>": sale.cooperative.public_id,
        "<int:permission_id>": str(sale.pk),
        "<int:action_id>": str(action.pk),
    }
    helping = standing_in(yanti, melati)
    record_income(standing=helping, amount_rp=50_000, text="Saldo awal", on=NOW.date(), at=NOW)
    take_deposit(
        standing=helping,
        member=melati.members.get(number=4),
        deposit=Deposit(voluntary_rp=500),
        on=NOW.date(),
        at=NOW,
    )
    found = {}
    for pattern in urlpatterns:
        path = str(pattern.pattern)
        if pattern.name == "slip":
            path = path.replace("<int:number>", "1")
        if pattern.name == "leave":  # who has saved nothing
            path = path.replace("<int:number>", "2")
        for word, value in words.items():
            path = path.replace(word, value)
        found[str(pattern.name)] = f"/{path}"
    return found


def signed_in(who: str, everybody: dict[str, Person]) -> Client:
    client = Client()
    if who != "guest":
        client.force_login(everybody[who])
    return client


@pytest.mark.parametrize("who", CAST)
def test_who_sees_what(who: str, everybody: dict[str, Person], addresses: dict[str, str]) -> None:
    client = signed_in(who, everybody)
    wrong = []
    for name, allowed in LOOKING.items():
        answer = client.get(addresses[name])
        wanted = 302 if who == "guest" else 200 if who in allowed else 404
        if answer.status_code != wanted:
            wrong.append(f"{name}: {answer.status_code}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("name", FORMS)
def test_who_does_what(
    name: str,
    everybody: dict[str, Person],
    addresses: dict[str, str],
    sale: Permission,
    everything: Everything,
) -> None:
    form = dict(FORMS[name])
    if name == "propose":
        mine = sale.product
        product = Product.objects.create(
            shop=mine.shop, slug="y", name="Rengginang", category=mine.category, area_code=""
        )
        form |= {"product": str(product.pk), "business": sale.business.public_id}
    for who in CAST:
        with taken_back(who):
            before = everything()
            answer = signed_in(who, everybody).post(addresses[name], form)
            allowed = {**LOOKING, **POSTED_ONLY}[name]
            if who in allowed - OTHER_VILLAGE.get(name, set()):
                assert answer.status_code == 302 and everything() != before
            else:
                refused = 422 if who in allowed else 404
                assert answer.status_code == (302 if who == "guest" else refused)
                assert everything() == before


def test_no_address_is_missing_from_the_table(addresses: dict[str, str]) -> None:
    assert set(addresses) == set(LOOKING) | set(FORMS) | set(POSTED_ONLY)


def test_a_member_sees_her_own_slips_and_no_others(
    client: Client, addresses: dict[str, str], herman: Person, everything: Everything
) -> None:
    client.force_login(herman)
    own = addresses["slip"].replace("/1/", "/2/")
    assert client.get(own).status_code == 200
    before = everything()
    assert client.post(own, {"reason": "Salah"}).status_code == 404
    assert client.get(addresses["member"].replace("/4/", "/3/")).status_code == 404
    assert everything() == before


def test_things_of_another_group_are_not_found(
    client: Client, addresses: dict[str, str], yanti: Person, villages: Any
) -> None:
    from etoko.groups.operations.founding import GroupFacts, found_group

    other = found_group(facts=GroupFacts("Mawar"), area=villages["Taban"], by=yanti, at=NOW)
    client.force_login(yanti)
    for name in ("member", "meeting", "slip", "deposit"):
        parts = addresses[name].split("/")
        parts[2] = other.public_id
        assert client.get("/".join(parts)).status_code == 404


def test_the_list_asks_the_same_however_many_groups_there_are(
    client: Client, yanti: Person, melati: Group, villages: Any, max_queries: Any
) -> None:
    from etoko.groups.operations.founding import GroupFacts, found_group

    for number in range(8):
        found_group(facts=GroupFacts(f"Mawar {number}"), area=villages["Taban"], by=yanti, at=NOW)
    client.force_login(yanti)
    with max_queries(10):
        page = client.get("/kelompok/").content.decode()
    assert "Poksus Melati" in page and "Mawar 7" in page


@pytest.mark.parametrize(
    "budget",
    [("book", 16), ("coaching", 30), ("calendar", 7), ("form", 13), ("books", 16), ("member", 16)],
)
def test_pages_ask_a_fixed_number_of_questions(
    client: Client, addresses: dict[str, str], yanti: Person, max_queries: Any, budget: tuple[str, int]
) -> None:
    name, most = budget
    client.force_login(yanti)
    with max_queries(most):
        assert client.get(addresses[name]).status_code == 200
