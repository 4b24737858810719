"""Every address of the register × every member of the cast."""

import pytest
from django.test import Client
from django.urls import reverse

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, Licence
from etoko.registry.tests.businesses import EVERYTHING, make_business

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    """In Taban, of Bu Rahma, with everything consented to."""
    business = make_business(
        "Kerupuk Rahma",
        villages["Taban"],
        phone="+6281210000001",
        shown=EVERYTHING,
        owned_by=rahma,
        latitude="-6.300000",
        longitude="106.500000",
    )
    Licence.objects.create(business=business, kind="nib", status="held", number="1234567890123")
    return business


LOGIN, OK, LOST, BAD, WRONG_METHOD, GONE_ON = "login", 200, 404, 422, 405, 302
HERS = (LOGIN, OK, LOST, LOST, OK, OK, LOST)
HERS_WRITTEN = (LOGIN, BAD, LOST, LOST, BAD, BAD, LOST)

# Who:            visitor  rahma  herman siti   yanti  dedi   ani    (rahma owns it; yanti: kader of Taban;
#                                                                      dedi: officer of the sub-district)
READ = {
    "directory": (OK, OK, OK, OK, OK, OK, OK),
    "map": (OK, OK, OK, OK, OK, OK, OK),
    "consent_texts": (OK, OK, OK, OK, OK, OK, OK),
    "geojson": (OK, OK, OK, OK, OK, OK, OK),
    "business": (OK, OK, OK, OK, OK, OK, OK),
    "officer_home": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "register": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "licence_list": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "new_business": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "record": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "edit_record": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "owner_details": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "own_owner_details": HERS,
    "helps": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "legality": HERS,
    "keep": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "merge": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "own_history": HERS,
    "close_own": HERS,
    "history": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "new_licence": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "edit_licence": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "licence_scan": (LOGIN, LOST, LOST, LOST, LOST, LOST, LOST),
    "record_consents": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "worklist": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "look": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "coverage": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "register_own": (LOGIN, OK, OK, OK, OK, OK, OK),
    "my_business": HERS,
    "edit_own": HERS,
    "own_consents": HERS,
    "new_own_licence": HERS,
    "edit_own_licence": HERS,
    "own_licence_scan": (LOGIN, LOST, LOST, LOST, LOST, LOST, LOST),
}
WRITE = {
    "legality": HERS_WRITTEN,
    "answer_help": (LOGIN, LOST, LOST, LOST, LOST, LOST, LOST),
    "reply_help": (LOGIN, LOST, LOST, LOST, LOST, LOST, LOST),
    "merge": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "undo_merge": (LOGIN, LOST, LOST, LOST, LOST, LOST, LOST),
    "close_business": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "reopen_business": (LOGIN, LOST, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "hand_over": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "split_business": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "close_own": HERS_WRITTEN,
    "reopen_own": (LOGIN, GONE_ON, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "export_sidt_csv": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "export_sidt_xlsx": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "owner_details": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "own_owner_details": HERS_WRITTEN,
    "export_csv": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "export_xlsx": (LOGIN, LOST, LOST, LOST, OK, OK, LOST),
    "new_business": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "edit_record": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "new_licence": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "edit_licence": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "check_licence": (LOGIN, LOST, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "invite": (LOGIN, LOST, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "record_consents": (LOGIN, LOST, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "verify": (LOGIN, LOST, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "ask_correction": (LOGIN, LOST, LOST, LOST, BAD, BAD, LOST),
    "reopen": (LOGIN, LOST, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "coverage": (LOGIN, LOST, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "register_own": (LOGIN, BAD, BAD, BAD, BAD, BAD, BAD),
    "edit_own": (LOGIN, BAD, LOST, LOST, BAD, BAD, LOST),
    "own_consents": (LOGIN, GONE_ON, LOST, LOST, GONE_ON, GONE_ON, LOST),
    "new_own_licence": (LOGIN, BAD, LOST, LOST, BAD, BAD, LOST),
    "edit_own_licence": (LOGIN, BAD, LOST, LOST, BAD, BAD, LOST),
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_sees_and_does_what_the_table_says(
    method: str, kerupuk: Business, request: pytest.FixtureRequest
) -> None:
    people = [None, *(request.getfixturevalue(name) for name in "rahma herman siti yanti dedi ani".split())]
    licence = kerupuk.licences.get()
    twin = make_business("Kerupuk Rahma", kerupuk.area)
    with_licence = ("edit_licence", "licence_scan", "check_licence", "edit_own_licence", "own_licence_scan")
    whole: tuple[str, ...] = (
        "directory",
        "map",
        "geojson",
        "consent_texts",
        "officer_home",
        "register",
        "licence_list",
        "new_business",
    )
    whole += ("worklist", "coverage", "register_own", "export_csv", "export_xlsx", "export_sidt_csv", "helps")
    whole += ("export_sidt_xlsx",)
    wrong = []
    for name, expected in (READ if method == "get" else WRITE).items():
        arguments: list[object] = (
            [] if name in whole else [999] if name == "answer_help" else [kerupuk.public_id]
        )
        arguments += [licence.pk] if name in with_licence else []
        arguments += [kerupuk.owners.get().pk] if name in ("owner_details", "own_owner_details") else []
        arguments += (
            [twin.public_id] if name == "merge" else [999] if name in ("undo_merge", "reply_help") else []
        )
        arguments += ["identitas"] if name in ("edit_record", "edit_own") else []
        address = reverse(f"registry:{name}", args=arguments)
        for person, answer in zip(people, expected, strict=True):
            client = Client()
            if person:
                client.force_login(person)
            response = getattr(client, method)(address)
            b"".join(response)  # a file is made while it is read
            is_login = response.status_code == 302 and response["Location"].startswith("/masuk/")
            got = LOGIN if is_login else response.status_code
            if got != answer:
                wrong.append(f"{method} {name} by {person or 'a visitor'}: {got}, not {answer}")
    assert not wrong, "\n".join(wrong)


def test_no_address_is_missing_from_the_table() -> None:
    from etoko.registry.urls import urlpatterns

    names = {str(getattr(pattern, "name", "")) for pattern in urlpatterns}
    ours = {name for name in names if not name.startswith("import")}
    assert ours == set(READ) | set(WRITE)


def test_a_kader_of_another_village_finds_nothing_of_taban(
    kerupuk: Business, villages: dict[str, Area], client: Client
) -> None:
    from etoko.people import roles
    from tests.cast import grant

    elsewhere = grant(
        Person.objects.create_user("+6281210000099", "Wati", home_area=villages["Daru"]),
        villages["Daru"],
        roles.KADER,
    )
    client.force_login(elsewhere)
    for name in ("record", "look", "history", "my_business", "record_consents"):
        assert client.get(reverse(f"registry:{name}", args=[kerupuk.public_id])).status_code == 404
    assert client.post(reverse("registry:verify", args=[kerupuk.public_id])).status_code == 404
    kerupuk.refresh_from_db()
    assert kerupuk.verification == "draft"
    assert "Kerupuk Rahma" not in client.get(reverse("registry:register")).content.decode()


def test_the_chair_verifies_but_does_not_edit(kerupuk: Business, bu_camat: Person, client: Client) -> None:
    client.force_login(bu_camat)
    assert client.get(reverse("registry:look", args=[kerupuk.public_id])).status_code == 200
    edit = reverse("registry:edit_record", args=[kerupuk.public_id, "identitas"])
    assert client.get(edit).status_code == 404
    assert "/ubah/" not in client.get(reverse("registry:record", args=[kerupuk.public_id])).content.decode()
