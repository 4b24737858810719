"""Who answers when a lower room announces a fact, in order. The only place that knows everybody.

A fact is a frozen dataclass of the room that announces it; an answer is a function that takes
keyword `fact` and runs in the same transaction as the deed that announced it.
"""

from etoko.foundation.effects import Answers

ANSWERS: Answers = {}
