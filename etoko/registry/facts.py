"""What the register announces; `config/effects.py` says who answers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DirectoryChanged:
    """What the public may see of these businesses, or whether it may see them at all."""

    business_ids: tuple[int, ...]


@dataclass(frozen=True)
class BusinessClosed:
    """It is not run any more."""

    business_id: int
    at: datetime
