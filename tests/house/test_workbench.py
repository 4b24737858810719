"""What stands behind dev.py keeps its promises on machines that are not ours."""

import ast
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from workbench.browser import find_chromium
from workbench.telling import ROOT

REQUIREMENTS = ROOT / "requirements"


def pins(name: str) -> dict[str, str]:
    lock = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, flags=re.MULTILINE))


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "uv.txt"])
def test_locks_have_a_hash_for_each_package_and_no_address(name: str) -> None:
    lock = (REQUIREMENTS / name).read_text(encoding="utf-8")
    assert "://" not in lock
    packages = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_what_runs_is_what_was_tested() -> None:
    tested = pins("dev.txt")
    assert {name: (version, tested.get(name)) for name, version in pins("run.txt").items()} == {
        name: (version, version) for name, version in pins("run.txt").items()
    }


def test_an_old_python_can_read_dev_py_and_be_told() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = subprocess.run(
            [sys.executable, "dev.py", "run", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert said.returncode == 1
    assert f"Port {port} cannot be used" in said.stderr
    assert f"--port {port + 1}" in said.stderr
    assert "Traceback" not in said.stderr


def test_an_unknown_word_lists_the_commands() -> None:
    said = subprocess.run(
        [sys.executable, "dev.py", "dance"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 2
    assert "python3 dev.py run" in said.stdout


def test_the_chosen_browser_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mine = tmp_path / "my browser"
    mine.write_text("#!/bin/sh\n", encoding="utf-8")
    mine.chmod(0o755)
    monkeypatch.setenv("ETOKO_CHROMIUM", str(mine))
    assert find_chromium() == str(mine)


def test_a_chosen_browser_that_is_not_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETOKO_CHROMIUM", "/nowhere/chromium")
    assert find_chromium() is None


SLOW_TO_TIDY = """
import signal, sys, time
def tidy(*_):
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(1)
    print("tidied", flush=True)
    sys.exit(1)
signal.signal(signal.SIGTERM, tidy)
print("begun", flush=True)
time.sleep(60)
"""


def test_whoever_is_stopped_lets_its_child_tidy_up_however_impatient_people_are() -> None:
    waiting = (
        "import sys; from workbench.ending import stop_like_ctrl_c; from workbench.telling import call;"
        f"stop_like_ctrl_c(); call([sys.executable, '-c', {SLOW_TO_TIDY!r}])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", waiting],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "begun\n"
        parent.send_signal(signal.SIGINT)
        parent.send_signal(signal.SIGTERM)
        assert parent.stdout.readline() == "tidied\n"
        assert parent.wait(20) != 0


def test_ctrl_c_in_a_terminal_leaves_no_postgres_behind() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "workbench.postgres", "sh", "-c", 'echo "$DATABASE_URL"; sleep 60'],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a terminal tells the whole group
    ) as lender:
        assert lender.stdout is not None
        port = urlsplit(lender.stdout.readline()).port
        assert port
        with socket.create_connection(("127.0.0.1", port), timeout=10):
            os.killpg(lender.pid, signal.SIGINT)
        os.killpg(lender.pid, signal.SIGTERM)
        assert lender.wait(60) == 130
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)
