"""`dev.py run`: a server and a background worker, from nothing to the first page, and cleanly gone again."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .ending import STOPPING, die_with_parent
from .environment import PYTHON, environment
from .telling import ROOT, call, give_up, step


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py run", description="Start the shop and its background worker."
    )
    parser.add_argument("--port", type=int, default=8000, help="the port to answer on (8000)")
    parser.add_argument("--empty", action="store_true", help="no demo data; asks for the first officer")
    asked = parser.parse_args(arguments)
    _port_must_be_free(asked.port)
    address = f"http://127.0.0.1:{asked.port}/"

    print("e-Toko PKK", flush=True)
    environment("run")
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "ETOKO_ADDRESS": address}
    guide = _prepare(env, empty=asked.empty)

    children: list[subprocess.Popen[bytes]] = []
    worker_command = [
        PYTHON,
        "manage.py",
        "worker",
        "--queue-name",
        "*",
        "--no-reload",
        "--skip-checks",
        "-v",
        "0",
    ]
    try:
        with step("Server and worker"):
            server = _start(server_command(asked.port), env)
            worker = _start(worker_command, env)
            children += [server, worker]
            _wait_for_answer(address, server)
        print(f"\n  {address}\n\n{guide}  Ctrl-C menghentikan semuanya.\n", flush=True)
        while server.poll() is None:
            time.sleep(0.5)
            if worker.poll() is not None:
                print(f"The background worker ended ({worker.returncode}); starting it again.", flush=True)
                children.remove(worker)
                time.sleep(2)
                worker = _start(worker_command, env)
                children.append(worker)
        give_up("The server ended by itself; the lines above say why.")
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    finally:
        _stop(children)
    print("Stopped.", flush=True)
    return 0


def _prepare(env: dict[str, str], *, empty: bool) -> str:
    """Gives what newcomers should be told: who lives in the demo and how to sign in as them.

    In our own terminal session, unlike server and worker: it may have to ask for the first officer.
    """
    with tempfile.TemporaryDirectory(prefix="etoko-run-") as folder:
        guide = Path(folder) / "guide"
        command = [
            PYTHON,
            "-m",
            "workbench.preparing",
            "--guide",
            str(guide),
            *(["--empty"] if empty else []),
        ]
        if call(command, env):
            give_up("The shop could not be prepared; the lines above say why.")
        return guide.read_text(encoding="utf-8")


def server_command(port: int, *, python: str = PYTHON) -> list[str]:
    # Slow phones hold a thread each while they upload: threads are what keeps the rest answering.
    # "Backpressure" counts open connections, idle ones too: a small number would let browsers that only
    # keep their connections open freeze the shop.
    return [
        *(python, "-m", "granian", "--interface", "wsgi", "etoko.config.wsgi:application"),
        *("--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error"),
        *("--workers", "2", "--blocking-threads", "32", "--backlog", "2048", "--backpressure", "1024"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]


def _port_must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as problem:
            give_up(
                f"Port {port} cannot be used ({problem.args[-1]}). Is e-Toko already running?\n"
                f"Choose another one: python3 dev.py run --port {port + 1 if port < 65535 else 8001}"
            )


def _start(command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """A child in a group of its own (Ctrl-C reaches only us, we stop it in order) that dies when we die."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509  safe here: this process has one thread
    )


def _stop(children: list[subprocess.Popen[bytes]], patience: float = 10) -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)  # an impatient second Ctrl-C must not leave orphans
    for child in children:
        child.terminate()
    until = time.monotonic() + patience
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
    for child in children:  # and whatever a child may have left in its group
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _wait_for_answer(address: str, server: subprocess.Popen[bytes], patience: float = 60) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if server.poll() is not None:
            give_up("The server did not start; the lines above say why.")
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
            give_up(f"The server answers its first page with an error ({answer.code}).")
        except OSError:
            time.sleep(0.1)
    give_up(f"The server did not answer within {patience:.0f} seconds.")
