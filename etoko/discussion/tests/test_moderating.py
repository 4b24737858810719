"""Reports, hiding, appeal, what waits, and what becomes a need: everybody hears the fate of what she said."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from conftest import Clock
from etoko.discussion.access import own_post, post_for, post_to_tend
from etoko.discussion.models import FollowUp, Post, Report, Thread
from etoko.discussion.operations import (
    UnableToFollowUp,
    UnableToModerate,
    appeal_post,
    decide_appeal,
    hide_post,
    keep_post,
    make_need,
    report_post,
    restore_post,
    withdraw_post,
)
from etoko.discussion.tests.conftest import Everything, answer, ask
from etoko.foundation.flows import UnableToMove
from etoko.needs.access import standing_of
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))


def page_of(thread: Thread) -> str:
    return Client().get(f"/diskusi/{thread.public_id}/x/", follow=True).content.decode()


def test_a_post_is_reported_hidden_appealed_and_decided_by_somebody_else(
    question: Thread, reply: Post, everybody: dict[str, Person], everything: Everything
) -> None:
    siti, herman, yanti, dedi, rahma = (everybody[who] for who in "siti herman yanti dedi rahma".split())
    report_post(standing=post_for(siti, reply.public_id), reason="Iklan atau penipuan", at=NOW)
    with pytest.raises(UnableToModerate, match="sudah melaporkan"):
        report_post(standing=post_for(siti, reply.public_id), reason="Lagi", at=NOW)
    with pytest.raises(UnableToModerate, match="kiriman Anda sendiri"):
        report_post(standing=post_for(herman, reply.public_id), reason="Lagi", at=NOW)
    before = everything()
    with pytest.raises(UnableToModerate, match="alasannya dulu"):
        hide_post(standing=post_to_tend(yanti, reply.public_id), reason=" ", at=NOW)
    with pytest.raises(UnableToMove):  # siti does not look after anything
        hide_post(standing=post_for(siti, reply.public_id), reason="Iklan", at=NOW)
    assert everything() == before
    hide_post(standing=post_to_tend(yanti, reply.public_id), reason="Iklan atau penipuan", at=NOW)
    page = page_of(question)
    assert "Disembunyikan. Alasannya: Iklan atau penipuan" in page
    assert "silika gel" not in page
    assert told(siti) == ["Laporan Anda sudah diperiksa"]
    assert Report.objects.get().outcome == Report.HIDDEN
    assert told(herman) == ["Kiriman Anda disembunyikan"]
    question.refresh_from_db()
    assert question.answers == 0
    appeal_post(standing=own_post(herman, reply.public_id), reason="Saya tidak menjual plastik.", at=NOW)
    assert "Ada keberatan yang menunggu keputusan Anda" in told(dedi)
    assert "Ada keberatan yang menunggu keputusan Anda" not in told(yanti)
    before = everything()
    with pytest.raises(UnableToModerate, match="diputuskan orang lain"):
        decide_appeal(standing=post_to_tend(yanti, reply.public_id), granted=False, reason="Iklan", at=NOW)
    with pytest.raises(UnableToMove):  # nor is it put back by whoever hid it
        restore_post(standing=post_to_tend(yanti, reply.public_id), at=NOW)
    assert everything() == before
    judge = Client()
    judge.force_login(dedi)
    assert "silika gel" in judge.get(f"/diskusi/kiriman/{reply.public_id}/").content.decode()
    judge.force_login(siti)
    assert judge.get(f"/diskusi/kiriman/{reply.public_id}/").status_code == 404
    decide_appeal(standing=post_to_tend(dedi, reply.public_id), granted=True, reason="Bukan iklan.", at=NOW)
    assert "silika gel" in page_of(question)
    assert told(herman)[-1] == "Keberatan Anda diterima"
    assert told(rahma) == ["Herman membalas Anda di “Kerupuk cepat melempem”"]


def test_what_stays_hidden_or_is_left(question: Thread, reply: Post, everybody: dict[str, Person]) -> None:
    siti, herman, yanti, dedi = (everybody[who] for who in "siti herman yanti dedi".split())
    report_post(standing=post_for(siti, reply.public_id), reason="Kasar", at=NOW)
    assert keep_post(standing=post_to_tend(dedi, reply.public_id), at=NOW) == 1
    assert keep_post(standing=post_to_tend(dedi, reply.public_id), at=NOW) == 0
    assert "tetap tampil" in Notice.objects.get(recipient=siti).text
    opening = question.posts.get(number=1)
    hide_post(standing=post_to_tend(yanti, opening.public_id), reason="Memuat nomor HP", at=NOW)
    page = page_of(question)
    assert "melempem" not in page
    assert "silika gel" in page
    assert "Belum ada yang membahas ini" in Client().get("/diskusi/?q=melempem").content.decode()
    appeal_post(standing=own_post(everybody["rahma"], opening.public_id), reason="Nomor toko", at=NOW)
    decide_appeal(standing=post_to_tend(dedi, opening.public_id), granted=False, reason="Tetap", at=NOW)
    with pytest.raises(UnableToMove):
        appeal_post(standing=own_post(everybody["rahma"], opening.public_id), reason="Lagi", at=NOW)
    report_post(standing=post_for(siti, reply.public_id), reason="Kasar", at=NOW)
    withdraw_post(standing=own_post(herman, reply.public_id), at=NOW)
    assert Report.objects.latest("pk").outcome == Report.WITHDRAWN


def test_after_seven_days_a_question_is_on_the_list_and_told_of_once(
    clock: Clock, villages: dict[str, Area], everybody: dict[str, Person]
) -> None:
    rahma, siti, yanti, dedi = (everybody[who] for who in "rahma siti yanti dedi".split())
    asked_at = clock.now.replace(hour=3)  # 10.00 WIB
    thread = ask(rahma, villages["Taban"], at=asked_at)
    ask(siti, villages["Daru"], title="Obrolan saja", kind=Thread.TALK, at=asked_at)
    answer(thread, rahma, "Masih mencari.", at=asked_at + timedelta(hours=1))  # her own word is no answer
    kader = Client()
    kader.force_login(yanti)
    for days, is_there in ((6, False), (7, True)):
        clock.now = asked_at + timedelta(days=days, hours=-2)
        call_command("run_due_work")
        call_command("run_due_work")
        assert ("Kerupuk cepat melempem" in kader.get("/petugas/diskusi/").content.decode()) is is_there
        assert told(yanti) == ["1 pertanyaan belum dijawab seminggu"] * is_there
    assert told(dedi) == ["1 pertanyaan belum dijawab seminggu"]
    answer(thread, siti, at=clock.now)
    assert "Kerupuk cepat melempem" not in kader.get("/petugas/diskusi/").content.decode()


def test_a_post_becomes_a_need_and_its_author_sees_what_comes_of_it(
    question: Thread, everybody: dict[str, Person], villages: dict[str, Area], everything: Everything
) -> None:
    rahma, yanti, siti = (everybody[who] for who in "rahma yanti siti".split())
    business = make_business("Kerupuk Rahma", villages["Taban"], owned_by=rahma)
    post = question.posts.get()
    given = {"kind": "quality", "text": "Kemasan yang tahan sebulan", "severity": 2, "at": NOW}
    before = everything()
    with pytest.raises(UnableToFollowUp):
        make_need(standing=post_for(siti, post.public_id), of=standing_of(siti, business), **given)  # type: ignore[arg-type]
    assert everything() == before
    client = Client()
    client.force_login(siti)
    assert client.get(f"/diskusi/kiriman/{post.public_id}/kebutuhan/").status_code == 404
    client.force_login(yanti)
    form = {"thing": business.public_id, "kind": "quality", "text": "", "severity": "2"}
    refused = client.post(f"/diskusi/kiriman/{post.public_id}/kebutuhan/", form)
    assert (refused.status_code, FollowUp.objects.count()) == (422, 0)
    client.post(f"/diskusi/kiriman/{post.public_id}/kebutuhan/", form | {"text": "Kemasan tahan sebulan"})
    need = FollowUp.objects.get(post=post).need
    assert (need.business, need.said_by, need.for_name) == (business, yanti, "Kerupuk Rahma")
    assert "Dicatat sebagai kebutuhan" in page_of(question)
    client.force_login(rahma)
    assert "Kebutuhan: Baru" in client.get("/saya/diskusi/").content.decode()
    assert (
        f"/kebutuhan/{need.public_id}/" in client.get(f"/diskusi/kiriman/{post.public_id}/").content.decode()
    )
