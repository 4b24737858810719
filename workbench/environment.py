"""The environment: a folder .venv with exactly the locked packages, made by whatever the machine has."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .telling import ROOT, Step, call, give_up, run_and_tell, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VENV = Path(os.environ.get("ETOKO_VENV") or ROOT / ".venv")
MACHINE_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
PYTHON = str(VENV / "bin" / "python")


def environment(kind: str) -> None:
    """Make sure that .venv holds the locked packages of `kind` ("run" or "dev").

    A stamp inside .venv remembers which lock was installed, by which Python and where (an environment
    cannot be moved), so that every later start costs nothing.
    """
    _keep_compiled_modules()
    if VENV.is_symlink():
        return  # somebody else's environment: used as it is, never changed
    stamp = VENV / "etoko.json"
    place = {"python": ".".join(map(str, sys.version_info[:2])), "where": str(VENV.resolve())}
    wanted = _fingerprint(kind)
    if _stamped(stamp, place).get(kind) == wanted:
        return
    with step("Environment") as doing, _one_at_a_time():
        known = _stamped(stamp, place)
        if known.get(kind) == wanted:
            return
        if not known:
            _make_venv()
        _install(doing, _lock(kind))
        known = {**place, **known, kind: wanted}
        if kind == "dev":  # the lock for building holds all of the lock for running
            known["run"] = _fingerprint("run")
        stamp.write_text(json.dumps(known), encoding="utf-8")


def _keep_compiled_modules() -> None:
    """Let our processes keep in the environment what they compile, also where Python is told to keep nothing.

    Compiling Django and ourselves anew takes each of them 1.3 s of CPU; a run of the tests starts a hundred.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "bytecode"))


def write_locks(arguments: list[str]) -> int:
    """Write the locks anew: exact versions and hashes for every platform, and no address of a registry."""
    environment("run")
    with step("Installer") as doing:
        uv = _working_uv() or _uv_in_venv(doing)
    if not uv:
        give_up("The locks are written by uv, which could not be had.")
    writing = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    writing += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
    writing += ["--custom-compile-command", "python3 dev.py lock"]
    # What runs is what was tested: the small lock takes its versions from the large one.
    for name, bounds in (("dev", []), ("run", ["-c", "requirements/dev.txt"]), ("uv", [])):
        with step(f"requirements/{name}.txt"):
            files = [f"requirements/{name}.in", "-o", f"requirements/{name}.txt"]
            if call([*writing, *arguments, *bounds, *files]):
                return 1
    return 0


def _lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def _fingerprint(kind: str) -> str:
    return hashlib.sha256(_lock(kind).read_bytes()).hexdigest()


def _stamped(stamp: Path, place: dict[str, str]) -> dict[str, str]:
    """What the stamp says of this very environment; nothing when it is another's, broken or missing."""
    try:
        known: dict[str, str] = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if any(known.get(key) != value for key, value in place.items()) or not Path(PYTHON).exists():
        return {}
    return known


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands started together must not build the same environment crosswise."""
    with VENV.with_name(f"{VENV.name}.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _working_uv() -> str | None:
    """uv, if it really answers: a launcher left behind by a version manager is on the path but does not."""
    for candidate in (shutil.which("uv"), str(VENV / "bin" / "uv")):
        if candidate and _answers([candidate, "--version"]):
            return candidate
    return None


def _answers(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _make_venv() -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    # Debian without python3-venv has no ensurepip; without pip inside, the environment still stands,
    # and the machine's own pip is allowed to fill it.
    base = getattr(sys, "_base_executable", sys.executable)
    if not _answers([base, "-m", "venv", "--without-pip", str(VENV)]):
        give_up(f"Could not make the environment {VENV}. Is the disk full, or the folder not writable?")


def _install(doing: Step, lock: Path) -> None:
    uv = _working_uv() or _uv_in_venv(doing)
    if uv:
        command = [uv, "pip", "install", "--python", PYTHON, "--require-hashes", "-r", str(lock)]
        # Copies, not hard links: the cache of the machine must not change when somebody edits a package.
        habits = {"UV_LINK_MODE": "copy", "NO_COLOR": "1"}
        if MACHINE_CERTIFICATES.exists():  # offices often read along: then only the machine's own list holds
            habits["UV_SYSTEM_CERTS"] = "1"
        if run_and_tell(doing, command, {**habits, **os.environ}):
            return
        doing.say("uv did not succeed: trying pip")
    if not _pip(doing, "--require-hashes", "-r", str(lock)):
        give_up("The packages could not be installed. Is the network there? The lines above say more.")


def _uv_in_venv(doing: Step) -> str | None:
    """uv fetched by pip: two minutes of pip become ten seconds. Without it pip does all the work itself."""
    doing.say("fetching the installer uv with pip")
    if not _pip(doing, "--quiet", "--require-hashes", "-r", str(_lock("uv"))):
        doing.say("uv could not be had: going on with pip, which takes longer")
    return _working_uv()


def _pip(doing: Step, *arguments: str) -> bool:
    if _answers([sys.executable, "-m", "pip", "--version"]):
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    elif _answers([PYTHON, "-m", "ensurepip"]):
        pip = [PYTHON, "-m", "pip"]
    else:
        give_up("Neither uv nor pip was found. On Debian or Ubuntu: apt install python3-pip")
    return run_and_tell(
        doing, [*pip, "--disable-pip-version-check", "install", "--progress-bar", "off", *arguments]
    )
