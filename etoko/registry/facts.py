"""What the register announces; `config/effects.py` says who answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DirectoryChanged:
    """What the public may see of these businesses, or whether it may see them at all."""

    business_ids: tuple[int, ...]
