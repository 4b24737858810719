"""Bu Yanti registers a group of her village and makes Bu Rahma its treasurer; Rahma keeps its books with
a few taps, takes a mistake back, and both print what is kept. With script and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from etoko.groups.models import Group, Member
from etoko.groups.reconciling import books_out_of_step
from tests.journeys.test_buying import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.people.models import Person

pytestmark = pytest.mark.journey


def gather_the_group(page: Page, yanti: Person, rahma: Person) -> Group:
    sign_in(page, yanti)
    page.goto("/petugas/")
    page.get_by_role("link", name="Kelompok UP2K").click()
    page.get_by_role("link", name="Daftarkan kelompok").first.click()
    page.get_by_label("Nama kelompok").fill("Poksus Melati")
    page.get_by_label("Simpanan wajib sebulan").fill("10.000")
    page.get_by_label("Iuran sebulan").fill("2.000")
    page.get_by_role("button", name="Daftarkan").click()
    page.get_by_role("link", name="Tambah anggota").click()
    for name, phone, button in (
        ("Rahma", rahma.phone, "Simpan, lalu tambah lagi"),
        ("Imas Anggraeni", "", "Simpan"),
    ):
        page.get_by_label("Nama", exact=True).fill(name)
        page.get_by_label("Nomor WhatsApp").fill(phone)
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_text(f"{name} jadi anggota.").wait_for()
    page.get_by_role("link", name="1. Rahma").click()
    page.get_by_role("link", name="Jabatan").click()
    page.get_by_label("Bendahara").check()
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Jabatan diganti.").wait_for()
    return Group.objects.get()


def keep_the_books(page: Page, rahma: Person) -> None:
    sign_in(page, rahma)
    page.goto("/saya/")
    page.get_by_role("link", name="Poksus Melati").click()
    page.get_by_role("link", name="Buku", exact=True).click()
    page.get_by_role("link", name="Uang masuk lain").click()
    page.get_by_label("Jumlah", exact=True).fill("100.000")
    page.get_by_label("Uang dari mana").fill("Isi kas hari ini")
    page.get_by_label("Saldo awal").check()
    page.get_by_role("button", name="Catat uang masuk").click()
    page.get_by_role("link", name="Rahma", exact=True).click()
    page.get_by_role("button", name="Catat, lalu anggota berikutnya").click()
    page.get_by_role("heading", name="Setoran Imas Anggraeni").wait_for()
    page.get_by_label("Simpanan wajib").fill("15.000")
    page.get_by_role("button", name="Catat", exact=True).click()
    page.get_by_text("Setoran Imas Anggraeni tercatat.").wait_for()


def take_the_mistake_back(page: Page) -> None:
    page.get_by_role("link", name="Setoran Imas Anggraeni").first.click()
    page.get_by_text("Ada yang salah catat?").click()
    page.get_by_label("Apa yang salah").fill("Ia membayar 10.000")
    page.get_by_role("button", name="Batalkan bukti ini").click()
    page.get_by_text("Bukti 3 dibatalkan.").wait_for()


def print_what_is_kept(page: Page, group: Group) -> None:
    page.get_by_role("link", name="Buku kas").click()
    page.get_by_role("cell", name="Pembatalan bukti 3: Setoran Imas Anggraeni").wait_for()
    printed = page.get_by_role("link", name="Cetak PDF").get_attribute("href", timeout=5_000)
    assert printed
    answer = page.request.get(printed if printed.startswith("/") else page.url + printed)
    assert answer.ok and answer.body().startswith(b"%PDF")


def tell_the_story(page: Page, yanti: Person, rahma: Person) -> None:
    group = gather_the_group(page, yanti, rahma)
    keep_the_books(page, rahma)
    group.refresh_from_db()
    assert group.cash_rp == 129_000
    take_the_mistake_back(page)
    print_what_is_kept(page, group)
    group.refresh_from_db()
    imas, hers = Member.objects.get(name="Imas Anggraeni"), Member.objects.get(name="Rahma")
    assert (group.cash_rp, hers.mandatory_rp, imas.mandatory_rp) == (112_000, 10_000, 0)
    assert books_out_of_step() == []
    sign_in(page, yanti)
    page.goto("/kelompok/formulir/")
    page.get_by_role("link", name="Lampiran 4.22").click()
    page.get_by_role("cell", name="Taban").wait_for()


def test_from_the_first_member_to_the_printed_book(page: Page, yanti: Person, rahma: Person) -> None:
    tell_the_story(page, yanti, rahma)


def test_the_same_without_javascript(page_without_javascript: Page, yanti: Person, rahma: Person) -> None:
    tell_the_story(page_without_javascript, yanti, rahma)
