"""Bu Rahma lets her phone remember her, and comes in by her fingerprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from etoko.people.models import Passkey, Person
from etoko.people.operations.activating import create_activation_link

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.one_database]


@pytest.fixture
def fingerprint(page: Page, site: str) -> str:
    """A reader in the phone that finds the right finger each time. Gives the site's address by name:
    browsers keep no passkeys for a bare IP address."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return site.replace("127.0.0.1", "localhost")


def come_in(page: Page, address: str, rahma: Person, yanti: Person) -> None:
    new = create_activation_link(person=rahma, next_path="/saya/", by=yanti, at=timezone.now())
    page.goto(f"{address}/aktivasi/{new.secret}/")
    page.get_by_role("button", name="Ya, ini saya. Masuk").click()
    page.wait_for_url("**/saya/")


def test_she_makes_a_passkey_and_comes_in_with_it(
    page: Page, fingerprint: str, rahma: Person, yanti: Person
) -> None:
    come_in(page, fingerprint, rahma, yanti)
    page.get_by_role("link", name="Keamanan").click()
    page.get_by_label("Nama perangkat").fill("HP Rahma")
    page.get_by_role("button", name="Tambah kunci sandi").click()
    page.get_by_text("Kunci sandi tersimpan.").wait_for()
    key = Passkey.objects.get(person=rahma)
    assert (key.name, key.last_used_at) == ("HP Rahma", None)

    page.goto(f"{fingerprint}/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{fingerprint}/")
    page.goto(f"{fingerprint}/masuk/?next=/saya/keamanan/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.get_by_text("Terakhir dipakai").wait_for()
    expect(page).to_have_url(f"{fingerprint}/saya/keamanan/")
    key.refresh_from_db()
    assert key.last_used_at is not None


def test_a_removed_passkey_opens_nothing(page: Page, fingerprint: str, rahma: Person, yanti: Person) -> None:
    come_in(page, fingerprint, rahma, yanti)
    page.goto(f"{fingerprint}/saya/keamanan/")
    page.get_by_role("button", name="Tambah kunci sandi").click()
    page.get_by_text("Kunci sandi tersimpan.").wait_for()
    page.get_by_role("button", name="Hapus").click()
    page.get_by_text("Kunci sandi dihapus.").wait_for()
    page.goto(f"{fingerprint}/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{fingerprint}/")
    page.goto(f"{fingerprint}/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.get_by_text("Kunci sandi ini tidak dikenali.").wait_for()
    page.goto(f"{fingerprint}/saya/keamanan/")
    expect(page).to_have_url(re.compile("/masuk/"))


def test_the_link_works_on_a_phone_without_script(
    page_without_javascript: Page, site: str, rahma: Person, yanti: Person
) -> None:
    new = create_activation_link(person=rahma, next_path="/kabar/", by=yanti, at=timezone.now())
    page = page_without_javascript
    page.goto(f"/aktivasi/{new.secret}/")
    page.get_by_role("button", name="Ya, ini saya. Masuk").click()
    expect(page).to_have_url(f"{site}/kabar/")
    page.goto("/masuk/")
    expect(page).to_have_url(f"{site}/saya/")
