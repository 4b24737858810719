from etoko.needs.operations.assessing import UnableToAssess, assess_capability
from etoko.needs.operations.climbing import note_readiness
from etoko.needs.operations.moving import UnableToMoveNeed, move_need, verify_need
from etoko.needs.operations.saying import UnableToSayNeed, say_need

__all__ = [
    "UnableToAssess",
    "UnableToMoveNeed",
    "UnableToSayNeed",
    "assess_capability",
    "move_need",
    "note_readiness",
    "say_need",
    "verify_need",
]
