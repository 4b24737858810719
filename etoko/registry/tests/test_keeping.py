"""A record is kept true: it closes and opens, changes hands, becomes one with another, or two."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import is_of_business
from etoko.registry.models import Business, Licence, Merge, Owner
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    business = make_business(
        "Kerupuk Rahma", villages["Taban"], phone="+6281210000001", owned_by=rahma, shown=["listing"]
    )
    Licence.objects.create(business=business, kind="nib", status="held", number="1", check_state="checked")
    return business


def post(client: Client, business: Business, what: str, base: str = "petugas", **given: Any) -> int:
    return client.post(f"/{base}/usaha/{business.public_id}/{what}/", given).status_code


def test_a_closed_business_leaves_the_directory_and_comes_back(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    assert post(client, kerupuk, "tutup", reason="") == 422
    assert post(client, kerupuk, "tutup", reason="Pindah ke kota") == 302
    kerupuk.refresh_from_db()
    assert (kerupuk.status, kerupuk.listing, kerupuk.closed_reason) == (
        "closed",
        "unlisted",
        "Pindah ke kota",
    )
    assert "Pindah ke kota" in client.get(f"/petugas/usaha/{kerupuk.public_id}/kelola/").content.decode()
    assert post(client, kerupuk, "tutup", reason="lagi") == 422
    assert post(client, kerupuk, "buka-lagi") == 302
    kerupuk.refresh_from_db()
    assert (kerupuk.status, kerupuk.listing, kerupuk.closed_on) == ("active", "listed", None)


def test_the_owner_closes_and_reopens_it_herself(kerupuk: Business, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    assert client.get(f"/saya/usaha/{kerupuk.public_id}/tutup/").status_code == 200
    assert post(client, kerupuk, "tutup", "saya", reason="Libur panjang") == 302
    kerupuk.refresh_from_db()
    assert kerupuk.status == "closed"
    assert post(client, kerupuk, "buka-lagi", "saya") == 302
    kerupuk.refresh_from_db()
    assert kerupuk.status == "active"
    history = client.get(f"/saya/usaha/{kerupuk.public_id}/riwayat/").content.decode()
    assert "Mencatat usaha tutup" in history
    assert "Libur panjang" in history


def test_a_new_owner_takes_over_and_the_former_acts_no_more(
    kerupuk: Business, yanti: Person, rahma: Person, client: Client
) -> None:
    former = kerupuk.owners.get()
    client.force_login(yanti)
    given: dict[str, Any] = {
        "owner": former.pk,
        "name": "Fitri",
        "gender": "female",
        "phone": "0812 9999 0002",
        "reason": "anak",
    }
    assert post(client, kerupuk, "ganti-pemilik", **given) == 302
    assert [one.name for one in kerupuk.owners.all()] == ["Fitri"]
    assert Owner.everybody.filter(business=kerupuk).count() == 2
    assert not is_of_business(rahma, kerupuk)
    assert [one.phone for one in kerupuk.phones.all()] == ["+6281299990002", "+6281210000001"]
    assert not kerupuk.consents.filter(withdrawn_at__isnull=True).exists()
    assert kerupuk.licences.get().check_state == "pending"
    page = client.get(f"/petugas/usaha/{kerupuk.public_id}/kelola/").content.decode()
    assert "Pemilik sebelumnya:" in page
    assert "Rahma (sampai" in page


def test_the_same_name_is_no_new_owner(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    owner = kerupuk.owners.get()
    assert post(client, kerupuk, "ganti-pemilik", owner=owner.pk, name="Ibu Rahma", gender="female") == 422
    assert Owner.everybody.get() == owner


def test_two_records_are_compared_merged_and_parted_again(
    kerupuk: Business, yanti: Person, villages: dict[str, Area], client: Client
) -> None:
    twin = make_business("Krupuk Ibu Rahma", villages["Taban"], owner="Ibu Rahma", street="Kp. Cikuya")
    client.force_login(yanti)
    keep = f"/petugas/usaha/{kerupuk.public_id}/kelola/"
    assert "Krupuk Ibu Rahma" in client.get(keep, {"q": "krupuk"}).content.decode()
    address = f"/petugas/usaha/{kerupuk.public_id}/gabung/{twin.public_id}/"
    page = client.get(address).content.decode()
    assert "Kp. Cikuya" in page
    assert "ikut dipakai" in page
    assert client.post(address, {"kept": kerupuk.public_id, "reason": "dua kali"})["Location"].startswith(
        keep
    )
    kerupuk.refresh_from_db()
    assert kerupuk.street == "Kp. Cikuya"
    shown = client.get(f"/petugas/usaha/{twin.public_id}/").content.decode()
    assert "Sudah digabung" in shown
    assert "/ubah/" not in shown
    assert client.get(f"/petugas/usaha/{twin.public_id}/ubah/identitas/").status_code == 404
    assert "Krupuk Ibu Rahma" not in client.get("/petugas/usaha/").content.decode()
    history = client.get(f"/petugas/usaha/{kerupuk.public_id}/riwayat/").content.decode()
    assert "Pada catatan yang digabung: Krupuk Ibu Rahma" in history
    merge = Merge.objects.get()
    client.post(f"/petugas/usaha/{kerupuk.public_id}/gabung/{merge.pk}/urungkan/")
    kerupuk.refresh_from_db()
    twin.refresh_from_db()
    assert (kerupuk.street, twin.status, twin.merged_into) == ("", "active", None)
    assert "diurungkan" in client.get(keep).content.decode()


def test_a_kader_of_one_village_merges_nothing_of_another(
    kerupuk: Business, yanti: Person, villages: dict[str, Area], client: Client
) -> None:
    elsewhere = make_business("Kerupuk Rahma", villages["Daru"])
    client.force_login(yanti)
    address = f"/petugas/usaha/{kerupuk.public_id}/gabung/{elsewhere.public_id}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"kept": kerupuk.public_id}).status_code == 404
    assert not Merge.objects.exists()


def test_a_record_is_split_on_the_page(kerupuk: Business, yanti: Person, client: Client) -> None:
    part = f"registry.Licence.business:{kerupuk.licences.get().pk}"
    client.force_login(yanti)
    assert post(client, kerupuk, "pisah", name="Emping Rahma", parts=["nonsense"]) == 422
    assert post(client, kerupuk, "pisah", name="Kerupuk Rahma", parts=[part]) == 422
    assert Business.objects.count() == 1
    assert post(client, kerupuk, "pisah", name="Emping Rahma", parts=[part]) == 302
    new = Business.objects.get(name="Emping Rahma")
    assert (new.split_from, new.licences.count(), new.owners.get().name) == (kerupuk, 1, "Rahma")
    page = client.get(f"/petugas/usaha/{kerupuk.public_id}/kelola/").content.decode()
    assert "Usaha lain milik orang yang sama" in page


def test_the_history_of_one_field(kerupuk: Business, yanti: Person, client: Client) -> None:
    for day, (before, after) in enumerate([("A", "B"), ("B", "C")]):
        AuditEntry.objects.create(
            at=f"2026-01-0{day + 1}T00:00Z", deed="edit_alamat", subject_type="registry.Business",
            subject_id=str(kerupuk.pk), changes={"street": [before, after], "rt": ["", "001"]},
        )  # fmt: skip
    client.force_login(yanti)
    page = client.get(f"/petugas/usaha/{kerupuk.public_id}/riwayat/", {"isian": "street"}).content.decode()
    assert "Alamat: B → C" in page
    assert "RT: tidak" not in page


def test_a_business_may_have_several_owners_and_one_of_them_leaves(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    second = Owner.objects.create(
        business=kerupuk, name="Dewi", search_name="dewi", since_on=date(2026, 1, 1)
    )
    client.force_login(yanti)
    assert post(client, kerupuk, "ganti-pemilik", owner=second.pk, name="Fitri", gender="female") == 302
    assert [one.name for one in kerupuk.owners.order_by("pk")] == ["Rahma", "Fitri"]
