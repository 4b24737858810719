import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from etoko.foundation.generation import Generation, public_generation
from etoko.foundation.models import OneTimeKey
from etoko.places.models import Area, AreaAlias
from etoko.places.names import search_name

pytestmark = pytest.mark.django_db(transaction=True)


def an_area(code: str = "36") -> Area:
    return Area(code=code, name="Banten", level=1, kind="provinsi", search_name=search_name("Banten"))


def test_a_write_changes_it_when_it_is_committed_and_not_before() -> None:
    before = public_generation().now()
    with transaction.atomic():
        an_area().save()
        assert public_generation().now() == before
    assert public_generation().now() != before


def test_every_way_of_writing_changes_it() -> None:
    Area.objects.bulk_create([an_area()])
    for write in (
        lambda: Area.objects.filter(pk="36").update(name="Bantam"),
        lambda: Area.objects.bulk_update([an_area()], ["name"]),
        lambda: AreaAlias.objects.get_or_create(area_id="36", name="Banten", search_name="banten"),
        lambda: AreaAlias.objects.all().delete(),
        lambda: connection.cursor().execute("update places_area set name = 'Banten'"),
        lambda: connection.cursor().executemany("UPDATE places_area SET name = %s", [["Banten"]]),
    ):
        before = public_generation().now()
        write()
        assert public_generation().now() != before


def test_a_write_that_is_rolled_back_leaves_it() -> None:
    before = public_generation().now()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        an_area().save()
        raise ZeroDivisionError
    assert public_generation().now() == before


def test_reading_and_writing_what_nobody_sees_leave_it() -> None:
    before = public_generation().now()
    assert not Area.objects.exists()
    OneTimeKey.objects.create(key="k", path="/")
    with connection.cursor() as cursor:
        cursor.execute("WITH seen AS (SELECT 1) SELECT * FROM seen")
    assert public_generation().now() == before


def test_another_process_sees_the_change(tmp_path: Path) -> None:
    here = Generation(tmp_path / "g")
    here.change()
    program = (
        "import sys; from pathlib import Path; from etoko.foundation.generation import Generation;"
        "other = Generation(Path(sys.argv[1])); print(other.now()); other.change(); print(other.now())"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "g")], capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(said[0]) != int(said[1]) == here.now()
