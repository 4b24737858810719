"""Servers and workers as `dev.py run` starts them, and somebody who starts again whatever has died."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drills.sabotage import FEW_THREADS
from workbench.ending import die_with_parent
from workbench.running import server_command
from workbench.telling import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WORKER = [
    sys.executable,
    "manage.py",
    "worker",
    "--queue-name",
    "*",
    "--no-reload",
    "--skip-checks",
    "-v",
    "0",
]
PATIENCE = 60.0


@dataclass
class Actor:
    command: list[str]
    process: subprocess.Popen[bytes]


class House:
    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.env = {**os.environ, **env, "PYTHONUNBUFFERED": "1", "ETOKO_DRILL_ACTOR": "1"}
        self.log = (folder / "actors.log").open("ab")
        self.ports: list[int] = []
        self.servers: list[Actor] = []
        self.workers: list[Actor] = []
        self.restarts = self.worker_deaths = 0
        self._ending = threading.Event()
        self._lock = threading.Lock()
        # The thread that starts them must outlive them: the kernel ends a child with the thread it came from.
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def open(self) -> None:
        self._keeper.start()
        self.have(servers=1, workers=1)

    def have(self, *, servers: int, workers: int) -> None:
        """So many of each, and all of them answering."""
        with self._lock:
            self._wanted = (servers, workers)
        until = time.monotonic() + PATIENCE
        while (len(self.servers), len(self.workers)) != (servers, workers):
            assert time.monotonic() < until, "servers and workers did not start"
            time.sleep(0.05)
        for port in self.ports:
            wait_for_answer(port)

    def kill(self, actor: Actor) -> None:
        """As a power cut would, all its processes at once; the keeper starts another one."""
        restarts = self.restarts
        _end(actor, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while self.restarts == restarts and time.monotonic() < until:
            time.sleep(0.05)

    def close(self) -> None:
        self._ending.set()
        self._keeper.join(PATIENCE)
        for actor in (*self.servers, *self.workers):
            _end(actor, signal.SIGTERM)
        for actor in (*self.servers, *self.workers):
            try:
                actor.process.wait(10)
            except subprocess.TimeoutExpired:
                _end(actor, signal.SIGKILL)
        self.log.close()

    def last_words(self, most: int = 4000) -> str:
        with open(self.log.name, "rb") as log:  # noqa: PTH123
            log.seek(0, os.SEEK_END)
            log.seek(max(0, log.tell() - most))
            return log.read().decode(errors="replace")

    _wanted = (0, 0)

    def _keep(self) -> None:
        while not self._ending.wait(0.05):
            with self._lock:
                servers, workers = self._wanted
            for actor in (*self.servers, *self.workers):
                if actor.process.poll() is not None:
                    _end(actor, signal.SIGKILL)  # what may be left of its group
                    actor.process = self._start(actor.command)
                    self.restarts += 1
                    self.worker_deaths += actor in self.workers
            while len(self.servers) < servers:
                self.ports.append(_free_port())
                self.servers.append(self._actor(self._server(self.ports[-1])))
            while len(self.workers) < workers:
                self.workers.append(self._actor(WORKER))
            while len(self.servers) > servers:
                self.ports.pop()
                _end(self.servers.pop(), signal.SIGTERM)
            while len(self.workers) > workers:
                _end(self.workers.pop(), signal.SIGTERM)

    def _server(self, port: int) -> list[str]:
        command = server_command(port, python=sys.executable)
        if self.env.get("ETOKO_DRILL_SABOTAGE") == FEW_THREADS:
            command[command.index("--blocking-threads") + 1] = "2"
        return command

    def _actor(self, command: list[str]) -> Actor:
        return Actor(command, self._start(command))

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            process_group=0,  # Ctrl-C reaches only us, and a mark can kill all of it
            preexec_fn=die_with_parent,  # noqa: PLW1509  it only calls prctl
        )


def wait_for_answer(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=10):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)


def _end(actor: Actor, number: int) -> None:
    try:
        if number == signal.SIGKILL:
            os.killpg(actor.process.pid, number)
        else:
            actor.process.send_signal(number)
    except ProcessLookupError:
        pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
