"""A promise on its way: who may say what, who may not, and what everybody sees."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from conftest import Clock
from etoko.audit.words import known_deeds
from etoko.foundation.flows import UnableToMove
from etoko.foundation.kept import RowsAreKept
from etoko.notices.models import Notice
from etoko.partners.access import Keeping
from etoko.partners.models import Interest, Mandate, Organisation
from etoko.partners.operations import declare_interest, end_mandate, give_mandate
from etoko.partners.operations.mandating import UnableToMandate
from etoko.partners.tests.conftest import by_decree, make_partner
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.promises.models import Objection, Promise, PromiseStep
from etoko.promises.operations import (
    PromiseFacts,
    UnableToMovePromise,
    UnableToObject,
    UnableToPromise,
    answer_objection,
    make_promise,
    move_promise,
    object_to_count,
    remind_of_promises,
)
from etoko.promises.operations.telling import TITLES
from etoko.promises.queries.counting import reliability_of
from etoko.promises.reliability import reliability
from etoko.promises.states import PROMISE_FLOW, REASON_WORDS
from etoko.promises.tests.conftest import DUE, Everything, carry, standing, voice
from etoko.registry.models import Business
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")
TODAY = NOW.date()


def test_every_move_has_its_words() -> None:
    assert set(PROMISE_FLOW.moves) - {"report"} == set(REASON_WORDS)
    assert set(PROMISE_FLOW.moves) <= set(TITLES)
    assert {f"{move}_promise" for move in PROMISE_FLOW.moves} <= set(known_deeds())


def test_the_whole_way_by_forms_to_the_word_of_the_beneficiary(
    campus: Organisation, hotel: Organisation, client: Client
) -> None:
    nia, kevin = campus.mandates.get().person, hotel.mandates.get().person
    client.force_login(nia)
    form = {"what": "Melatih dapur", "for_organisation": hotel.public_id, "origin": "own_word", "once": "k"}
    refused = client.post("/janji/baru/", form)
    assert refused.status_code == 422 and "Melatih dapur" in refused.content.decode()
    for _twice in range(2):
        client.post("/janji/baru/", form | {"due_on": DUE.isoformat()})
    promise = Promise.objects.get()
    assert (promise.helix, promise.keeper) == ("academia", Mandate.objects.get(person=nia))
    assert "Melatih dapur" in Client().get("/janji/").content.decode()

    picture = BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
    path = f"/janji/{promise.public_id}/"
    photo = SimpleUploadedFile("a.jpg", picture.getvalue(), "image/jpeg")
    kept = client.post(f"{path}lapor/", {"reason": "", "photo": photo})
    assert kept.status_code == 422 and 'name="kept"' in kept.content.decode()
    token = kept.content.decode().split('name="kept" value="')[1].split('"')[0]
    client.post(f"{path}lapor/", {"reason": "Selesai", "kept": token, "once": "r"})
    step = PromiseStep.objects.get()
    assert step.photo_key and (step.helix, step.role, step.by) == ("academia", "Ketua", nia)
    assert Notice.objects.filter(recipient=kevin, title="Sudah ditepati? Janji Universitas Cisadane").exists()
    assert Client().get(f"{path}bukti/{step.pk}/").status_code == 302  # not for everybody

    client.force_login(kevin)
    assert client.get(f"{path}bukti/{step.pk}/")["Content-Type"] == "image/jpeg"
    for _twice in range(2):
        client.post(f"{path}langkah/verify/", {"reason": "Bagus", "once": "v"})
    promise.refresh_from_db()
    assert promise.state == "promise_verified" and PromiseStep.objects.count() == 2
    assert reliability_of(campus, today=TODAY) == reliability(1, 1)
    page = Client().get(f"/janji/mitra/{campus.public_id}/").content.decode()
    assert "67 persen" in page and "Melatih dapur" in page
    with pytest.raises(RowsAreKept):
        PromiseStep.objects.all().delete()


def test_nobody_judges_the_own_nor_what_is_close(
    campus: Organisation, office: Organisation, dedi: Person, everything: Everything
) -> None:
    """R7: no office verifies its own promise, by whatever other mandate; nor who declared kin there."""
    nia = campus.mandates.get().person
    facts = PromiseFacts("Rak pamer", DUE, for_words="Semua penjual")
    promise = make_promise(voice=voice(dedi, office), facts=facts, at=NOW)
    promise = carry(promise, "report", dedi, office)
    lends = Keeping(campus, nia, is_own=True, is_officer=False)
    give_mandate(keeping=lends, person=dedi, facts=by_decree(Mandate.SPEAKER), at=NOW)
    dinas = make_partner("Dinas Koperasi", "government", office.area, by=dedi, lead=nia)
    interest = declare_interest(person=nia, kind=Interest.KIN, towards=office, at=NOW)
    before = everything()
    for person, organisation in ((dedi, office), (dedi, campus), (nia, dinas), (nia, campus)):
        for move in ("verify", "send_back"):
            with pytest.raises(UnableToMove):
                move_promise(standing=standing(promise, person, organisation), move=move, reason="Ya", at=NOW)
    assert everything() == before
    Interest.objects.filter(pk=interest.pk).delete()
    assert standing(promise, nia, dinas).parties == ()  # of the same helix
    assert carry(promise, "send_back", nia, campus).state == "promise_returned"


def test_withdrawn_only_where_the_other_side_accepts_the_reason(
    training: Promise, campus: Organisation, hotel: Organisation, everything: Everything
) -> None:
    nia, kevin = campus.mandates.get().person, hotel.mandates.get().person
    before = everything()
    with pytest.raises(UnableToMovePromise):
        move_promise(standing=standing(training, nia, campus), move="ask_withdrawal", reason=" ", at=NOW)
    assert everything() == before
    carry(training, "ask_withdrawal", nia, campus)
    with pytest.raises(UnableToMove):
        carry(training, "accept_withdrawal", nia, campus)
    assert carry(training, "refuse_withdrawal", kevin, hotel).state == "promise_under_way"
    carry(training, "ask_withdrawal", nia, campus)
    assert carry(training, "accept_withdrawal", kevin, hotel).state == "promise_withdrawn"
    assert reliability_of(campus, today=DUE + timedelta(days=9)) == reliability(0, 0)


def test_a_mandate_that_ran_out_promises_and_judges_nothing(
    training: Promise, hotel: Organisation, clock: Clock, everything: Everything
) -> None:
    kevin = hotel.mandates.get().person
    held, says = standing(training, kevin, hotel), voice(kevin, hotel)
    Mandate.objects.filter(person=kevin).update(ends_on=TODAY)
    clock.forward(days=1)
    before = everything()
    with pytest.raises(UnableToPromise):
        make_promise(voice=says, facts=PromiseFacts("X", DUE, for_words="Y"), at=clock.now)
    with pytest.raises(UnableToMovePromise):
        move_promise(standing=held, move="verify", at=clock.now)
    assert everything() == before


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"what": " "}, "what"),
        ({"for_words": ""}, "for_words"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": TODAY + timedelta(days=3000)}, "due_on"),
        ({"origin": "of_meeting"}, "origin_words"),
        ({"origin": "dream"}, "origin"),
    ],
)
def test_a_promise_that_lacks_something_is_none(
    campus: Organisation, everything: Everything, more: dict[str, Any], field: str
) -> None:
    nia = campus.mandates.get().person
    before = everything()
    said: dict[str, Any] = {"what": "X", "due_on": DUE, "for_words": "Y"}
    facts = PromiseFacts(**(said | more))
    with pytest.raises(UnableToPromise) as refused:
        make_promise(voice=voice(nia, campus), facts=facts, at=NOW)
    assert refused.value.field == field and everything() == before


def test_reminders_come_before_and_after_and_once(
    training: Promise, campus: Organisation, hotel: Organisation, clock: Clock
) -> None:
    nia, kevin = campus.mandates.get().person, hotel.mandates.get().person
    Notice.objects.all().delete()
    told = []
    for _day in range(50):
        clock.forward(days=1)
        for _twice in range(2):
            remind_of_promises(at=clock.now)
        for notice in Notice.objects.order_by("id"):
            told.append(((clock.now.date() - DUE).days, notice.recipient, notice.title.split()[-2]))
        Notice.objects.all().delete()
    assert told == [
        (-7, nia, "jatuh"),
        (-1, nia, "jatuh"),
        (1, nia, "lewat"),
        (1, kevin, "lewat"),
        (14, nia, "lewat"),
        (14, kevin, "lewat"),
    ]
    carry(training, "report", nia, campus, at=clock.now)
    Notice.objects.all().delete()
    clock.forward(days=7)
    call_command("run_due_work")
    assert [one.recipient for one in Notice.objects.all()] == [kevin]


def test_an_objection_excuses_when_somebody_else_agrees(
    training: Promise, campus: Organisation, hotel: Organisation, clock: Clock, everything: Everything
) -> None:
    nia, kevin = campus.mandates.get().person, hotel.mandates.get().person
    with pytest.raises(UnableToObject):  # it does not count yet
        object_to_count(standing=standing(training, nia, campus), text="Banjir", at=clock.now)
    clock.forward(days=40)
    assert reliability_of(campus, today=clock.now.date()) == reliability(0, 1)
    objection = object_to_count(standing=standing(training, nia, campus), text="Banjir", at=clock.now)
    before = everything()
    for person, organisation, reason in ((nia, campus, "Setuju"), (kevin, hotel, " ")):
        with pytest.raises(UnableToMove):
            answer_objection(
                standing=standing(training, person, organisation),
                objection=objection,
                move="accept",
                reason=reason,
                at=clock.now,
            )
    assert everything() == before
    client = Client()
    client.force_login(kevin)
    client.post(f"/janji/{training.public_id}/keberatan/accept/", {"reason": "Benar, banjir"})
    assert Objection.objects.get().answered_helix == "business"
    assert reliability_of(campus, today=clock.now.date()) == reliability(0, 0)


def test_what_an_official_owes_goes_to_the_successor(
    training: Promise, kept_campus: Keeping, dedi: Person, siti: Person, everything: Everything
) -> None:
    old = Mandate.objects.get(person=kept_campus.person)
    officer = Keeping(kept_campus.organisation, dedi, is_own=False, is_officer=True)
    before = everything()
    with pytest.raises(UnableToMandate):
        end_mandate(keeping=officer, mandate=old, at=NOW)
    assert everything() == before
    new = give_mandate(keeping=officer, person=siti, facts=by_decree(role="Ketua baru"), at=NOW)
    client = Client()
    client.force_login(dedi)
    path = f"/mandat/{old.pk}/akhiri/"
    assert "Melatih dapur hotel" in client.get(path).content.decode()
    assert client.post(path, {"reason": "Pindah"}).status_code == 422
    assert client.post(path, {"reason": "Pindah", "successor": new.pk}).status_code == 302
    training.refresh_from_db()
    old.refresh_from_db()
    assert (training.keeper, old.successor) == (new, new)


def test_a_business_that_hides_is_named_to_nobody_outside(
    topi: Organisation, herman: Person, nia: Person, client: Client
) -> None:
    facts = PromiseFacts("Topi sekolah", DUE, for_words="SD Kutruk")
    promise = make_promise(voice=voice(herman, topi), facts=facts, at=NOW)
    path = f"/janji/{promise.public_id}/"
    assert "Topi sekolah" not in client.get("/janji/").content.decode()
    assert client.get(path).status_code == 404
    client.force_login(herman)
    assert "Topi Herman" in client.get(path).content.decode()
    assert topi.business is not None
    Business.objects.filter(pk=topi.business.pk).update(listing="listed")
    assert "Topi Herman" in Client().get("/janji/").content.decode()


def test_reliability_is_the_beta_mean_with_its_interval() -> None:
    assert (reliability(0, 0).percent, reliability(0, 0).low_percent, reliability(0, 0).high_percent) == (
        50,
        5,
        95,
    )
    assert reliability(9, 10).share == 10 / 12
    # Beta(10, 2): scipy.stats.beta.ppf gives 0.6356 and 0.9667.
    assert (round(reliability(9, 10).low, 3), round(reliability(9, 10).high, 3)) == (0.636, 0.967)
    assert reliability(500, 1000).low < 0.5 < reliability(500, 1000).high
    with pytest.raises(ValueError, match="so many"):
        reliability(2, 1)


def test_five_thousand_promises_cost_as_much_as_few(
    campus: Organisation, hotel: Organisation, jambe: Area, client: Client, max_queries: Any
) -> None:
    nia = campus.mandates.get().person
    Promise.objects.bulk_create(
        [
            Promise(
                organisation=(campus, hotel)[number % 2],
                helix=("academia", "business")[number % 2],
                area=jambe,
                what=f"Janji {number}",
                for_words="Semua",
                due_on=TODAY + timedelta(days=number % 700 - 350),
                state=list(PROMISE_FLOW.states)[number % 7],
                reported_on=TODAY,
                promised_by=nia,
                promised_at=NOW,
                changed_at=NOW,
            )
            for number in range(5000)
        ],
        batch_size=500,
    )
    for query in ("", "?keadaan=ditepati&unsur=academia&hal=3", "?keadaan=terlambat&asal=own_word"):
        with max_queries(8):
            page = client.get(f"/janji/{query}").content.decode()
        assert page.count("cover-link") == 30
    with max_queries(8):
        client.get(f"/janji/mitra/{campus.public_id}/")
    client.force_login(nia)
    with max_queries(24):
        assert client.get(f"/janji/{Promise.objects.all()[0].public_id}/").status_code == 200
