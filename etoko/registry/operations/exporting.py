from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from etoko.audit.operations import note_access, record_deed
from etoko.people.models import Person
from etoko.places.models import Area


@transaction.atomic
def record_export(*, areas: Sequence[Area], rows: int, form: str, by: Person | None, at: datetime) -> None:
    """Personal data leave the house: who took how many rows of which areas, and as what. Each owner of the
    area reads it among those who opened her record."""
    for area in areas:
        record_deed(
            deed="export_register",
            subject=area,
            by=by,
            at=at,
            area_code=area.code,
            changes={"rows": (0, rows), "form": ("", form)},
        )
        if by is not None:
            note_access(subject=area, by=by, at=at, area_code=area.code)
