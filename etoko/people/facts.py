"""What this room announces; `config/effects.py` says who answers."""

from dataclasses import dataclass
from datetime import datetime

from etoko.people.models import Person


@dataclass(frozen=True)
class AccountHelped:
    """A kader or officer can now open the proven account of somebody who may not have asked for it."""

    person: Person
    by: Person
    at: datetime
    occasion: str
    """Unlike any other: of the link or code that was made."""
