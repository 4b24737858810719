"""Who leaves is named nowhere in the discussions; what she wrote stays, for others answered it."""

import pytest
from django.test import Client

from etoko.discussion.models import Following, Post, Thread
from etoko.discussion.tests.conftest import answer, question, reply
from etoko.discussion.words import byline
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.privacy.operations import close_account
from tests.cast import NOW

__all__ = ["question", "reply"]
pytestmark = pytest.mark.django_db


def test_somebody_who_left_is_named_nowhere(
    question: Thread, reply: Post, herman: Person, rahma: Person
) -> None:
    answer(question, rahma, "Terima kasih, @Herman", at=NOW)
    assert byline(herman) == "Herman, Kutruk"
    close_account(person=herman, forget_owner=False, at=NOW)
    page = Client().get(f"/diskusi/{question.public_id}/{question.slug}/").content.decode()
    assert "silika gel" in page
    assert "Akun ditutup" in page
    assert "Herman" not in page
    assert not Notice.objects.filter(recipient=rahma).exists()
    assert not Following.objects.filter(person=herman).exists()
