"""What the register announces; `config/effects.py` says who answers."""

from dataclasses import dataclass
from datetime import datetime

from etoko.people.models import Person


@dataclass(frozen=True)
class DirectoryChanged:
    """What the public may see of these businesses, or whether it may see them at all."""

    business_ids: tuple[int, ...]


@dataclass(frozen=True)
class BusinessClosed:
    """It is not run any more."""

    business_id: int
    at: datetime


@dataclass(frozen=True)
class ImportGoesBack:
    """An import is about to be taken back: who came in with it goes first."""

    batch_id: int
    by: Person | None
    at: datetime
