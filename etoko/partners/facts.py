"""What this room announces."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MandateHandedOver:
    """What hangs on the old mandate goes to the new one, of the same organisation."""

    old_id: int
    new_id: int
    by_id: int
    at: datetime
