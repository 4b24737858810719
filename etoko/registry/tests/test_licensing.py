import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, Licence
from etoko.registry.operations.licensing import MOST_BYTES, licence_hint
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db
NIB = {"kind": "nib", "status": "held", "number": "1234 5678 90123", "issuer": "OSS"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business("Kerupuk Rahma", villages["Taban"], owned_by=rahma)


def photo() -> bytes:
    """As a phone makes it: lying on its side, with the place where it was taken."""
    picture = Image.new("RGB", (60, 40), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def send(
    client: Client, business: Business, scan: bytes | None = None, name: str = "izin.jpg", **more: Any
) -> Any:
    facts = {**NIB, **more}
    if scan is not None:
        facts["scan"] = SimpleUploadedFile(name, scan)
    return client.post(f"/petugas/usaha/{business.public_id}/izin/baru/", facts)


def test_keeps_number_and_scan_upright_and_without_position(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    assert send(client, kerupuk, photo()).status_code == 302
    licence = kerupuk.licences.get()
    assert (licence.number, licence.check_state) == ("1234567890123", "pending")
    with licence.scan.open("rb") as file:
        kept = Image.open(file)
        kept.load()
    assert kept.size == (40, 60)
    assert not kept.getexif()


@pytest.mark.parametrize(
    ("scan", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "izin.svg"),
        (b"<html><script>alert(1)</script>", "izin.jpg"),
        (b"%PDF-but no end", "izin.pdf"),
        (b"MZ\x90\x00", "izin.pdf"),
        (photo()[:50], "izin.jpg"),
        (b"x" * (MOST_BYTES + 1), "izin.pdf"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(
    kerupuk: Business, yanti: Person, client: Client, scan: bytes, name: str
) -> None:
    client.force_login(yanti)
    response = send(client, kerupuk, scan, name)
    assert response.status_code == 422
    assert 'value="OSS"' in response.content.decode()
    assert Licence.objects.count() == 0


def test_the_scan_is_given_out_by_the_gate_and_can_do_nothing(
    kerupuk: Business, yanti: Person, siti: Person, client: Client
) -> None:
    client.force_login(yanti)
    send(client, kerupuk, PDF, "izin.pdf")
    address = f"/petugas/usaha/{kerupuk.public_id}/izin/{kerupuk.licences.get().pk}/berkas/"
    response = client.get(address)
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Type"] == "application/pdf"
    client.force_login(siti)
    assert client.get(address).status_code == 404
    assert client.get(f"/media/{kerupuk.licences.get().scan.name}").status_code == 404


@pytest.mark.parametrize(
    "facts",
    [
        {"number": "123"},
        {"kind": "sim"},
        {"issued_on": "2026-02-30"},
        {"issued_on": "2026-05-01", "expires_on": "2026-04-01"},
    ],
)
def test_bad_facts_are_refused(
    kerupuk: Business, yanti: Person, client: Client, facts: dict[str, Any]
) -> None:
    client.force_login(yanti)
    assert send(client, kerupuk, **facts).status_code == 422
    assert Licence.objects.count() == 0


def test_the_same_number_twice_is_refused(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    send(client, kerupuk)
    response = send(client, kerupuk)
    assert response.status_code == 422
    assert "sudah tercatat" in response.content.decode()
    assert Licence.objects.count() == 1


def test_what_was_checked_is_checked_again_when_it_changes(
    kerupuk: Business, rahma: Person, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    send(client, kerupuk)
    licence = kerupuk.licences.get()
    client.post(f"/petugas/usaha/{kerupuk.public_id}/izin/{licence.pk}/periksa/", {"sesuai": "ya"})
    licence.refresh_from_db()
    assert (licence.check_state, licence.checked_by) == ("checked", yanti)
    client.force_login(rahma)
    address = f"/saya/usaha/{kerupuk.public_id}/izin/{licence.pk}/"
    client.post(address, {**NIB, "number": "9999999999999"})
    licence.refresh_from_db()
    assert (licence.check_state, licence.checked_by) == ("pending", None)


def test_a_licence_of_another_business_is_not_found(
    kerupuk: Business, villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    other = make_business("Tempe Wati", villages["Taban"])
    foreign = Licence.objects.create(business=other, kind="nib", status="held", number="1")
    client.force_login(yanti)
    address = f"/petugas/usaha/{kerupuk.public_id}/izin/{foreign.pk}/"
    assert client.get(address).status_code == 404


def test_odd_numbers_are_kept_and_remarked_upon() -> None:
    assert licence_hint("pirt", "P-IRT 123") == "Nomor P-IRT biasanya 15 angka atau lebih."
    assert licence_hint("pirt", "P-IRT 2063603010123-30") == ""
    assert licence_hint("bpom", "MD 235602169254") == ""
    assert licence_hint("halal", "apa saja") == ""
