"""How long a shop waits for its buyers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.foundation.problems import UnableTo
from etoko.ordering.deadlines import waiting_times
from etoko.ordering.models import WaitingTimes


class UnableToSetWaitingTimes(UnableTo):
    pass


@transaction.atomic
def set_waiting_times(*, selling: Selling, pay_hours: int, collect_days: int, at: datetime) -> None:
    """For orders accepted or made ready from now on; what a buyer was told before stays."""
    if not 1 <= pay_hours <= 168:
        raise UnableToSetWaitingTimes(_("Waktu membayar dari 1 jam sampai 7 hari."), field="pay_hours")
    if not 1 <= collect_days <= 14:
        raise UnableToSetWaitingTimes(_("Waktu mengambil dari 1 sampai 14 hari."), field="collect_days")
    before = waiting_times(selling.shop.pk)
    WaitingTimes.objects.update_or_create(
        shop=selling.shop, defaults={"pay_hours": pay_hours, "collect_days": collect_days}
    )
    record_deed(
        deed="set_waiting_times",
        subject=selling.shop,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        area_code=selling.shop.area_id,
        changes={"pay_hours": (before[0], pay_hours), "collect_days": (before[1], collect_days)},
    )
