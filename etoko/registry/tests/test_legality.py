from datetime import date, timedelta

import pytest
from django.test import Client

from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, Licence, LicenceHelp
from etoko.registry.operations.reminding import remind_of_expiry
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business("Kerupuk Rahma", villages["Taban"], owned_by=rahma, kind="makanan")


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind="licence_ends").order_by("pk")
    return [(one.recipient.name if one.recipient else one.phone, one.title) for one in rows]


def pirt(business: Business, days: int) -> Licence:
    return Licence.objects.create(
        business=business, kind="pirt", status="held", number="1", expires_on=TODAY + timedelta(days=days)
    )


def test_owner_and_kader_hear_it_at_each_stage_and_never_twice(kerupuk: Business, yanti: Person) -> None:
    pirt(kerupuk, 91)
    assert remind_of_expiry(at=NOW) == 0
    counts = []
    for day in range(1, 95):
        remind_of_expiry(at=NOW + timedelta(days=day))
        remind_of_expiry(at=NOW + timedelta(days=day, minutes=1))
        counts.append(len(told()))
    assert (counts[0], counts[59], counts[60], counts[82], counts[83], counts[-1]) == (2, 2, 4, 4, 6, 6)
    assert {name for name, _title in told()} == {"Rahma", "Yanti"}
    assert "90 hari lagi" in told()[0][1]


def test_a_late_start_tells_only_the_nearest_stage(kerupuk: Business) -> None:
    pirt(kerupuk, 5)
    assert remind_of_expiry(at=NOW) == 1
    assert remind_of_expiry(at=NOW) == 0
    assert [name for name, _title in told()] == ["Rahma"]


def test_a_renewed_licence_is_reminded_of_anew(kerupuk: Business) -> None:
    licence = pirt(kerupuk, 5)
    remind_of_expiry(at=NOW)
    Licence.objects.filter(pk=licence.pk).update(expires_on=TODAY + timedelta(days=80))
    assert remind_of_expiry(at=NOW) == 1
    assert len(told()) == 2


def test_nobody_is_told_of_what_is_closed_past_or_at_night(kerupuk: Business) -> None:
    pirt(kerupuk, -1)
    Licence.objects.create(business=kerupuk, kind="halal", status="none", expires_on=TODAY)
    assert remind_of_expiry(at=NOW) == 0
    pirt_soon = Licence.objects.create(business=kerupuk, kind="nib", status="held", expires_on=TODAY)
    assert remind_of_expiry(at=NOW - timedelta(hours=6)) == 0
    Business.objects.filter(pk=kerupuk.pk).update(status="closed")
    assert remind_of_expiry(at=NOW) == 0
    assert pirt_soon.reminded_for is None


def test_the_ladder_says_what_is_closed_and_what_comes_next(
    kerupuk: Business, rahma: Person, client: Client
) -> None:
    Licence.objects.create(business=kerupuk, kind="nib", status="held", number="1234567890123")
    pirt(kerupuk, -10)
    client.force_login(rahma)
    page = client.get(f"/saya/usaha/{kerupuk.public_id}/legalitas/").content.decode()
    assert "Sudah habis masa berlakunya" in page
    assert "Dinas Kesehatan" in page
    assert "ptsp.halal.go.id" in page
    assert "oss.go.id dengan KTP" not in page  # she has a NIB


def test_a_bamboo_weaver_needs_no_pirt(villages: dict[str, Area], herman: Person, client: Client) -> None:
    hats = make_business("Topi Herman", villages["Kutruk"], owned_by=herman, kind="anyaman")
    client.force_login(herman)
    page = client.get(f"/saya/usaha/{hats.public_id}/legalitas/").content.decode()
    assert "oss.go.id" in page
    assert "P-IRT</h2>" not in page
    assert "halal.go.id" not in page


def test_help_is_asked_put_on_another_day_agreed_and_done(
    kerupuk: Business, rahma: Person, yanti: Person, client: Client
) -> None:
    mine = f"/saya/usaha/{kerupuk.public_id}/legalitas/"
    client.force_login(rahma)
    assert client.post(mine, {"kind": "nib", "day_on": "2020-01-01"}).status_code == 422
    assert client.post(mine, {"kind": "nib", "day_on": "2099-12-01", "note": "pagi"}).status_code == 302
    assert client.post(mine, {"kind": "nib", "day_on": "2099-12-02"}).status_code == 422
    one = LicenceHelp.objects.get()
    assert [n.recipient for n in Notice.objects.filter(kind="licence_help")] == [yanti]
    client.force_login(yanti)
    assert "pagi" in client.get("/petugas/izin/bantuan/").content.decode()
    desk = f"/petugas/izin/bantuan/{one.pk}/"
    client.post(desk, {"langkah": "propose_day", "day_on": "2099-12-05", "answer": "di balai desa"})
    client.force_login(rahma)
    assert "di balai desa" in client.get(mine).content.decode()
    client.post(f"{mine}{one.pk}/", {"langkah": "accept_day"})
    client.force_login(yanti)
    client.post(desk, {"langkah": "finish"})
    one.refresh_from_db()
    assert (one.state, one.day_on, one.helper) == ("done", date(2099, 12, 5), yanti)
    told_to = [
        n.recipient.name for n in Notice.objects.filter(kind="licence_help").order_by("pk") if n.recipient
    ]
    assert told_to == ["Yanti", "Rahma", "Yanti", "Rahma"]
    client.post(desk, {"langkah": "finish"})
    assert Notice.objects.filter(kind="licence_help").count() == 4


def test_a_kader_of_another_village_answers_nothing(
    kerupuk: Business, rahma: Person, herman: Person, client: Client
) -> None:
    one = LicenceHelp.objects.create(
        business=kerupuk, kind="nib", day_on=TODAY, asked_by=rahma, asked_at=NOW, changed_at=NOW
    )
    client.force_login(herman)
    assert client.post(f"/petugas/izin/bantuan/{one.pk}/", {"langkah": "agree"}).status_code == 404
    one.refresh_from_db()
    assert one.state == "asked"
