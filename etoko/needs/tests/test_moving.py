"""A need on its way: who makes which step, what the owner hears, what never vanishes."""

from datetime import timedelta

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.audit.words import known_deeds
from etoko.foundation.flows import UnableToMove
from etoko.foundation.kept import RowsAreKept
from etoko.needs.access import standing_of
from etoko.needs.models import Need, NeedStep
from etoko.needs.operations import UnableToMoveNeed, move_need, verify_need
from etoko.needs.operations.telling import TITLES
from etoko.needs.states import NEED_FLOW, REASON_WORDS
from etoko.needs.tests.conftest import Everything, carry
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.registry.models import Business
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def test_every_move_has_its_words() -> None:
    assert set(NEED_FLOW.moves) <= set(TITLES)
    assert set(NEED_FLOW.moves) - {"verify"} == set(REASON_WORDS)
    assert {f"{move}_need" for move in NEED_FLOW.moves} <= set(known_deeds())


def test_the_whole_way_to_the_owners_own_word(met: Need, rahma: Person, client: Client) -> None:
    titles = list(Notice.objects.filter(recipient=rahma).order_by("id").values_list("title", flat=True))
    assert len(titles) == 5 and titles[-1] == "Sudah terpenuhi? Kebutuhan Alat Kerupuk Bu Rahma"
    client.force_login(rahma)
    path = f"/kebutuhan/{met.public_id}/langkah/confirm/"
    for _twice in range(2):
        client.post(path, {"reason": "Terima kasih", "once": "k"})
    met.refresh_from_db()
    assert met.state == "need_confirmed"
    assert NeedStep.objects.filter(move="confirm").count() == 1
    assert "Terima kasih" in client.get(f"/kebutuhan/{met.public_id}/").content.decode()


def test_the_check_sets_the_severity_and_says_what_it_was(oven: Need, yanti: Person) -> None:
    assert oven.business is not None
    standing = standing_of(yanti, oven.business)
    verify_need(standing=standing, need=oven, severity=4, reason="Oven mati total", at=NOW)
    oven.refresh_from_db()
    assert (oven.state, oven.severity) == ("need_verified", 4)
    assert AuditEntry.objects.get(deed="verify_need").changes == {
        "state": ["need_new", "need_verified"],
        "severity": [2, 4],
    }


def test_who_wrote_it_down_does_not_check_it(
    business: Business, yanti: Person, everything: Everything, client: Client
) -> None:
    client.force_login(yanti)
    client.post(
        f"/kebutuhan/usaha/{business.public_id}/baru/", {"kind": "capital", "text": "M", "severity": "1"}
    )
    need = Need.objects.get()
    before = everything()
    answer = client.post(f"/kebutuhan/{need.public_id}/cek/", {"severity": "4"})
    assert answer.status_code == 422 and "Anda sendiri yang mencatat" in answer.content.decode()
    assert everything() == before


def test_not_suited_goes_back_and_a_proposal_that_fails_falls_back(
    met: Need, rahma: Person, dedi: Person
) -> None:
    met = carry(met, "send_back", rahma)
    assert met.state == "need_not_suited"
    met = carry(met, "resume propose fall_back", dedi)
    assert met.state == "need_verified"
    assert met.said_at == NOW


def test_the_kader_confirms_in_the_owners_name(met: Need, yanti: Person, rahma: Person) -> None:
    Notice.objects.all().delete()
    carry(met, "confirm", yanti)
    step = NeedStep.objects.get(move="confirm")
    assert (step.by, step.for_name) == (yanti, "Kerupuk Bu Rahma")
    assert Notice.objects.get().recipient == rahma


def test_the_office_does_not_confirm_what_it_did_itself(
    oven: Need, met: Need, dedi: Person, everything: Everything
) -> None:
    before = everything()
    assert met.business is not None
    with pytest.raises(UnableToMove):
        move_need(standing=standing_of(dedi, met.business), need=met, move="confirm", at=NOW)
    assert everything() == before


def test_nor_does_the_kader_who_said_that_it_is_met(
    oven: Need, yanti: Person, everything: Everything
) -> None:
    need = carry(oven, "verify propose match start fulfil", yanti)
    before = everything()
    with pytest.raises(UnableToMoveNeed):
        carry(need, "confirm", yanti)
    assert everything() == before


@pytest.mark.parametrize("move", ["confirm", "send_back", "withdraw", "fulfil", "verify", "gone"])
def test_refuses_a_step_out_of_turn(
    oven: Need, yanti: Person, business: Business, everything: Everything, move: str
) -> None:
    before = everything()
    with pytest.raises((UnableToMove, UnableToMoveNeed)):
        move_need(standing=standing_of(yanti, business), need=oven, move=move, at=NOW)
    assert everything() == before


def test_withdrawn_with_a_reason_that_officers_still_read(
    oven: Need, rahma: Person, dedi: Person, client: Client
) -> None:
    client.force_login(rahma)
    path = f"/kebutuhan/{oven.public_id}/langkah/withdraw/"
    refused = client.post(path, {"reason": " "})
    assert refused.status_code == 422 and "Isi dulu: Mengapa ditarik?" in refused.content.decode()
    client.post(path, {"reason": "Sudah dibelikan anak saya"})
    client.force_login(dedi)
    assert oven.text not in client.get("/petugas/kebutuhan/").content.decode()
    assert oven.text in client.get("/petugas/kebutuhan/?keadaan=selesai").content.decode()
    assert "Sudah dibelikan anak saya" in client.get(f"/kebutuhan/{oven.public_id}/").content.decode()


def test_steps_are_kept(met: Need) -> None:
    with pytest.raises(RowsAreKept):
        met.steps.all().delete()


def test_age_is_counted_from_the_day_it_was_said(oven: Need, dedi: Person, client: Client) -> None:
    Need.objects.update(said_at=NOW - timedelta(days=95))
    client.force_login(dedi)
    page = client.get("/petugas/kebutuhan/").content.decode()
    assert "menunggu 95 hari" in page and "badge accent" in page
