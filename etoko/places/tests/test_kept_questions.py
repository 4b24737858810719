"""What is kept while nothing public is written."""

import pytest
from django.db import transaction

from etoko.foundation.generation import kept_while_unchanged
from etoko.foundation.models import OneTimeKey
from etoko.places.models import PROVINCE, Area


def banten(code: str = "36") -> Area:
    return Area(code=code, name="Banten", level=PROVINCE, kind="provinsi", search_name="banten")


@pytest.fixture
def asked() -> list[int]:
    return []


@pytest.mark.django_db(transaction=True)
def test_a_question_is_asked_again_only_after_something_public_was_written(asked: list[int]) -> None:
    @kept_while_unchanged
    def areas() -> int:
        asked.append(1)
        return Area.objects.count()

    assert [areas(), areas()] == [0, 0]
    assert len(asked) == 1
    OneTimeKey.objects.create(key="a", path="/")
    areas()
    assert len(asked) == 1, "keys stand on no page"
    banten().save()
    assert [areas(), areas()] == [1, 1]
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_read_inside_a_transaction_is_not_kept() -> None:
    @kept_while_unchanged
    def areas() -> int:
        return Area.objects.count()

    assert areas() == 0
    with transaction.atomic():
        banten().save()
        assert areas() == 1
        transaction.set_rollback(True)
    assert areas() == 0
