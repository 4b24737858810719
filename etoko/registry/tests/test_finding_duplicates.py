import pytest
from django.core.management import call_command
from django.test import Client

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.linking import Commonness, Sketch, compare
from etoko.registry.models import Business, DuplicateSuspicion
from etoko.registry.operations.merging import merge_businesses
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(villages: dict[str, Area]) -> tuple[Business, Business]:
    """Beside them a second business of the same owner, with the same phone: it is none of them."""
    taban = villages["Taban"]
    first = make_business(
        "Kerupuk Bu Rahma", taban, owner="Rahma Wijaya", phone="+6281210000001", kind="makanan"
    )
    second = make_business(
        "KRUPUK IBU RAHMA", taban, owner="Hj. Rahma", phone="+6281210000001", kind="makanan"
    )
    make_business("Laundry Bersih", taban, owner="Rahma Wijaya", phone="+6281210000001", kind="jasa")
    return first, second


def test_an_officer_looks_for_twins_and_reads_why(
    twins: tuple[Business, Business], yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    client.post("/petugas/impor/mirip/cari/")
    pair = DuplicateSuspicion.objects.get()
    assert {pair.first, pair.second} == set(twins)
    assert pair.likeness > 80
    page = client.get("/petugas/impor/mirip/").content.decode()
    assert "Nomor HP-nya sama" in page
    assert "Namanya sama" in page
    assert "Laundry Bersih" not in page


def test_what_was_decided_is_not_asked_again(
    twins: tuple[Business, Business], yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    client.post("/petugas/impor/mirip/cari/")
    pair = DuplicateSuspicion.objects.get()
    client.post(f"/petugas/impor/mirip/{pair.pk}/", {"jawaban": "berbeda"})
    call_command("find_duplicates", "36.03.04")
    assert DuplicateSuspicion.objects.get().state == "different"


def test_a_merged_record_is_no_twin_any_more(twins: tuple[Business, Business], dedi: Person) -> None:
    merge_businesses(kept=twins[0], other=twins[1], by=dedi, at=NOW)
    call_command("find_duplicates", "36.03.04")
    assert not DuplicateSuspicion.objects.exists()


def test_a_stranger_searches_nothing(twins: tuple[Business, Business], ani: Person, client: Client) -> None:
    client.force_login(ani)
    assert client.post("/petugas/impor/mirip/cari/").status_code == 404
    assert not DuplicateSuspicion.objects.exists()


def test_a_title_tells_two_people_of_one_name_apart() -> None:
    names = ["Kelontong Bu Budi", "Toko Kelontong Pak Budi", "Toko Kelontong Ibu Budi"]
    hers, his, hers_again = (Sketch(name, area="36.03.04.2004", kind="warung") for name in names)
    common = Commonness(names)
    assert compare(hers, his, common).score < compare(hers, hers_again, common).score - 2
