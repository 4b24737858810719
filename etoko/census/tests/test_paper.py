"""Forms are printed with a code, and typed in the same order; each blank one is typed once."""

import re
from io import BytesIO
from typing import Any

import pytest
import typst
import zxingcpp
from django.test import Client
from PIL import Image

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.census import printing
from etoko.census.facts import with_facts
from etoko.census.forms import SheetForm
from etoko.census.models import Sheet
from etoko.census.tests.phones import NEW, TABAN
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area]) -> Business:
    return make_business(
        "Kerupuk Bu Rahma",
        villages["Taban"],
        phone="+6281210000001",
        landmark="depan masjid",
        products_text="kerupuk",
    )


@pytest.fixture
def typist(yanti: Person) -> Client:
    client = Client()
    client.force_login(yanti)
    return client


def typed(client: Client, address: str, **changes: Any) -> Any:
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    seen = hidden["seen"].replace("&#34;", '"')
    values = {"shown": [], **dict.fromkeys(SheetForm.base_fields, ""), **changes}
    return client.post(address, {"once": hidden["once"], "seen": seen, **values})


def as_picture(pdf_maker: Any, monkeypatch: pytest.MonkeyPatch) -> Image.Image:
    """The first page, as somebody holds it before a camera."""
    compile_: Any = typst.compile
    pages: list[bytes] = []

    def draw(*args: Any, **how: Any) -> bytes:
        how.pop("timestamp")
        made = compile_(*args, **{**how, "format": "png"}, ppi=150)
        pages.append(made if isinstance(made, bytes) else made[0])
        return b""

    monkeypatch.setattr(typst, "compile", draw)
    pdf_maker()
    return Image.open(BytesIO(pages[0]))


def test_the_code_on_a_filled_form_opens_its_typing_page(
    kerupuk: Business, typist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = as_picture(
        lambda: printing.filled_forms(with_facts(Business.objects.all()), kerupuk.area), monkeypatch
    )
    [code] = zxingcpp.read_barcodes(picture)
    path = "/" + code.text.split("/", 3)[3]
    page = typist.get(path).content.decode()
    assert path == f"/pendataan/ketik/{kerupuk.public_id}/"
    assert 'value="depan masjid"' in page


def test_filled_forms_are_a_pdf_and_leave_a_trace(kerupuk: Business, typist: Client, yanti: Person) -> None:
    answer = typist.post("/pendataan/kertas/terisi.pdf", {"desa": TABAN, "pilih": "semua"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    trace = AuditEntry.objects.get(deed="export_register")
    assert (trace.by_name, trace.changes["rows"], trace.changes["form"]) == ("Yanti", [0, 1], ["", "pdf"])


def test_of_another_village_nothing_is_printed(villages: dict[str, Area], typist: Client) -> None:
    answer = typist.post("/pendataan/kertas/terisi.pdf", {"desa": villages["Daru"].code, "pilih": "semua"})
    assert answer.status_code == 404
    assert not AuditEntry.objects.filter(deed="export_register").exists()


def test_a_blank_form_is_typed_once(typist: Client, villages: dict[str, Area], clock: Clock) -> None:
    assert typist.get("/pendataan/kertas/kosong.pdf?lembar=2").content.startswith(b"%PDF")
    number = printing.new_number()
    address = typist.get("/pendataan/ketik/", {"nomor": number.lower()})["Location"]
    assert address == f"/pendataan/ketik/baru/?nomor={number}"
    assert typed(typist, address, **NEW).status_code == 302
    sheet = Sheet.objects.get()
    assert (sheet.key, sheet.origin, sheet.kind) == (f"kertas-{number}", "paper", "new")
    assert (sheet.business.name, sheet.business.rt) == ("Keripik Bu Aminah", "003")
    assert typist.get(address)["Location"] == f"/pendataan/ketik/{sheet.business.public_id}/"


def test_a_filled_form_changes_what_was_changed_on_it(
    kerupuk: Business, typist: Client, clock: Clock
) -> None:
    address = f"/pendataan/ketik/{kerupuk.public_id}/"
    told = {**NEW, "name": "Kerupuk Bu Rahma", "owner_name": "Rahma", "phone": "081210000001"}
    assert typed(typist, address, **told | {"landmark": "sebelah pos ronda"}).status_code == 302
    kerupuk.refresh_from_db()
    assert (kerupuk.landmark, kerupuk.verification) == ("sebelah pos ronda", "verified")


def test_what_the_office_changed_while_she_typed_is_shown(
    kerupuk: Business, typist: Client, clock: Clock
) -> None:
    address = f"/pendataan/ketik/{kerupuk.public_id}/"
    page = typist.get(address).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    Business.objects.update(landmark="belakang balai desa")
    told = {**NEW, "name": "Kerupuk Bu Rahma", "owner_name": "Rahma", "landmark": "sebelah pos ronda"}
    values = {"once": "k" * 20, "seen": seen[1].replace("&#34;", '"'), **told}
    answer = typist.post(address, values)
    assert answer.status_code == 422
    assert "belakang balai desa" in answer.content.decode()
    kerupuk.refresh_from_db()
    assert kerupuk.landmark == "belakang balai desa"
    again = re.search(r'name="seen" value="([^"]*)"', answer.content.decode())
    assert again
    assert typist.post(address, values | {"seen": again[1].replace("&#34;", '"')}).status_code == 302
    kerupuk.refresh_from_db()
    assert kerupuk.landmark == "sebelah pos ronda"


def test_a_wrong_answer_keeps_what_was_typed(kerupuk: Business, typist: Client, clock: Clock) -> None:
    answer = typed(
        typist, f"/pendataan/ketik/{kerupuk.public_id}/", **{**NEW, "workers": "banyak", "landmark": "tetap"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="banyak"' in page
    assert 'value="tetap"' in page


def test_codes_are_sought_by_words_without_saving(kerupuk: Business, typist: Client) -> None:
    answer = typed(
        typist,
        f"/pendataan/ketik/{kerupuk.public_id}/",
        **{**NEW, "landmark": "tetap", "cari": "1", "kbli_cari": "bikin kerupuk", "kbli": ""},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "10794" in page
    assert 'value="tetap"' in page
    assert not Sheet.objects.exists()


def test_by_name_or_number(kerupuk: Business, typist: Client) -> None:
    assert typist.get("/pendataan/ketik/", {"nomor": kerupuk.public_id.upper()})["Location"].endswith(
        f"{kerupuk.public_id}/"
    )
    assert "Kerupuk Bu Rahma" in typist.get("/pendataan/ketik/", {"nomor": "kerupuk"}).content.decode()
    assert "Tidak ada formulir" in typist.get("/pendataan/ketik/", {"nomor": "entah"}).content.decode()


def test_paper_and_page_ask_in_the_same_order(kerupuk: Business, typist: Client) -> None:
    page = typist.get(f"/pendataan/ketik/{kerupuk.public_id}/").content.decode()
    asked = [name for name in re.findall(r'\bname="(\w+)"', page) if name in SheetForm.base_fields]
    order = list(dict.fromkeys(asked))
    one = printing._form({}, "F00000001", "https://x/")
    on_paper = [*one["who"], *one["where"], one["workers"]]
    labels = {str(field.label): name for name, field in SheetForm.base_fields.items()} | {"KBLI": "kbli"}
    names = [labels[word] for word, _value in on_paper]
    assert [name for name in order if name in names] == names
