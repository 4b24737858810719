"""`dev.py pictures`: the pictures of the README, taken anew from the running product with its sample data.

    python -m workbench.picturing

Called inside the environment. Needs Chromium.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.browser import find_chromium
from workbench.running import server_command
from workbench.telling import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "pictures"
PORT = 8765
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PASSPHRASE = "jambe maju bersama"

Wanted = tuple[str, str, dict[str, int], str, str]
# Name of the file, who looks (phone number, or nobody), on what, in which colours, at which address. Behind
# each # stands a part of the address of the next link that is followed, the first such one of the page.
PICTURES: list[Wanted] = [
    ("beranda", "", DESK, "light", "/"),
    ("cari", "", PHONE, "light", "/cari/?q=krupukk"),
    ("produk", "", PHONE, "light", "/cari/?q=topi+bambu#/produk/"),
    ("toko", "", PHONE, "dark", "/toko/kerupuk-bu-rahma/"),
    ("keranjang", "", PHONE, "light", "/cari/?q=kerupuk#/produk/"),
    ("jualan", "081210000001", PHONE, "light", "/jualan/"),
    ("bayar", "081210000003", PHONE, "light", "/pesanan/"),
    ("uang", "081210000001", PHONE, "light", "/jualan/#/uang/"),
    ("titip", "081210000001", PHONE, "light", "/jualan/#/produk/#/titip/#/titip/"),
    ("diskusi", "", PHONE, "light", "/diskusi/"),
    ("janji", "", PHONE, "light", "/janji/"),
    ("mitra", "", PHONE, "dark", "/mitra/"),
    ("verifikasi", "081210000103", PHONE, "light", "/petugas/verifikasi/"),
    ("cakupan", "081210000005", DESK, "light", "/petugas/cakupan/"),
]


def main() -> int:
    chromium = find_chromium()
    if not chromium:
        print("Pictures are taken with Chromium, and there is none here.", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="etoko-pictures-") as data, sync_playwright() as driving:
        env = {**os.environ, "ETOKO_DATA_DIR": data}
        for command in ("migrate", "load_areas", "load_demo"):
            subprocess.run([sys.executable, "manage.py", command, "-v0"], cwd=ROOT, env=env, check=True)
        server = subprocess.Popen(server_command(PORT, python=sys.executable), cwd=ROOT, env=env)
        browser = driving.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            for wanted in PICTURES:
                _take(browser, wanted)
        finally:
            browser.close()
            server.terminate()
            server.wait(20)
    return 0


def _take(browser: Browser, wanted: Wanted) -> None:
    name, phone, size, colours, address = wanted
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{PORT}",
        viewport=size,  # type: ignore[arg-type]
        color_scheme=colours,  # type: ignore[arg-type]
        device_scale_factor=1 if size is DESK else 1.5,
    )
    page = context.new_page()
    if phone:
        _sign_in(page, phone)
    path, *links = address.split("#")
    _come_to(page, path)
    for link in links:
        page.goto(page.locator(f'main a[href*="{link}"]').first.get_attribute("href") or path)
    if name == "keranjang":
        page.locator('a[href^="/keranjang/tambah/"]').first.click()
        page.get_by_role("button", name="Masukkan keranjang").first.click()
        page.wait_for_url("**/keranjang/")
    if name == "bayar" and not _come_to_pay(page):
        print("bayar: none of her sample orders is to be paid; the picture stays as it was", file=sys.stderr)
        context.close()
        return
    page.wait_for_timeout(500)
    _keep(page.screenshot(), FOLDER / f"{name}.png")
    context.close()


def _come_to(page: Page, path: str) -> None:
    """The server may still be waking up."""
    for _try in range(100):
        try:
            page.goto(path)
            return
        except Exception as problem:
            if "ERR_CONNECTION_REFUSED" not in str(problem):
                raise
            page.wait_for_timeout(200)


def _come_to_pay(page: Page) -> bool:
    """The first of her orders that waits for her money, if there is one."""
    orders = page.locator("main h2 a")
    for path in [orders.nth(number).get_attribute("href") or "/" for number in range(orders.count())]:
        page.goto(path)
        if (pay := page.get_by_role("link", name="Bayar sekarang")).count():
            pay.first.click()
            page.wait_for_url("**/bayar/")
            return True
    return False


def _sign_in(page: Page, phone: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("Nomor HP").fill(phone)
    page.get_by_label("Kata sandi").fill(PASSPHRASE)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/masuk/" not in url)


def _keep(png: bytes, path: Path) -> None:
    """A palette of 256 colours: a quarter of the bytes, and nobody sees it."""
    from PIL import Image

    Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main())
