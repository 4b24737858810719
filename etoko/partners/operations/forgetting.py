"""Somebody leaves: what she declared is over and without its words, her mandates end."""

from datetime import datetime

from etoko.partners.models import Interest, Mandate
from etoko.people.models import Person


def leave_partners(*, person: Person, at: datetime) -> None:
    """That she had a mandate stays, as what was done by it; her name goes with the account."""
    Interest.objects.filter(person=person).update(note="")
    Interest.objects.filter(person=person, ended_at__isnull=True).update(ended_at=at)
    Mandate.objects.filter(person=person, ended_at__isnull=True).update(ended_at=at)
