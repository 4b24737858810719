"""The rest of the town: a group and its books, an import, a breach; and the canaries."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from etoko.catalog.models import Shop
from etoko.groups.access import standing_in
from etoko.groups.models import Group, Office
from etoko.groups.models_coaching import Action, Visit
from etoko.groups.models_cooperatives import Cooperative, Permission
from etoko.groups.operations.booking import Deposit, take_deposit
from etoko.groups.operations.founding import GroupFacts, found_group
from etoko.groups.operations.joining import MemberFacts, add_member, give_office
from etoko.groups.operations.meeting import Minutes, record_meeting
from etoko.notices.models import Notice
from etoko.partners.access import Keeping, voices_of
from etoko.partners.operations import (
    MandateFacts,
    OrganisationFacts,
    declare_interest,
    give_mandate,
    register_organisation,
)
from etoko.people.models import ActivationLink, Person
from etoko.people.operations.activating import create_activation_link
from etoko.places.models import Area
from etoko.privacy.operations.breaches import record_breach
from etoko.promises.access import Standing
from etoko.promises.operations import PromiseFacts, make_promise, move_promise
from etoko.registry.models import ImportBatch
from etoko.vouchers.access import issuing_for_platform
from etoko.vouchers.operations import Draft, issue_voucher
from tests.cast import NOW

TODAY = NOW.date()

CANARIES: dict[str, Any] = {
    "her NIK": "9786452319786413",
    "phone in the register": "+6281355577001",
    "former phone in the register": "+6281355577011",
    "phone of her account": "+6281355577002",
    "turnover": 87_654_321,
    "former turnover": 91_234_567,
    "capital": 65_432_198,
    "assets": 76_543_219,
    "street of the business": "Gang Cempaka Ungu",
    "landmark of the business": "samping surau Al-Hikmah Lama",
    "point on the map": "-6.312987",
    "owner's name": "Sulastri Kusumawardani",
    "birth": date(1971, 3, 17),
    "home": "Gang Melur Tujuh",
    "number of a licence": "PIRT 5551 2223 4445",
    "what she needs": "modal untuk oven rusak",
    "NIK in an imported list": "3217065703719642",
    "phone in an imported list": "+6281355577021",
    "turnover in an imported list": 78_912_345,
    "buyer's phone": "+6281255566001",
    "buyer's street": "Perum Anggrek Blok Q",
    "sum of an order": 129_657,
    "complaint": "kerupuknya bau minyak tanah",
    "another buyer's phone": "+6281255566002",
    "phone of a warung": "+6281355577031",
    "phone of a group's member": "+6281355577041",
    "savings of a member": 4_809_137,
    "minutes of a group": "rapat tertutup soal utang",
    "declared interest": "mertua saya bendaharanya",
    "reason of a report": "menuduh saya mencuri plastik",
    "breach": "map berisi fotokopi tercecer di balai",
}


def gather_group(people: dict[str, Person], facts: dict[str, Any], villages: dict[str, Area]) -> None:
    yanti, herman = people["yanti"], people["herman"]
    group: Group = found_group(facts=GroupFacts("Poksus Melati"), area=villages["Taban"], by=yanti, at=NOW)
    helping = standing_in(yanti, group)
    for name, phone, office in (
        ("Sari", people["sari"].phone, Office.CHAIR),
        ("Nining", CANARIES["phone of a group's member"], ""),
    ):
        member = add_member(
            standing=helping, facts=MemberFacts(name, "female", phone), joined_on=date(2026, 1, 5), at=NOW
        )
        if office:
            give_office(standing=helping, member=member, office=office, at=NOW)
    chair = group.members.get(name="Sari")  # saves too: the sum of the village tells of nobody
    take_deposit(standing=helping, member=chair, deposit=Deposit(voluntary_rp=2_000), on=TODAY, at=NOW)
    deposit = Deposit(voluntary_rp=CANARIES["savings of a member"])
    slip = take_deposit(standing=helping, member=member, deposit=deposit, on=TODAY, at=NOW)
    meeting = record_meeting(
        standing=helping,
        minutes=Minutes(TODAY, "Rapat", notes=CANARIES["minutes of a group"]),
        present=[1],
        at=NOW,
    )
    visit = Visit.objects.create(
        group=group,
        visited_on=TODAY,
        minutes=60,
        findings="Rapi",
        next_on=TODAY + timedelta(days=30),
        coach=yanti,
        at=NOW,
    )
    action = Action.objects.create(visit=visit, what="Tulis kas", who="Sari", until_on=TODAY)
    shop = Shop.objects.get(name="Topi Herman")
    cooperative = Cooperative.objects.create(
        name="Koperasi Kutruk",
        search_name="x",
        area=villages["Kutruk"],
        business=shop.business,
        created_at=NOW,
    )
    permission = Permission.objects.create(
        cooperative=cooperative,
        product=facts["product"],
        business=facts["business"],
        member_rp=500,
        proposed_by=herman,
        proposed_at=NOW,
    )
    gather_partners(people, facts, villages)
    facts |= {
        "group": group,
        "member": member,
        "slip": slip,
        "meeting": meeting,
        "action": action,
        "cooperative": cooperative,
        "permission": permission,
    }


def gather_partners(people: dict[str, Person], facts: dict[str, Any], villages: dict[str, Area]) -> None:
    """An office for which Bu Siti speaks, and the business of Bu Rahma; Bu Siti has kin in the office."""
    dedi, siti = people["dedi"], people["siti"]
    said = OrganisationFacts("Kantor Jambe", "government", "Kantor", "of_district")
    office = register_organisation(facts=said, area=Area.objects.get(pk="36.03.04"), by=dedi, at=NOW)
    business = facts["business"]
    said = OrganisationFacts("", "business", "UMKM", "of_village")
    register = {"facts": said, "area": business.area, "record": business}
    partners = [office, register_organisation(**register, by=dedi, at=NOW)]
    mandate = give_mandate(
        keeping=Keeping(office, dedi, is_own=False, is_officer=True),
        person=siti,
        facts=MandateFacts("speaker", "Staf", "1/SK", TODAY, None),
        at=NOW,
    )
    declare_interest(person=siti, kind="kin", towards=office, note=CANARIES["declared interest"], at=NOW)
    speaking = next(one for one in voices_of(siti) if one.organisation.pk == office.pk)
    promised = PromiseFacts("Rak pamer", TODAY + timedelta(days=9), for_words="Penjual")
    promise = make_promise(voice=speaking, facts=promised, at=NOW)
    move_promise(standing=Standing(promise, siti, speaking), move="start", at=NOW)
    facts |= {"partners": partners, "mandate": mandate, "promise": promise}


def open_office(
    people: dict[str, Person], facts: dict[str, Any], villages: dict[str, Area], folder: Path
) -> None:
    dedi, rahma = people["dedi"], people["rahma"]
    breach = record_breach(
        area=villages["Taban"],
        found_at=NOW - timedelta(hours=1),
        what=CANARIES["breach"],
        leaked="nama",
        people=3,
        handling="dicari",
        by=dedi,
        at=NOW,
    )
    listed = folder / "daftar.csv"
    listed.write_text(
        "Nama usaha;Pemilik;Desa;Jenis usaha;No HP;NIK;Omzet setahun\nWarung Impor;Ibu Impor;Taban;warung;"
        + ";".join(str(CANARIES[f"{what} in an imported list"]) for what in ("phone", "NIK", "turnover"))
    )
    call_command(
        "import_register", str(listed), area="36.03.04", commit=True, with_nik=True, stdout=StringIO()
    )
    secret = create_activation_link(person=rahma, next_path="", by=dedi, at=NOW).secret
    notice = Notice.objects.filter(recipient=rahma).earliest("pk")
    facts |= {
        "breach": breach,
        "batch": ImportBatch.objects.get(),
        "activation": secret,
        "link": ActivationLink.objects.get(),
        "notices": [notice, *Notice.objects.filter(recipient=None)[:2]],
        "platform_voucher": issue_voucher(
            issuing=issuing_for_platform(dedi),
            draft=Draft(
                code="JAMBE",
                kind="fixed",
                amount_rp=2_000,
                minimum_rp=9_000,
                limit=9,
                starts_on=TODAY,
                ends_on=TODAY,
                sponsor="Kecamatan",
            ),
            activate=True,
            at=NOW,
        ),
    }
