"""A sheet comes in by the JSON door: once, wholly, and never over what somebody else wrote."""

from typing import Any

import pytest

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.census.models import Sheet
from etoko.census.tests.phones import Phone
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.importing.fields import WORKER_PARTS
from etoko.registry.models import Business, Licence
from etoko.registry.operations.editing import edit_section, section_now
from etoko.registry.operations.merging import merge_businesses
from etoko.registry.sections import SECTIONS
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area]) -> Business:
    return make_business(
        "Kerupuk Bu Rahma",
        villages["Taban"],
        phone="+6281210000001",
        landmark="depan masjid",
        kind="makanan",
        turnover_rp=36_000_000,
        turnover_band="to_60jt",
    )


def edit_at_office(business: Business, slug: str, by: Person, clock: Clock, **changes: Any) -> None:
    business.refresh_from_db()
    section = SECTIONS[slug]
    edit_section(
        business=business,
        section=section,
        values={field: getattr(business, field) for field in section.fields} | changes,
        seen=section_now(business, section),
        by=by,
        at=clock.now,
        is_verifier=True,
    )


def test_a_new_business_is_registered_with_all_that_the_sheet_says(yanti: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    answer = phone.send(phone.sheet(shown=["listing", "phone"]))
    assert answer.status_code == 200, answer.json()
    business = Business.objects.get()
    assert (business.name, business.area_id, business.rt, business.rw) == (
        "Keripik Bu Aminah",
        "36.03.04.2004",
        "003",
        "002",
    )
    assert (str(business.latitude), str(business.longitude)) == ("-6.301200", "106.501000")
    assert (business.kbli_edition, business.kbli_code, business.workers) == (2020, "10794", 2)
    assert (business.turnover_band, business.scale_computed) == ("to_60jt", "micro")
    assert (business.verification, business.verified_by) == ("verified", yanti)
    assert list(business.phones.values_list("phone", flat=True)) == ["+6281311112222"]
    assert list(business.licences.values_list("kind", "status", "number").order_by("kind")) == [
        ("nib", "held", "1234567890123"),
        ("pirt", "none", ""),
    ]
    assert sorted(business.consents.values_list("what", "how")) == [("listing", "kader"), ("phone", "kader")]
    sheet = Sheet.objects.get()
    assert (sheet.kind, sheet.origin, sheet.consent_version) == ("new", "app", "2026-11")
    assert answer.json()["receipt"]["received_at"] == clock.now.isoformat()
    traces = AuditEntry.objects.filter(subject_type="registry.Business")
    assert set(traces.values_list("by_name", flat=True)) == {"Yanti"}
    assert set(traces.filter(deed="visit_business").values_list("for_name", flat=True)) == {
        "Keripik Bu Aminah"
    }


def test_the_same_sheet_again_is_answered_alike_and_does_nothing(yanti: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet()
    first = phone.send(sheet).json()
    clock.forward(hours=3)
    assert phone.send(sheet).json() == first
    assert (Business.objects.count(), Sheet.objects.count()) == (1, 1)


def test_a_later_version_whose_first_answer_was_lost_changes_the_same_business(
    yanti: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet()
    phone.send(sheet)  # the answer never reached the phone
    sheet["values"]["landmark"] = "depan warung Iis"
    sheet["values"]["phone"] = ""
    assert phone.send(sheet).status_code == 200
    business = Business.objects.get()
    assert (business.landmark, business.phones.count()) == ("depan warung Iis", 0)
    assert Sheet.objects.get().kind == "new"


def test_what_she_did_not_touch_stays_as_the_office_has_it(
    kerupuk: Business, yanti: Person, dedi: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet("Kerupuk Bu Rahma", workers="3")
    edit_at_office(kerupuk, "alamat", dedi, clock, landmark="belakang balai desa")
    assert phone.send(sheet).status_code == 200
    kerupuk.refresh_from_db()
    assert (kerupuk.landmark, kerupuk.workers) == ("belakang balai desa", 3)
    assert kerupuk.turnover_rp == 36_000_000
    assert Sheet.objects.get().changed == ["workers"]


def test_what_both_changed_is_shown_and_nothing_is_written(
    kerupuk: Business, yanti: Person, dedi: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet("Kerupuk Bu Rahma", landmark="sebelah pos ronda", workers="3", is_right="on")
    edit_at_office(kerupuk, "alamat", dedi, clock, landmark="belakang balai desa")
    answer = phone.send(sheet)
    assert answer.status_code == 409
    assert answer.json()["differences"] == [
        {
            "field": "landmark",
            "label": "Patokan",
            "now": "belakang balai desa",
            "now_words": "belakang balai desa",
            "mine_words": "sebelah pos ronda",
            "by": "Dedi",
            "at": clock.now.isoformat(),
        }
    ]
    kerupuk.refresh_from_db()
    assert (kerupuk.landmark, kerupuk.workers, kerupuk.verification) == ("belakang balai desa", None, "draft")
    assert not Sheet.objects.exists()

    # "Catatan saya": she has seen what the office wrote, and stays with hers.
    sheet["seen"]["landmark"] = "belakang balai desa"
    assert phone.send(sheet).status_code == 200
    kerupuk.refresh_from_db()
    assert (kerupuk.landmark, kerupuk.workers) == ("sebelah pos ronda", 3)


def test_a_decision_is_asked_again_when_the_office_changed_it_once_more(
    kerupuk: Business, yanti: Person, dedi: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet("Kerupuk Bu Rahma", landmark="sebelah pos ronda")
    edit_at_office(kerupuk, "alamat", dedi, clock, landmark="belakang balai desa")
    sheet["seen"]["landmark"] = "belakang balai desa"
    edit_at_office(kerupuk, "alamat", dedi, clock, landmark="depan sekolah")
    assert phone.send(sheet).json()["differences"][0]["now"] == "depan sekolah"


def test_owner_phone_and_licence_of_both_are_compared_too(
    kerupuk: Business, yanti: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet(
        "Kerupuk Bu Rahma",
        owner_name="Rahmawati",
        phone="0812-9999-0000",
        nib_status="held",
        nib_number="1234567890123",
    )
    kerupuk.owners.update(name="Hj. Rahma")
    kerupuk.phones.update(phone="+6281288887777")
    Licence.objects.create(business=kerupuk, kind="nib", status="held", number="3333333333333")
    told = {
        one["field"]: (one["now_words"], one["mine_words"]) for one in phone.send(sheet).json()["differences"]
    }
    assert told == {
        "owner_name": ("Hj. Rahma", "Rahmawati"),
        "phone": ("0812-8888-7777", "0812-9999-0000"),
        "nib_number": ("3333333333333", "1234567890123"),
    }


def test_a_band_that_says_otherwise_than_the_old_amount_takes_its_place(
    kerupuk: Business, yanti: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    phone.send(phone.sheet("Kerupuk Bu Rahma", turnover_band="to_500jt"))
    kerupuk.refresh_from_db()
    assert (kerupuk.turnover_rp, kerupuk.turnover_band) == (None, "to_500jt")


def test_closed_and_moved(kerupuk: Business, villages: dict[str, Area], yanti: Person, clock: Clock) -> None:
    moved = make_business("Topi Jaya", villages["Taban"], owner="Jaya")
    phone = Phone(yanti)
    assert phone.send(phone.sheet("Kerupuk Bu Rahma", status="closed", is_right="on")).status_code == 200
    assert phone.send(phone.sheet("Topi Jaya", status="moved")).json()["errors"].keys() == {"moved_to"}
    assert phone.send(phone.sheet("Topi Jaya", status="moved", moved_to="Desa Daru")).status_code == 200
    kerupuk.refresh_from_db()
    moved.refresh_from_db()
    assert (kerupuk.status, kerupuk.verification) == ("closed", "draft")
    assert (moved.verification, moved.verification_reason) == (
        "needs_correction",
        "Pindah dari desa ini: Desa Daru",
    )
    assert set(Sheet.objects.values_list("kind", flat=True)) == {"closed", "moved"}


def test_a_sheet_of_a_record_that_was_merged_goes_to_the_one_it_is_a_part_of(
    kerupuk: Business, villages: dict[str, Area], yanti: Person, dedi: Person, clock: Clock
) -> None:
    other = make_business("Krupuk Rahma", villages["Taban"], landmark="depan masjid")
    phone = Phone(yanti)
    sheet = phone.sheet("Krupuk Rahma", workers="4")
    sheet["values"]["name"] = sheet["seen"]["name"]
    merge_businesses(kept=kerupuk, other=other, by=dedi, at=clock.now)
    assert phone.send(sheet).status_code == 200
    kerupuk.refresh_from_db()
    assert (kerupuk.name, kerupuk.workers) == ("Kerupuk Bu Rahma", 4)
    assert Sheet.objects.get().business == kerupuk
    assert [row["id"] for row in phone.take()["businesses"]] == [kerupuk.public_id]


def test_a_whole_number_that_its_parts_do_not_make_takes_their_place(
    kerupuk: Business, yanti: Person, clock: Clock
) -> None:
    Business.objects.update(workers=2, **dict.fromkeys(WORKER_PARTS, 0) | {WORKER_PARTS[0]: 2})
    phone = Phone(yanti)
    assert phone.send(phone.sheet("Kerupuk Bu Rahma", workers="5")).status_code == 200
    kerupuk.refresh_from_db()
    assert [kerupuk.workers, *(getattr(kerupuk, part) for part in WORKER_PARTS)] == [
        5,
        *[None] * len(WORKER_PARTS),
    ]


def test_one_that_may_be_there_already_is_asked_about(kerupuk: Business, yanti: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet("", name="Krupuk Ibu Rahma", owner_name="Rahma")
    answer = phone.send(sheet)
    assert answer.status_code == 409
    [suspect] = answer.json()["suspects"]
    assert (suspect["id"], suspect["row"]["facts"]["landmark"]) == (kerupuk.public_id, "depan masjid")
    assert Business.objects.count() == 1
    sheet["is_another"] = True
    assert phone.send(sheet).status_code == 200
    assert Business.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"position": "di sini"}, "position"),
        ({"workers": "banyak"}, "workers"),
        ({"nib_status": "held", "nib_number": "12"}, "nib_number"),
        ({"kbli": "2020:99999"}, "kbli"),
        ({"shown": ["nik"]}, "shown"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    changes: dict[str, Any], field: str, kerupuk: Business, yanti: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    answer = phone.send(phone.sheet("Kerupuk Bu Rahma", **{"landmark": "baru", **changes}))
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    kerupuk.refresh_from_db()
    assert kerupuk.landmark == "depan masjid"
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"person": %d, "values": 3}', '{"person": %d, "values": {}, "area": "36.03.04.2004"}'],
)
def test_what_no_phone_sends_is_refused(body: str, yanti: Person) -> None:
    body = body % yanti.pk if "%" in body else body
    answer = Phone(yanti).client.post("/pendataan/api/catatan/", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert not Business.objects.exists()


def test_only_her_own_village(
    kerupuk: Business, villages: dict[str, Area], yanti: Person, herman: Person, clock: Clock
) -> None:
    elsewhere = make_business("Topi Pak Herman", villages["Kutruk"], owner="Herman")
    phone = Phone(yanti)
    assert [row["id"] for row in phone.list["businesses"]] == [kerupuk.public_id]
    sheet = phone.sheet("Kerupuk Bu Rahma", landmark="baru")
    sheet["business"] = elsewhere.public_id
    assert phone.send(sheet).status_code == 404
    new = phone.sheet()
    new["area"] = villages["Kutruk"].code
    assert phone.send(new).status_code == 404
    assert (Business.objects.count(), Sheet.objects.count()) == (2, 0)
    phone.client.force_login(herman)
    assert phone.client.get("/pendataan/api/daftar/").status_code == 404
    phone.client.logout()
    assert phone.send(sheet).status_code == 401


def test_what_one_wrote_is_not_sent_by_another_who_signed_in_on_her_phone(
    yanti: Person, dedi: Person, clock: Clock
) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet()
    phone.client.force_login(dedi)
    assert phone.send(sheet).status_code == 401
    assert not Business.objects.exists()


def test_the_list_costs_the_same_however_long_it_is(
    villages: dict[str, Area], yanti: Person, max_queries: Any
) -> None:
    phone = Phone(yanti)
    for number in range(30):
        make_business(
            f"Usaha {number}", villages["Taban"], owner=f"Orang {number}", phone=f"+62812{number:08}"
        )
    with max_queries(14):
        assert len(phone.take()["businesses"]) == 30
