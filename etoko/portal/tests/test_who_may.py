"""Every address of accounts, news, traces and `/saya/`, for every member of the cast."""

from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from conftest import Clock
from etoko.foundation.tests.test_reaping import a_task
from etoko.notices.models import Delivery, Notice, PushDevice
from etoko.notices.operations import send_notice
from etoko.people.models import Passkey, Person, PlaceRole
from etoko.people.operations import activating
from etoko.people.urls import urlpatterns

WHO = ["visitor", "rahma", "herman", "siti", "yanti", "dedi", "bu_camat", "ani", "admin"]

TABAN = "36.03.04.2004"
OPEN, ENTER, NONE, ONLY_POST = 200, 302, 404, 405
"""Shown; sent to sign in (or on); not found; not by looking."""

# By whom it is opened with GET. "own" is a thing of Rahma, who lives in Taban.
#                                  visitor rahma  herman siti   yanti  dedi   camat  ani    admin
LOOKING: dict[str, list[int]] = {
    "/masuk/":                      [OPEN,  ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER],
    "/masuk/kode/":                 [OPEN] * 9,
    "/masuk/kode/isi/":             [ENTER] * 9,
    "/masuk/kunci-sandi/":          [ONLY_POST] * 9,
    "/masuk/kunci-sandi/mulai/":    [ONLY_POST] * 9,
    "/daftar/":                     [OPEN,  ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER],
    "/keluar/":                     [OPEN] * 9,
    "/aktivasi/{secret}/":          [OPEN] * 9,
    "/saya/":                       [OPEN] * 9,
    "/saya/keamanan/":              [ENTER] + [OPEN] * 8,
    "/saya/kata-sandi/":            [ENTER] + [OPEN] * 8,
    "/saya/kunci-sandi/":           [ENTER] + [ONLY_POST] * 8,
    "/saya/kunci-sandi/mulai/":     [ENTER] + [ONLY_POST] * 8,
    "/saya/kunci-sandi/{key}/hapus/": [ENTER] + [ONLY_POST] * 8,
    "/petugas/aktivasi/":           [ENTER, NONE,  NONE,  NONE,  OPEN,  OPEN,  OPEN,  NONE,  OPEN],
    "/petugas/aktivasi/buat/":      [ENTER] + [ONLY_POST] * 8,
    "/petugas/aktivasi/orang-baru/": [ENTER] + [ONLY_POST] * 8,
    "/petugas/aktivasi/slip/":      [ENTER, NONE,  NONE,  NONE,  OPEN,  OPEN,  OPEN,  NONE,  OPEN],
    "/petugas/aktivasi/slip/bersihkan/": [ENTER] + [ONLY_POST] * 8,
    "/petugas/aktivasi/{link}/batalkan/": [ENTER] + [ONLY_POST] * 8,
    "/petugas/kode/":               [ENTER, NONE,  NONE,  NONE,  OPEN,  OPEN,  OPEN,  NONE,  OPEN],
    "/petugas/kode/{own}/":         [ENTER] + [ONLY_POST] * 8,
    "/petugas/peran/":              [ENTER, NONE,  NONE,  NONE,  NONE,  ENTER, ENTER, NONE,  ENTER],
    "/petugas/peran/{role}/akhiri/": [ENTER] + [ONLY_POST] * 8,
    "/petugas/jejak/":              [ENTER, NONE,  NONE,  NONE,  NONE,  OPEN,  NONE,  NONE,  OPEN],
    "/petugas/kabar/":              [ENTER, NONE,  NONE,  NONE,  OPEN,  OPEN,  OPEN,  NONE,  OPEN],
    "/petugas/kabar/{untold}/whatsapp/": [ENTER] + [ONLY_POST] * 8,
    "/petugas/kabar/{untold}/":     [ENTER] + [ONLY_POST] * 8,
    "/petugas/server/":             [ENTER, NONE,  NONE,  NONE,  NONE,  OPEN,  NONE,  NONE,  OPEN],
    "/petugas/server/kabar/{delivery}/": [ENTER] + [ONLY_POST] * 8,
    "/petugas/server/pekerjaan/{task}/": [ENTER] + [ONLY_POST] * 8,
    "/kabar/":                      [ENTER] + [OPEN] * 8,
    "/kabar/{notice}/":             [ENTER, OPEN,  NONE,  NONE,  NONE,  NONE,  NONE,  NONE,  NONE],
    "/kabar/{notice}/whatsapp/":    [ENTER, ENTER, NONE,  NONE,  NONE,  NONE,  NONE,  NONE,  NONE],
    "/kabar/dibaca/":               [ENTER] + [ONLY_POST] * 8,
    "/webhook/whatsapp/":           [NONE] * 9,
    "/sw.js":                       [OPEN] * 9,
    "/saya/kabar/":                 [ENTER] + [OPEN] * 8,
    "/saya/kabar/perangkat/":       [ENTER] + [ONLY_POST] * 8,
    "/saya/kabar/perangkat/{device}/hapus/": [ENTER] + [ONLY_POST] * 8,
    "/saya/kabar/surel/":           [ENTER] + [ONLY_POST] * 8,
}  # fmt: skip

# What may be done to Rahma, to her link, to the kader's role.
DOING: dict[str, list[int]] = {
    "/petugas/aktivasi/slip/bersihkan/": [ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER],
    "/petugas/aktivasi/{link}/batalkan/": [ENTER, NONE, NONE,  NONE,  ENTER, ENTER, ENTER, NONE,  ENTER],
    "/petugas/kode/{own}/":         [ENTER, NONE,  NONE,  NONE,  ENTER, ENTER, ENTER, NONE,  ENTER],
    "/petugas/kabar/{untold}/":     [ENTER, NONE,  NONE,  NONE,  ENTER, ENTER, ENTER, NONE,  ENTER],
    "/petugas/kabar/{untold}/whatsapp/": [ENTER, NONE, NONE, NONE,  204,   204,   204,   NONE,  204],
    "/petugas/server/kabar/{delivery}/": [ENTER, NONE, NONE, NONE,  NONE,  ENTER, NONE,  NONE,  ENTER],
    "/petugas/server/pekerjaan/{task}/": [ENTER, NONE, NONE, NONE,  NONE,  ENTER, NONE,  NONE,  ENTER],
    "/petugas/peran/{role}/akhiri/": [ENTER, NONE, NONE,  NONE,  NONE,  ENTER, ENTER, NONE,  ENTER],
}  # fmt: skip


@pytest.fixture
def admin(db: None) -> Person:
    return Person.objects.create_superuser("+6281210000009", "Admin", "sandi-rahasia-1")


@pytest.fixture
def things(rahma: Person, yanti: Person, clock: Clock) -> dict[str, Any]:
    new = activating.create_activation_link(person=rahma, next_path="", by=yanti, at=clock.now)
    key = Passkey.objects.create(
        person=rahma, credential_id="a", credential=b"a", name="HP", created_at=clock.now
    )
    notice = send_notice(key="m", recipient=rahma, kind="x", title="Kabar", text="Halo", at=clock.now)
    device = PushDevice.objects.create(
        person=rahma, endpoint="https://x", endpoint_hash="x", p256dh="x", auth="x", created_at=clock.now
    )
    delivery = notice.deliveries.create(channel="mail", address="x", state="failed", next_try_at=clock.now)
    untold = send_notice(
        key="u", phone="081311112222", kind="x", title="Kabar", text="Halo", at=clock.now, area_code=TABAN
    )
    task = a_task("FAILED", finished_at=clock.now)
    return {
        "secret": new.secret,
        "link": new.link.pk,
        "own": rahma.pk,
        "key": key.pk,
        "role": PlaceRole.objects.get(person=yanti).pk,
        "notice": notice.pk,
        "device": device.pk,
        "delivery": delivery.pk,
        "untold": untold.pk,
        "task": task.pk,
    }


def as_(who: str, request: pytest.FixtureRequest) -> Client:
    client = Client()
    if who != "visitor":
        client.force_login(request.getfixturevalue(who))
    return client


@pytest.mark.parametrize("who", WHO)
def test_who_may_look(request: pytest.FixtureRequest, things: dict[str, Any], who: str) -> None:
    client = as_(who, request)
    seen = {address: client.get(address.format(**things)).status_code for address in LOOKING}
    assert seen == {address: row[WHO.index(who)] for address, row in LOOKING.items()}


@pytest.mark.parametrize("address", DOING)
@pytest.mark.parametrize("who", WHO)
def test_who_may_do(request: pytest.FixtureRequest, things: dict[str, Any], who: str, address: str) -> None:
    answer = as_(who, request).post(address.format(**things))
    assert answer.status_code == DOING[address][WHO.index(who)]
    if who == "visitor":
        assert answer["Location"] == "/masuk/?next=/saya/"


def test_a_visitor_is_sent_to_sign_in_and_back(
    request: pytest.FixtureRequest, things: dict[str, Any]
) -> None:
    client = as_("visitor", request)
    for address, row in LOOKING.items():
        if row[0] == ENTER and address != "/masuk/kode/isi/":
            path = address.format(**things)
            assert client.get(path)["Location"] == f"/masuk/?next={path}"


def test_the_table_misses_no_address() -> None:
    routes = {f"/{pattern.pattern}" for pattern in urlpatterns}
    names = ("<str:secret>", "<int:link_id>", "<int:person_id>", "<int:passkey_id>", "<int:role_id>")
    short = dict(zip(names, ("{secret}", "{link}", "{own}", "{key}", "{role}"), strict=True))
    for long, brief in short.items():
        routes = {route.replace(long, brief) for route in routes}
    assert routes <= set(LOOKING)


def test_of_all_that_was_refused_nothing_happened(
    request: pytest.FixtureRequest, things: dict[str, Any], yanti: Person
) -> None:
    for who in ("visitor", "rahma", "herman", "siti", "ani"):
        client = as_(who, request)
        for address in DOING:
            client.post(address.format(**things))
    assert PlaceRole.objects.get(person=yanti).ended_at is None
    assert Notice.objects.get(key="m").read_at is None
    assert Delivery.objects.get().state == "failed"
    assert Notice.objects.get(key="u").passed_on_at is None
    assert DBTaskResult.objects.get().status == "FAILED"
    assert not Passkey.objects.exclude(pk=things["key"]).exists()
