"""Once a night stock, sums and money are reckoned anew, and what does not fit is told."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.models import StockCheck
from etoko.catalog.reconciling import Check, Difference
from etoko.notices.operations import send_notice
from etoko.people.models import Person

NOT_BEFORE_HOUR = 1
"""WIB: when nobody buys. A machine that was off then does it as soon as it is on."""
AGAIN_AFTER = timedelta(hours=1)
MOST_IN_A_NOTICE = 10


def check_stock_nightly(*, checks: Iterable[Check], at: datetime) -> int:
    """Once a day after NOT_BEFORE_HOUR, and again every hour while something does not fit. Writes down what
    it is, tells every superuser once a day, repairs nothing: a figure that somebody sold by is not ours to
    change. Returns the number of differences."""
    local = timezone.localtime(at)
    last = StockCheck.objects.filter(night_on=local.date()).first()
    if local.hour < NOT_BEFORE_HOUR or (
        last and (not last.differences or at < last.checked_at + AGAIN_AFTER)
    ):
        return 0
    differences = [difference for check in checks for difference in check()]
    with transaction.atomic():
        night, is_first = StockCheck.objects.update_or_create(
            night_on=local.date(),
            defaults={"checked_at": at, "differences": [asdict(each) for each in differences]},
        )
        if is_first and differences:
            changes = {"differences": (0, len(differences))}
            record_deed(deed="check_books", subject=night, by=None, at=at, changes=changes)
            _tell(differences, at)
    return len(differences)


def _tell(differences: Sequence[Difference], at: datetime) -> None:
    for person in Person.objects.filter(is_superuser=True, closed_at__isnull=True):
        with translation.override(person.language):
            lines = [str(each) for each in differences[:MOST_IN_A_NOTICE]]
            if more := len(differences) - len(lines):
                lines.append(_("… dan %(more)s lagi") % {"more": more})
            send_notice(
                key=f"stock-check:{timezone.localtime(at).date()}:{person.pk}",
                kind="stock_check",
                recipient=person,
                title=_("Hitungan tidak cocok: %(count)s") % {"count": len(differences)},
                text=_(
                    "Pemeriksaan semalam menemukan hitungan yang tidak cocok. Belum ada yang diubah; "
                    "jalankan `manage.py reconcile_stock` untuk melihat semuanya."
                )
                + "\n\n"
                + "\n".join(lines),
                at=at,
            )
