"""Somebody says what ties her to an organisation or a business, and when it is over."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.partners.models import Interest, Organisation
from etoko.people.models import Person
from etoko.registry.models import Business


class UnableToDeclare(UnableTo):
    pass


@transaction.atomic
def declare_interest(
    *, person: Person, kind: str, towards: Organisation | Business, note: str = "", at: datetime
) -> Interest:
    """Raises UnableToDeclare; then nothing has changed. The trace says that something was declared, not
    towards whom: traces have more readers."""
    if kind not in dict(Interest.KINDS):
        raise UnableToDeclare(_("Pilih hubungannya."), field="kind")
    Person.objects.select_for_update().get(pk=person.pk)
    of = {"organisation" if isinstance(towards, Organisation) else "business": towards}
    if Interest.objects.filter(person=person, kind=kind, ended_at__isnull=True, **of).exists():
        raise UnableToDeclare(_("Hubungan ini sudah Anda nyatakan."), field="kind")
    interest = Interest.objects.create(person=person, kind=kind, note=note.strip(), declared_at=at, **of)
    record_deed(deed="declare_interest", subject=interest, by=person, at=at)
    return interest


@transaction.atomic
def end_interest(*, interest: Interest, at: datetime) -> None:
    """It is over; that it was stays known."""
    interest = Interest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    if interest.ended_at is not None:
        return
    interest.ended_at = at
    interest.save(update_fields=["ended_at"])
    record_deed(deed="end_interest", subject=interest, by=interest.person, at=at)
