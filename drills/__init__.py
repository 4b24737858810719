"""Fault drills: the real server and worker meet a kill, a lost database, a full disk, a wrong clock, a crowd.

After each drill everything is reckoned anew from what people were told (`reckoning.py`).
docs/decisions/drills.md says why it is done like this; `python3 dev.py drill` does it.
"""
