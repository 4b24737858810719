"""An owner says what she lacks; a kader writes it down for her."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from etoko.audit.models import AuditEntry
from etoko.needs.access import standing_of
from etoko.needs.models import Need
from etoko.needs.operations import UnableToSayNeed, say_need
from etoko.needs.tests.conftest import Everything
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.registry.models import Business
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")
FORM = {"kind": "capital", "text": "Modal beli tapioka 200 kg.", "severity": "3", "once": "k"}


def picture() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (80, 60), "#b14a1f").save(made, "JPEG")
    return SimpleUploadedFile("oven.jpg", made.getvalue(), "image/jpeg")


def test_the_owner_says_it_once_with_a_picture_that_only_some_see(
    client: Client, business: Business, rahma: Person, siti: Person, yanti: Person
) -> None:
    client.force_login(rahma)
    path = f"/kebutuhan/usaha/{business.public_id}/baru/"
    answer = client.post(path, FORM | {"photo": picture()})
    again = client.post(path, FORM | {"photo": picture()})
    need = Need.objects.get()
    assert answer["Location"] == again["Location"] == f"/kebutuhan/{need.public_id}/"
    assert (need.kind, need.severity, need.state, need.for_name) == ("capital", 3, "need_new", "")
    assert need.area_id == business.area_id
    assert client.get(f"/kebutuhan/{need.public_id}/foto/")["Content-Type"] == "image/jpeg"
    assert "Modal beli tapioka 200 kg." in client.get(answer["Location"]).content.decode()
    assert Notice.objects.count() == 0
    client.force_login(yanti)
    assert client.get(f"/kebutuhan/{need.public_id}/foto/").status_code == 200
    client.force_login(siti)
    assert client.get(f"/kebutuhan/{need.public_id}/foto/").status_code == 404


def test_the_kader_writes_it_down_and_the_owner_hears_of_it(
    client: Client, business: Business, yanti: Person, rahma: Person
) -> None:
    client.force_login(yanti)
    client.post(f"/kebutuhan/usaha/{business.public_id}/baru/", FORM)
    need = Need.objects.get()
    assert (need.said_by, need.for_name) == (yanti, "Kerupuk Bu Rahma")
    assert AuditEntry.objects.get(deed="say_need").for_name == "Kerupuk Bu Rahma"
    notice = Notice.objects.get()
    assert notice.recipient == rahma and "Kebutuhan Modal dicatat" in notice.title
    client.force_login(rahma)
    page = client.get(f"/kebutuhan/{need.public_id}/").content.decode()
    assert "Dicatat oleh Yanti" in page and "Setiap bulan ada pesanan" in page


def test_a_refused_form_keeps_what_was_typed_and_the_picture(
    client: Client, business: Business, rahma: Person, everything: Everything
) -> None:
    client.force_login(rahma)
    path = f"/kebutuhan/usaha/{business.public_id}/baru/"
    before = everything()
    refused = client.post(path, {**FORM, "severity": "", "photo": picture()})
    assert refused.status_code == 422 and everything() == before
    page = refused.content.decode()
    assert "Modal beli tapioka 200 kg." in page and "Pilih seberapa berat." in page
    token = page.split('name="kept" value="')[1].split('"')[0]
    client.post(path, {**FORM, "kept": token})
    assert Need.objects.get().photo_key


@pytest.mark.parametrize(
    "said",
    [("lotre", "Apa saja", 2, "kind"), ("capital", " ", 2, "text"), ("capital", "Modal", 5, "severity")],
)
def test_refuses_what_cannot_be(
    business: Business, rahma: Person, everything: Everything, said: tuple[str, str, int, str]
) -> None:
    kind, text, severity, field = said
    before = everything()
    with pytest.raises(UnableToSayNeed) as refused:
        say_need(standing=standing_of(rahma, business), kind=kind, text=text, severity=severity, at=NOW)
    assert refused.value.field == field
    assert everything() == before


def test_the_same_open_need_is_not_said_twice(
    oven: Need, business: Business, yanti: Person, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToSayNeed):
        say_need(standing=standing_of(yanti, business), kind=oven.kind, text=oven.text, severity=1, at=NOW)
    assert everything() == before
