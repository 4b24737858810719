"""The days that are no working days, as they are announced."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Holiday
from etoko.people.models import Person


class UnableToKeepHoliday(UnableTo):
    pass


@transaction.atomic
def add_holiday(*, day_on: date, name: str, by: Person, at: datetime) -> Holiday:
    """From now on it counts; rights that were told to buyers before stay as they were told."""
    if not name or len(name) > 100:
        raise UnableToKeepHoliday(_("Tulis nama hari liburnya, paling banyak 100 huruf."), field="name")
    holiday, is_new = Holiday.objects.get_or_create(day_on=day_on, defaults={"name": name})
    if not is_new:
        raise UnableToKeepHoliday(
            _("Tanggal itu sudah tercatat: %(name)s.") % {"name": holiday.name}, field="day_on"
        )
    record_deed(
        deed="add_holiday", subject=holiday, by=by, at=at, area_code="", changes={"day_on": (None, day_on)}
    )
    return holiday


@transaction.atomic
def drop_holiday(*, day_on: date, by: Person, at: datetime) -> None:
    """It was written by mistake."""
    holiday = Holiday.objects.filter(day_on=day_on).first()
    if holiday is None:
        return
    record_deed(
        deed="drop_holiday", subject=holiday, by=by, at=at, area_code="", changes={"day_on": (day_on, None)}
    )
    holiday.delete()
