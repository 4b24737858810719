import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from conftest import Clock
from etoko.audit.models import AccessEntry
from etoko.exchange.scopes import OWN, REGISTER
from etoko.exchange.views import api
from etoko.people.models import Person
from etoko.people.operations import limiting
from etoko.people.operations.handing_keys import make_token
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.operations.consenting import BY_SELF, set_consents
from etoko.registry.tests.businesses import EVERYTHING, make_business
from tests.cast import NOW
from tests.market import Market

pytestmark = pytest.mark.django_db

TABAN, DARU = "36.03.04.2004", "36.03.04.2005"
PHONE, TURNOVER, OWNER = "81299990003", 77_123_000, "Ibu Rahasia"


@pytest.fixture(autouse=True)
def clock(clock: Clock) -> Clock:
    return clock


@pytest.fixture
def market(villages: dict[str, Area]) -> Market:
    return Market.with_goods(villages)


@pytest.fixture
def hidden(villages: dict[str, Area]) -> Business:
    """What of it everybody may know: nothing."""
    return make_business(
        "Jahit Rahasia", villages["Taban"], owner=OWNER, phone=f"+62{PHONE}", turnover_rp=TURNOVER
    )


@pytest.fixture
def shown(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business(
        "Kerupuk Rahma",
        villages["Taban"],
        owner="Rahma Wati",
        phone="+6281299990001",
        owned_by=rahma,
        shown=EVERYTHING,
        turnover_rp=50_000_000,
    )


def key(person: Person, *scopes: str, lasts: timedelta = timedelta(days=30)) -> dict[str, str]:
    made = make_token(person=person, name="Uji", scopes=scopes or (OWN, REGISTER), lasts=lasts, at=NOW)
    return {"Authorization": f"Bearer {made.secret}"}


def read(client: Client, path: str, headers: dict[str, str] | None = None) -> Any:
    answer = client.get(f"/api/v1/{path}", headers=headers or {})
    assert answer.status_code == 200, answer.content
    return answer.json()


class TestOpen:
    def test_goods_shops_and_businesses(self, client: Client, market: Market, shown: Business) -> None:
        goods = read(client, f"produk?desa={TABAN}")["data"]
        assert [one["nama"] for one in goods][:2] == ["Kerupuk Udang", "Krupuk Kulit Pedas"]
        assert goods[0] == read(client, f"produk/{goods[0]['kode']}")
        assert {one["nama"] for one in read(client, "produk?kategori=t-topi")["data"]} == {
            "Topi Anyaman Bambu",
            "Kopiah Hitam",
        }
        assert len(read(client, "produk?kategori=pangan")["data"]) == 6
        assert [one["kode"] for one in read(client, f"toko?desa={TABAN}")["data"]] == ["dapur-rahma"]
        told = read(client, "usaha")["data"]
        assert [(one["nama"], one["pemilik"], one["telepon"]) for one in told] == [
            ("Kerupuk Rahma", ["Rahma Wati"], "+6281299990001")
        ]
        assert read(client, f"usaha/{shown.public_id}") == told[0]
        assert [one["nama"] for one in read(client, "wilayah?desa=36.03.04")["data"]][3] == "Taban"
        under = {one["kode"]: one["di"] for one in read(client, "kategori")["data"]}
        assert (under["pangan"], under["t-topi"]) == ("", "pangan")

    @pytest.mark.parametrize("what", ["produk", "usaha"])
    def test_pages_have_everything_once(
        self,
        client: Client,
        market: Market,
        villages: dict[str, Area],
        what: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for _number in range(3):
            make_business("Warung Kelontong", villages["Daru"], shown=["listing"])
        monkeypatch.setattr("etoko.exchange.api.public.PER_PAGE", 2)
        monkeypatch.setattr("etoko.exchange.api.paging.PER_PAGE", 2)
        seen, path = [], what
        while path:
            told = read(client, path)
            seen += [one["kode"] for one in told["data"]]
            path = (told["berikutnya"] or "").rpartition("/api/v1/")[2]
        assert len(seen) == len(set(seen)) == (6 if what == "produk" else 3)

    def test_a_withdrawal_is_obeyed_at_once(self, client: Client, shown: Business, rahma: Person) -> None:
        set_consents(business=shown, shown=(), how=BY_SELF, by=rahma, at=NOW)
        assert read(client, "usaha")["data"] == []
        assert client.get(f"/api/v1/usaha/{shown.public_id}").status_code == 404

    def test_what_is_wrong_is_said(self, client: Client, market: Market) -> None:
        wrong = client.get("/api/v1/produk?desa=taban")
        assert (wrong.status_code, wrong.json()["isian"]) == (422, ["desa"])
        assert client.get("/api/v1/produk?desa=99").status_code == 404
        assert client.get("/api/v1/tidak-ada").json()["salah"].startswith("Tidak ada")
        assert client.post("/api/v1/produk").status_code == 405

    def test_too_many_questions_wait(
        self, client: Client, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limiting.LIMITS, "api_address", limiting.Limit(1, timedelta(minutes=15)))
        read(client, "kategori")
        refused = client.get("/api/v1/kategori")
        assert (refused.status_code, refused["Retry-After"]) == (429, "901")

    def test_costs_few_questions(
        self, client: Client, market: Market, shown: Business,
        max_queries: Callable[[int], AbstractContextManager[Any]],
    ) -> None:  # fmt: skip
        read(client, "kategori")
        for path, most in (("produk", 6), ("toko", 6), ("usaha", 11), ("wilayah?desa=36.03.04", 6)):
            with max_queries(most):
                read(client, path)


class TestWithKey:
    def test_the_owner_reads_what_is_hers(
        self, client: Client, market: Market, shown: Business, hidden: Business, rahma: Person
    ) -> None:
        mine = key(rahma, OWN)
        assert read(client, "saya", mine) == {
            "nama": "Rahma",
            "kunci": "Uji",
            "boleh": ["saya"],
            "berlaku_sampai": "2026-12-24T10:00:00+07:00",
            "wilayah_tugas": [],
        }
        assert [one["nama"] for one in read(client, "saya/usaha", mine)["data"]] == ["Kerupuk Rahma"]
        assert read(client, "saya/produk", mine)["data"] == []
        # The scope is asked for, and beyond it the right: with it she is still no officer.
        assert client.get("/api/v1/register/usaha", headers=mine).status_code == 401
        assert client.get("/api/v1/register/usaha", headers=key(rahma)).status_code == 404

    def test_a_kader_reads_her_village_and_owners_see_it(
        self, client: Client, shown: Business, hidden: Business, villages: dict[str, Area], yanti: Person
    ) -> None:
        elsewhere = make_business("Tempe Wati", villages["Daru"])
        hers = key(yanti, REGISTER)
        told = read(client, "register/usaha", hers)["data"]
        assert [(one["nama"], one["omzet_rp"]) for one in told] == [
            ("Kerupuk Rahma", 50_000_000),
            ("Jahit Rahasia", TURNOVER),
        ]
        assert read(client, f"register/usaha/{hidden.public_id}", hers) == told[1]
        assert sorted(AccessEntry.objects.values_list("subject_name", flat=True)) == [
            "Jahit Rahasia",
            "Taban",
        ]
        assert client.get(f"/api/v1/register/usaha/{elsewhere.public_id}", headers=hers).status_code == 404
        assert client.get(f"/api/v1/register/usaha?desa={DARU}", headers=hers).status_code == 404
        assert "nik" not in json.dumps(told).lower()

    def test_a_key_that_is_revoked_over_or_of_a_closed_account_opens_nothing(
        self, client: Client, clock: Clock, rahma: Person
    ) -> None:
        short, revoked = key(rahma, lasts=timedelta(hours=1)), key(rahma)
        assert client.get("/api/v1/saya", headers=short).status_code == 200
        client.force_login(rahma)
        newest = rahma.api_tokens.first()
        assert newest is not None
        client.post(f"/saya/kunci-api/{newest.pk}/cabut/", {"once": "a"})
        client.logout()
        clock.forward(hours=2)
        for headers in (short, revoked, {"Authorization": "Bearer etk_salah"}, {}):
            refused = client.get("/api/v1/saya", headers=headers)
            assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
        closed = key(rahma, lasts=timedelta(days=300))
        Person.objects.filter(pk=rahma.pk).update(closed_at=clock.now)
        assert client.get("/api/v1/saya", headers=closed).status_code == 401

    def test_a_session_is_no_key(self, client: Client, dedi: Person) -> None:
        client.force_login(dedi)
        assert client.get("/api/v1/register/usaha").status_code == 401

    def test_what_is_unchanged_is_not_sent_again(
        self, client: Client, shown: Business, rahma: Person
    ) -> None:
        mine = key(rahma)
        first = client.get("/api/v1/saya/usaha", headers=mine)
        again = client.get("/api/v1/saya/usaha", headers={**mine, "If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_costs_few_questions(
        self, client: Client, villages: dict[str, Area], dedi: Person,
        max_queries: Callable[[int], AbstractContextManager[Any]],
    ) -> None:  # fmt: skip
        for number in range(30):
            make_business(f"Warung {number}", villages["Taban"], phone=f"+62812999{number:05}")
        held = key(dedi)
        read(client, "saya", held)
        with max_queries(20):
            assert len(read(client, "register/usaha", held)["data"]) == 30


# Which secrets an answer may hold: of the hidden business, for each of the cast. "" is without a key.
SECRETS = (PHONE, f"{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}", str(TURNOVER), OWNER)
MAY_KNOW = {"yanti", "dedi", "bu_camat"}


def test_nobody_reads_a_phone_or_turnover_that_the_rights_do_not_give(
    client: Client, market: Market, shown: Business, hidden: Business, everybody: dict[str, Person]
) -> None:
    told = api._described()
    for who in ("", *everybody):
        headers = key(everybody[who]) if who else {}
        knows = False
        for path in told["paths"]:
            for code in (hidden.public_id, shown.public_id) if "{kode}" in path else ("",):
                answer = client.get(path.replace("{kode}", code), headers=headers).content.decode()
                leaked = [secret for secret in SECRETS if secret in answer]
                assert not leaked or (path.startswith("/api/v1/register") and who in MAY_KNOW), (who, path)
                knows = knows or bool(leaked)
        assert knows == (who in MAY_KNOW), who


PERSONAL = {
    "pemilik",
    "telepon",
    "alamat",
    "lintang",
    "bujur",
    "jalan",
    "rt",
    "rw",
    "patokan",
    "omzet_rp",
    "modal_rp",
}
BY_CONSENT = {"pemilik", "telepon", "alamat", "lintang", "bujur"}


def test_every_declared_field_is_one_that_its_reader_may_know() -> None:
    for name, schema in api._described()["components"]["schemas"].items():
        fields = set(schema["properties"])
        assert not fields & {"nik", "nik_hash", "nik_sealed", "tanggal_lahir", "pendidikan", "disabilitas"}
        allowed = PERSONAL if name == "Catatan" else BY_CONSENT if name == "Usaha" else set()
        assert fields & PERSONAL <= allowed, name


@pytest.fixture
def application() -> Iterator[Any]:
    """Answers within the transaction of the test, whose connection no request may end."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class TestSchema:
    """What is asked at random by the description, and whether each answer is as described."""

    @pytest.mark.parametrize("with_key", [False, True])
    def test_finds_no_fault(
        self, application: Any, market: Market, shown: Business, dedi: Person, with_key: bool
    ) -> None:
        headers = key(dedi) if with_key else {}
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
        asked = 0

        for result in schema.get_all_operations():
            operation: Any = result.ok()  # type: ignore[union-attr]
            if ("security" in operation.definition.raw) != with_key:
                continue

            @settings(
                max_examples=8,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
                deadline=None,
                derandomize=True,
                database=None,
            )
            def probe(case: Any) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(headers=headers)

            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                with contextlib.suppress(Unsatisfiable):  # what takes no parameter cannot be asked wrongly
                    given(case=operation.as_strategy(generation_mode=mode))(probe)()
        assert asked > 40
