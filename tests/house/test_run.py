"""`dev.py run` as a newcomer meets it: it starts, starts again faster, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workbench.telling import ROOT

PATIENCE = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processes_of(data: Path) -> list[str]:
    """Command lines of everything that was started for this data folder."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and str(data).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it ended meanwhile, or is somebody else's
    return found


@contextmanager
def running(data: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The started shop, and what it said until it was ready."""
    env = {
        **os.environ,
        "ETOKO_DATA_DIR": str(data),
        "ETOKO_VENV": sys.prefix,
        "DJANGO_SETTINGS_MODULE": "etoko.config.settings",
    }
    command = [sys.executable, "dev.py", "run", "--empty", "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as shop:
        said, until = "", time.monotonic() + PATIENCE
        assert shop.stdout is not None
        for line in shop.stdout:
            said += line
            if "Ctrl-C" in line or time.monotonic() > until:
                break
        try:
            yield shop, said
        finally:
            if shop.poll() is None:
                shop.kill()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Once a shop stands in it, the next test need not build another."""
    return tmp_path_factory.mktemp("run") / "with a space"


def test_starts_serves_stops_and_starts_again_without_doing_things_twice(data: Path) -> None:
    port = free_port()
    with running(data, port) as (shop, said):
        assert f"http://127.0.0.1:{port}/" in said, said
        assert "Areas of Indonesia" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/masuk/", timeout=20) as page:
            assert page.status == 200
        assert any("manage.py worker" in command for command in processes_of(data))
        shop.send_signal(signal.SIGINT)
        assert shop.wait(20) == 0
    assert processes_of(data) == []

    with running(data, port) as (shop, said):
        assert f"http://127.0.0.1:{port}/" in said, said
        assert "Areas of Indonesia" not in said and "Database" not in said
        shop.send_signal(signal.SIGTERM)
        assert shop.wait(20) == 0
    assert processes_of(data) == []


def test_nothing_outlives_it_even_when_it_is_killed(data: Path) -> None:
    with running(data, free_port()) as (shop, said):
        assert "Ctrl-C" in said, said
        shop.kill()
        shop.wait()
        until = time.monotonic() + 20
        while processes_of(data) and time.monotonic() < until:
            time.sleep(0.2)
    assert processes_of(data) == []
