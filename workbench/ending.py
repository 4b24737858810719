"""Being stopped: whoever we started ends before us, whatever stopped us."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 20
"""Seconds for a child to put things back: it may be in the middle of a transaction, or of a server."""


def stop_like_ctrl_c() -> None:
    """To be told to stop is the same whoever says it, and a second time adds nothing.

    In a terminal Ctrl-C reaches a child directly and once more through us: the second one must not break
    into the tidying up that the first one began.
    """
    for number in STOPPING:
        if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
            continue  # nohup: told to live on when its terminal closes
        signal.signal(number, _stop_once)


def _stop_once(_number: int, _frame: FrameType | None) -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextlib.contextmanager
def ending_with_us(child: subprocess.Popen[bytes] | subprocess.Popen[str]) -> Iterator[None]:
    """Interrupted, subprocess alone would wait for a quarter of a second and then leave or kill the child."""
    try:
        yield
    except BaseException:
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise


def die_with_parent() -> None:
    """For a child, before it begins: even a killed parent leaves nobody behind."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
