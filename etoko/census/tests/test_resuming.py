"""200 sheets with 200 photos over a line that is cut ten times: all arrive, once."""

import hashlib
import random
from typing import Any

import pytest
from django.conf import settings

from conftest import Clock
from etoko.census.models import Sheet, SheetPhoto
from etoko.census.operations.forgetting import forget_visit_photos
from etoko.census.tests.phones import Phone, photo
from etoko.foundation.private_pictures import private_path
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db

COUNT, KNOWN = 200, 170


class Cut(Exception):
    """The line is gone; what was on its way may or may not have arrived."""


class Line:
    """Is cut before, or after, some of the requests: then the answer is lost."""

    def __init__(self, phone: Phone, cuts: list[int]) -> None:
        self.phone, self.cuts, self.count = phone, set(cuts), 0

    def __call__(self, deed: Any, *what: Any) -> Any:
        self.count += 1
        if self.count in self.cuts and self.count % 2:
            raise Cut
        answer = deed(*what)
        if self.count in self.cuts:
            raise Cut
        return answer.json()


def sync(line: Line, sheets: list[dict[str, Any]], photos: dict[str, bytes], done: set[str]) -> None:
    """What `static/census/sync.js` does: the words first, then those photos that are missing."""
    for sheet in sheets:
        if sheet["key"] in done:
            continue
        missing = line(line.phone.send, sheet)["missing"]
        for sha256 in missing:
            line(line.phone.send_photo, sheet, photos[sha256])
        done.add(sheet["key"])


def test_ten_cuts_lose_nothing_and_double_nothing(
    villages: dict[str, Area], yanti: Person, clock: Clock
) -> None:
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    for number in range(KNOWN):
        make_business(f"Usaha {number}", villages["Taban"], owner=f"Orang {number}")
    phone = Phone(yanti)
    contents = [photo(number) for number in range(COUNT)]
    photos = {hashlib.sha256(one).hexdigest(): one for one in contents}
    sheets = [phone.sheet(f"Usaha {n}", [contents[n]], landmark=f"patokan {n}") for n in range(KNOWN)]
    for n in range(KNOWN, COUNT):
        new = phone.sheet("", [contents[n]], phone="", nib_number="", nib_status="unknown", is_right="")
        sheets.append(new)
        new["values"] |= {"name": f"Baru {n}", "owner_name": f"Pemilik {n}", "landmark": f"patokan {n}"}
        new["is_another"] = True
    line = Line(phone, random.Random(7).sample(range(1, 2 * COUNT), 10))
    done: set[str] = set()
    breaks = 0
    while len(done) < COUNT:
        try:
            sync(line, sheets, photos, done)
        except Cut:
            breaks += 1
    assert breaks == 10
    assert Business.objects.count() == COUNT
    assert sorted(Business.objects.values_list("landmark", flat=True)) == sorted(
        f"patokan {n}" for n in range(COUNT)
    )
    assert Sheet.objects.count() == COUNT
    kept = list(SheetPhoto.objects.exclude(picture="").values_list("picture", flat=True))
    assert len(set(kept)) == len(kept) == SheetPhoto.objects.count() == COUNT


def test_a_photo_that_is_not_whole_or_not_spoken_of_is_refused(yanti: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    one, other = photo(1), photo(2)
    sheet = phone.sheet("", [one])
    assert phone.send(sheet).json()["missing"] == sheet["photos"]
    cut = phone.client.post(
        f"/pendataan/api/catatan/{sheet['key']}/foto/{sheet['photos'][0]}/",
        one[:-9],
        content_type="image/jpeg",
    )
    assert cut.status_code == 422
    assert phone.send_photo(sheet, other).status_code == 422
    assert SheetPhoto.objects.filter(picture="").count() == 1
    assert phone.send_photo(sheet, one).json()["receipt"]["arrived"] == 1
    assert phone.send_photo(sheet, one).json()["missing"] == []
    kept = SheetPhoto.objects.get()
    assert kept.arrived_at == clock.now


def test_no_picture_is_kept_of_what_is_none(yanti: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet("", [b"<svg/>"])
    phone.send(sheet)
    answer = phone.send_photo(sheet, b"<svg/>")
    assert answer.status_code == 422
    assert "bukan foto" in answer.json()["problem"]
    assert SheetPhoto.objects.get().picture == ""


def test_nobody_sends_photos_for_the_sheet_of_another(yanti: Person, dedi: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet("", [photo(1)])
    phone.send(sheet)
    assert Phone(dedi).send_photo(sheet, photo(1)).status_code == 404


def test_photos_are_forgotten_after_two_years_and_the_visit_stays(yanti: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    sheet = phone.sheet("", [photo(1)])
    phone.send(sheet)
    phone.send_photo(sheet, photo(1))
    path = private_path(SheetPhoto.objects.get().picture)
    assert forget_visit_photos(at=clock.forward(days=730)) == 0
    assert path.exists()
    assert forget_visit_photos(at=clock.forward(days=1)) == 1
    assert not path.exists()
    assert (Sheet.objects.count(), SheetPhoto.objects.count()) == (1, 0)


def test_a_receipt_keeps_nothing_that_must_be_forgotten(yanti: Person, clock: Clock) -> None:
    phone = Phone(yanti)
    phone.send(phone.sheet())
    kept = str(Sheet.objects.values().get())
    assert "Aminah" not in kept
    assert "81311112222" not in kept
