"""Which words an owner agreed to is kept, and so are the words; where they say more, she is asked anew."""

import hashlib
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry import consent_texts
from etoko.registry.consent_texts import TEXTS, ConsentText
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.consenting import UnableToConsent, set_consents
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

AGREED_TO = {
    "2026-11-awal": "20a625b76b2467c9",
    "2026-11": "b9075d4ab78f814b",
}
"""A new text gets its line here. These never change: somebody agreed to them."""


def test_a_text_that_somebody_agreed_to_is_never_changed() -> None:
    with translation.override("id"):
        words = {text.version: "\n".join(map(str, (text.said, *text.purposes.values()))) for text in TEXTS}
    marks = {version: hashlib.sha256(said.encode()).hexdigest()[:16] for version, said in words.items()}
    assert marks == AGREED_TO
    for text in TEXTS:
        assert set(text.purposes) == {what for what, _label in PublicConsent.WHAT}
        assert text.says_more <= set(text.purposes)


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business("Kerupuk Rahma", villages["Taban"], phone="+6281210000001", owned_by=rahma)


LATER = ConsentText(
    "2027-03",
    date(2027, 3, 1),
    TEXTS[-1].said,
    {**TEXTS[-1].purposes, "phone": TEXTS[-1].purposes["address"]},
    says_more=frozenset({"phone"}),
)
"""One day there will be one that asks for more than these."""


def rows(business: Business) -> list[tuple[str, str, bool]]:
    found = business.consents.order_by("pk").values_list("what", "text_version", "withdrawn_at")
    return [(what, version, ended is None) for what, version, ended in found]


@pytest.mark.django_db
def test_the_text_is_kept_and_asked_anew_where_a_later_one_says_more(
    kerupuk: Business, rahma: Person, dedi: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, officer = Client(), Client()
    client.force_login(rahma)
    own, page = f"/saya/usaha/{kerupuk.public_id}/", f"/saya/usaha/{kerupuk.public_id}/persetujuan/"
    shown = client.get(page).content.decode()
    assert str(TEXTS[-1].said) in shown
    assert 'name="text_version" value="2026-11"' in shown
    client.post(page, {"shown": ["listing", "phone"], "text_version": "2026-11"})
    assert rows(kerupuk) == [("listing", "2026-11", True), ("phone", "2026-11", True)]
    assert '#2026-11"' in client.get(own).content.decode()
    assert '/teks-persetujuan/#2026-11"' in client.get("/saya/data/").content.decode()
    assert str(TEXTS[0].said) in client.get("/teks-persetujuan/").content.decode()

    # A later text says more of the phone: what she agreed to stays good, and she is asked.
    monkeypatch.setattr(consent_texts, "TEXTS", (*TEXTS, LATER))
    clock.now += timedelta(days=20)
    assert "0812-1000-0001" in Client().get(f"/usaha/{kerupuk.public_id}/").content.decode()
    assert "Tanyakan lagi" in client.get(own).content.decode()
    assert "Baca teks barunya" in client.get("/saya/data/").content.decode()
    officer.force_login(dedi)
    assert "Tanyakan lagi" in officer.get(f"/petugas/usaha/{kerupuk.public_id}/").content.decode()
    assert "Perlu ditanyakan lagi" in client.get(page).content.decode()
    # A page that was opened before asks with the text that stands on it.
    client.post(page, {"shown": ["listing", "phone"], "text_version": "2026-11"})
    assert len(rows(kerupuk)) == 2
    client.post(page, {"shown": ["listing", "phone"], "text_version": "2027-03"})
    assert rows(kerupuk) == [
        ("listing", "2026-11", True),
        ("phone", "2026-11", False),
        ("phone", "2027-03", True),
    ]
    assert kerupuk.consents.filter(what="phone").latest("pk").given_at == clock.now
    assert "Tanyakan lagi" not in client.get(own).content.decode()
    trace = AuditEntry.objects.filter(deed="set_consents").latest("pk")
    assert trace.changes == {"consent_text": [["2026-11"], "2027-03"]}
    # Again is no news; and what she takes back is taken back whatever its text.
    client.post(page, {"shown": ["listing", "phone"], "text_version": "2027-03"})
    assert len(rows(kerupuk)) == 3
    client.post(page, {"shown": [], "text_version": "2027-03"})
    assert not kerupuk.consents.filter(withdrawn_at__isnull=True).exists()


@pytest.mark.django_db
def test_a_text_that_nobody_knows_is_refused(kerupuk: Business, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    page = f"/saya/usaha/{kerupuk.public_id}/persetujuan/"
    answer = client.post(page, {"shown": ["listing"], "text_version": "2019-01"})
    assert (answer.status_code, rows(kerupuk)) == (422, [])
    assert "Teks persetujuan ini tidak dikenal" in answer.content.decode()
    with pytest.raises(UnableToConsent):
        set_consents(
            business=kerupuk, shown=["listing"], how="self", by=rahma, at=NOW, text_version="2019-01"
        )
    assert rows(kerupuk) == []
