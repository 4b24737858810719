"""Six axes, three statements each: answered by her or for her, kept, and the lowest becomes a need."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.foundation.kept import RowsAreKept
from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.needs.access import standing_of
from etoko.needs.capability import AXES, STATEMENTS, statements_of
from etoko.needs.models import Assessment, AssessmentAnswer, Need, Thing
from etoko.needs.operations import UnableToAssess, assess_capability
from etoko.needs.queries.assessments import Assessed, newest_of
from etoko.needs.rubric import KIND_NAMES
from etoko.needs.tests.conftest import Everything
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.operations.merging import merge_businesses, undo_merge
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def answers(given: str = "1" * 18) -> dict[str, int]:
    """ "121 000 …": in the order of the statements."""
    return {one.code: int(answer) for one, answer in zip(STATEMENTS, given.replace(" ", ""), strict=True)}


def assess(thing: Thing, by: Person, given: str = "1" * 18) -> Assessment:
    return assess_capability(standing=standing_of(by, thing), answers=answers(given), at=NOW)


def seen(thing: Thing) -> Assessed:
    found = newest_of(thing)
    assert found is not None
    return found


def test_three_statements_stand_on_each_of_six_axes() -> None:
    assert len(AXES) == 6
    assert all(len(statements_of(axis)) == 3 for axis in AXES)
    assert len({one.code for one in STATEMENTS}) == 18
    assert {one.kind for one in STATEMENTS} <= set(KIND_NAMES)


def test_she_answers_for_herself_once(client: Client, business: Business, rahma: Person) -> None:
    client.force_login(rahma)
    path = f"/kebutuhan/usaha/{business.public_id}/"
    assert "Belum dinilai" in client.get(path).content.decode()
    form = {code: str(answer) for code, answer in answers("222 111 000 222 222 222").items()}
    for _twice in range(2):
        assert client.post(f"{path}penilaian/", form | {"once": "k"})["Location"] == f"{path}#kemampuan"
    kept = Assessment.objects.get()
    assert (kept.business, kept.by, kept.for_name, kept.at) == (business, rahma, "", NOW)
    assert kept.area_id == business.area_id
    assert dict(kept.answers.values_list("statement", "answer")) == answers("222 111 000 222 222 222")
    assert AuditEntry.objects.get(deed="assess_capability").by_id == rahma.pk
    assert Notice.objects.count() == 0
    page = client.get(path).content.decode()
    assert "Dinilai sendiri oleh Rahma" in page and "Paling rendah: Pasar" in page
    assert [(axis.points, axis.of) for axis in seen(business).axes] == [
        *((6, 6), (3, 6), (0, 6), (6, 6), (6, 6), (6, 6))
    ]


def test_the_kader_answers_for_her_and_the_newest_stands_beside_the_one_before(
    client: Client, business: Business, rahma: Person, yanti: Person, max_queries: Any
) -> None:
    assess(business, rahma, "000 111 222 111 111 111")
    assess(business, yanti, "111 111 211 111 111 111")
    notice = Notice.objects.get()
    assert notice.recipient == rahma and "dinilai oleh Yanti" in notice.title
    now = seen(business)
    assert (now.by, now.for_name) == ("Yanti", "Kerupuk Bu Rahma")
    assert [(axis.points, axis.before) for axis in now.axes] == [
        *((3, 0), (3, 3), (4, 6), (3, 3), (3, 3), (3, 3))
    ]
    client.force_login(rahma)
    with max_queries(12):
        page = client.get(f"/kebutuhan/usaha/{business.public_id}/").content.decode()
    assert "Dinilai oleh Yanti" in page and "dulu 6" in page


def test_what_was_answered_stays_as_it_was(business: Business, rahma: Person) -> None:
    assess(business, rahma)
    with pytest.raises(RowsAreKept):
        AssessmentAnswer.objects.update(answer=2)
    for sql in ("UPDATE needs_assessmentanswer SET answer = 2", "DELETE FROM needs_assessmentanswer"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert set(AssessmentAnswer.objects.values_list("answer", flat=True)) == {1}


@pytest.mark.parametrize("wrong", [{}, {"market_price": 3}, {"market_price": None}])
def test_refuses_what_is_not_answered(
    business: Business, rahma: Person, everything: Everything, wrong: dict[str, Any]
) -> None:
    before = everything()
    given = answers() | wrong if wrong else {}
    with pytest.raises(UnableToAssess) as refused:
        assess_capability(standing=standing_of(rahma, business), answers=given, at=NOW)
    assert refused.value.field == ("market_price" if wrong else "people_stand_in")
    assert everything() == before


def test_a_refused_form_keeps_what_was_answered(
    client: Client, business: Business, rahma: Person, everything: Everything
) -> None:
    client.force_login(rahma)
    form = {code: str(answer) for code, answer in answers("2" * 18).items()} | {"once": "k"}
    del form["capital_stock"]
    before = everything()
    refused = client.post(f"/kebutuhan/usaha/{business.public_id}/penilaian/", form)
    assert refused.status_code == 422 and everything() == before
    page = refused.content.decode()
    assert page.count('value="2" checked') == 17
    assert '<a href="#id_capital_stock">' in page and "Pilih salah satu." in page


def test_the_lowest_axis_becomes_a_need(client: Client, business: Business, rahma: Person) -> None:
    assess(business, rahma, "222 222 222 102 222 111")
    found = seen(business).proposal
    assert found is not None and (str(found.axis), found.kind) == ("Modal", "capital")
    client.force_login(rahma)
    path = f"/kebutuhan/usaha/{business.public_id}/"
    assert f"{path}baru/?dari=penilaian" in client.get(path).content.decode()
    form = client.get(f"{path}baru/?dari=penilaian").content.decode()
    assert "Belum: Ada uang untuk belanja bahan pesanan berikutnya" in form
    assert "Sebagian: Uang usaha atau kelompok terpisah" in form
    assert 'value="capital" checked' in form and 'name="severity" value="1" checked' not in form
    client.post(f"{path}baru/", {"kind": found.kind, "text": found.text, "severity": "2", "once": "k"})
    assert Need.objects.get().kind == "capital"
    page = client.get(path).content.decode()
    assert "sudah tercatat dan belum selesai" in page and "?dari=" not in page


def test_who_can_do_everything_needs_nothing(
    client: Client, business: Business, rahma: Person, regent: Person
) -> None:
    assess(business, rahma, "2" * 18)
    assert seen(business).proposal is None
    client.force_login(rahma)
    path = f"/kebutuhan/usaha/{business.public_id}/"
    assert "Paling rendah" not in client.get(path).content.decode()
    assert client.get(f"{path}baru/?dari=penilaian").status_code == 200
    client.force_login(regent)
    page = client.get(path).content.decode()
    assert "Lihat semua jawaban" in page and "penilaian/" not in page


def test_groups_and_cooperatives_too(
    client: Client, melati: Group, koperasi: Cooperative, herman: Person, yanti: Person
) -> None:
    assess(melati, herman, "0" * 18)
    assess(koperasi, yanti, "1" * 18)
    assert {one.thing for one in Assessment.objects.all()} == {melati, koperasi}
    assert Notice.objects.get().recipient == herman  # of the cooperative, which Yanti assessed
    client.force_login(herman)
    page = client.get(f"/kebutuhan/koperasi/{koperasi.public_id}/").content.decode()
    assert "Dinilai oleh Yanti" in page and "Tahap digital" not in page
    client.post(f"/kebutuhan/koperasi/{koperasi.public_id}/baru/", NEED)
    assert Need.objects.get().thing == koperasi
    mine = client.get("/saya/kebutuhan/").content.decode()
    assert f"/kebutuhan/koperasi/{koperasi.public_id}/" in mine and "1 belum selesai" in mine
    client.force_login(yanti)
    assert "Koperasi Taban" in client.get("/petugas/kebutuhan/").content.decode()


def test_they_go_along_into_the_record_that_stays(
    business: Business, rahma: Person, dedi: Person, villages: dict[str, Area]
) -> None:
    assess(business, rahma)
    kept = Business.objects.create(name="Kerupuk Rahma", search_name="kr", area=villages["Taban"])
    merge = merge_businesses(kept=kept, other=business, by=dedi, at=NOW)
    assert newest_of(kept) and not newest_of(business)
    undo_merge(merge=merge, by=dedi, at=NOW)
    assert newest_of(business) and not newest_of(kept)


NEED = {"kind": "capital", "text": "Modal untuk belanja bersama.", "severity": "2", "once": "k"}
