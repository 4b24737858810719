"""A real browser in front of a real server: granian with two workers on the database of the test.

The tests prepare and look at the database themselves; the server is another process, as it is in life.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.db import connection

from etoko.foundation.generation import public_generation
from workbench.browser import find_chromium, journeys_are_required, loud_warning
from workbench.ending import die_with_parent
from workbench.running import server_command
from workbench.telling import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Playwright

HERE = Path(__file__).parent
PHONE = {"width": 360, "height": 740}
CALM = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if not find_chromium():
                item.add_marker(pytest.mark.skip(reason="no Chromium"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Where journeys are required, a skipped one is a failed one."""
    report = yield
    if report.skipped and journeys_are_required() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but ETOKO_JOURNEYS=required"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if any("journey" in report.keywords for report in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(loud_warning(), red=True, bold=True)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a busy machine is no fault of the page
    # The browser's driver runs an event loop in our thread; Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        driving = sync_playwright().start()
    except Exception as problem:
        pytest.fail(f"The driver of the browser did not start ({problem}). On Debian: apt install libatomic1")
    try:
        yield driving
    finally:
        driving.stop()


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    with started(driver, find_chromium()) as browser:
        yield browser


@contextlib.contextmanager
def started(driver: Playwright, chromium: str | None) -> Iterator[Browser]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = driver.chromium.launch(executable_path=chromium, args=[*CALM, *sandbox])
    try:
        yield browser
    finally:
        browser.close()


@pytest.fixture(scope="session")
def _server(django_db_setup: None) -> Iterator[str]:
    address = free_address()
    server = start_server(address)
    try:
        yield address
    finally:
        end_server(server)


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def start_server(address: str) -> subprocess.Popen[bytes]:
    """A server of its own over the database of the test, once it answers. To be ended by `end_server`."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "etoko.config.settings", "ETOKO_ADDRESS": address}
    data = connection.settings_dict
    if connection.vendor == "postgresql":
        login = f"{quote(data['USER'])}:{quote(data['PASSWORD'])}"
        env["DATABASE_URL"] = f"postgres://{login}@{data['HOST']}:{data['PORT']}/{data['NAME']}"
    server = subprocess.Popen(
        server_command(int(address.rsplit(":", 1)[1]), python=sys.executable),
        cwd=ROOT,
        env=env,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509  a killed test run must not leave its server behind
    )
    try:
        _wait_for(address, server)
    except BaseException:
        end_server(server)
        raise
    return server


def end_server(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/gaya/", timeout=10).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server for the journeys did not answer")


@pytest.fixture
def site(_server: str, transactional_db: None) -> str:
    """The address of the running shop; its database is empty but for what the test puts there."""
    public_generation().change()  # the last test was swept away behind the back of the page cache
    return _server


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A phone at the front door. `page.goto("/produk/")` is enough."""
    yield from _phone(browser, site)


@pytest.fixture
def sellers_page(browser: Browser, site: str) -> Iterator[Page]:
    """Another phone, where a story needs two: that of the seller, while `page` is the buyer's."""
    yield from _phone(browser, site)


@pytest.fixture
def page_without_javascript(browser: Browser, site: str) -> Iterator[Page]:
    yield from _phone(browser, site, java_script_enabled=False)


def _phone(browser: Browser, site: str, **more: Any) -> Iterator[Page]:
    """Errors in the page's console, and answers of 500, fail the test."""
    context = browser.new_context(base_url=site, viewport=PHONE, locale="id-ID", has_touch=True, **more)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    # The browser itself says so when she leaves a page while it still fades in: no fault of the page.
    page.on(
        "pageerror",
        lambda error: None if "Transition was aborted" in str(error) else faults.append(str(error)),
    )
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
    page.on(
        "console",
        lambda said: (
            faults.append(said.text) if said.type == "error" and "policy" in said.text.lower() else None
        ),
    )
    yield page
    context.close()
    assert faults == []
