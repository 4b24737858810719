"""The settings of the product, with a mark to die at and a clock that jumps. For drills only.

ETOKO_DRILL           the folder where mark and clock lie
ETOKO_DRILL_SABOTAGE  a word of drills/sabotage.py: the guard that is switched off
ETOKO_DRILL_ACTOR     1 in a server or worker; whoever drills them does not die and is not sabotaged
"""

import os
from pathlib import Path

from drills import clock, marks, sabotage
from etoko.config.settings import *  # noqa: F403
from etoko.config.settings import DATABASE_URL, DATABASES

_folder = Path(os.environ["ETOKO_DRILL"])
_sabotage = os.environ.get("ETOKO_DRILL_SABOTAGE", "")
_is_actor = os.environ.get("ETOKO_DRILL_ACTOR") == "1"
if _is_actor:
    marks.watch_marks(_folder)
    sabotage.commit(_sabotage)
    if _sabotage and not DATABASE_URL:  # so that a lock cuts a deed in two, as a crash of PostgreSQL does
        DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
if not (_is_actor and _sabotage == sabotage.DEAF_CLOCK):
    clock.follow(_folder)
