"""A small town for the matrix of rights: what Bu Rahma, Bu Siti and a group would not tell everybody.

Put there as a move from elsewhere would, and by the doors where a door writes more than one row. Every fact
that somebody may not see is a canary: a text or number that stands nowhere else.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import DeliveryFee, DeliveryOption, Product, Shop, StockMovement
from etoko.catalog.operations.stocking import Cause, receive_stock
from etoko.catalog.search.operations import reindex_everything
from etoko.census.models import Sheet, SheetPhoto
from etoko.consignment.operations.consigning import Brought, NewPlace, consign_goods
from etoko.discussion.access import post_for
from etoko.discussion.links import reply_path
from etoko.discussion.models import Thread
from etoko.discussion.operations import Said, report_post, start_thread, write_reply
from etoko.needs.access import standing_of
from etoko.needs.operations import say_need
from etoko.ordering.access import link_secret
from etoko.ordering.links import LOOK, mint_link
from etoko.ordering.models import Complaint, Order
from etoko.ordering.operations import Receiver, complain, move_order
from etoko.ordering.operations.recording import as_buyer
from etoko.ordering.quoting import Choice
from etoko.ordering.states import ESCALATED, ORDER_FLOW, SELLER
from etoko.ordering.tests.conftest import a_cart, a_shop, a_variant, place
from etoko.payments.models import Payment, PaymentProof
from etoko.payments.operations import record_payment
from etoko.payments.operations.receipting import issue_receipt
from etoko.people import roles
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import Acting
from etoko.registry.models import (
    Business,
    BusinessPhone,
    BusinessRole,
    DuplicateSuspicion,
    Licence,
    Owner,
    OwnerDetails,
)
from etoko.registry.operations.editing import edit_section, section_now
from etoko.registry.operations.helping import ask_help
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.sealing import seal
from etoko.registry.sections import SECTIONS
from etoko.registry.tests.businesses import make_business
from etoko.reviews.models import Review
from etoko.vouchers.access import issuing_for_shop
from etoko.vouchers.operations import Draft, issue_voucher
from tests.cast import NOW, VILLAGES, grant
from tests.house.town_office import CANARIES, TODAY, gather_group, open_office


@dataclass
class Town:
    people: dict[str, Person] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    """What fills the arguments of addresses."""


def build_town(folder: Path) -> Town:
    town = Town()
    villages = _areas()
    _people(town, villages)
    business, shop = _business(town, villages)
    _orders(town, business, shop, villages)
    gather_group(town.people, town.facts, villages)
    open_office(town.people, town.facts, villages, folder)
    reindex_everything()
    return town


def _areas() -> dict[str, Area]:
    above = None
    rows = [
        ("36", "Banten", 1),
        ("36.03", "Tangerang", 2),
        ("36.03.04", "Jambe", 3),
        ("36.03.05", "Cisoka", 3),
    ]
    for code, name, level in rows:
        parent = above if level < 3 else Area.objects.filter(code="36.03").first()
        above = Area.objects.create(
            code=code, name=name, level=level, kind="x", parent=parent, search_name=name.lower()
        )
    made = [
        Area(
            code=f"36.03.04.{2001 + i}",
            name=name,
            level=4,
            kind="desa",
            parent_id="36.03.04",
            search_name=name.lower().replace(" ", ""),
        )
        for i, name in enumerate(VILLAGES)
    ]
    Area.objects.bulk_create(made)
    return {area.name: area for area in made}


def _people(town: Town, villages: dict[str, Area]) -> None:
    def person(number: int, name: str, village: str = "") -> Person:
        phone = CANARIES["phone of her account"] if name == "rahma" else f"+62812100000{number:02}"
        return Person.objects.create_user(
            phone, name.capitalize(), home_area=villages.get(village), phone_verified_at=NOW
        )

    officers = {
        "yanti": (villages["Taban"].pk, roles.KADER),
        "usman": (villages["Taban"].pk, roles.VILLAGE_OFFICER),
        "dedi": ("36.03.04", roles.DISTRICT_OFFICER),
        "camelia": ("36.03.04", roles.PKK_CHAIR),
        "regina": ("36.03", roles.REGENCY_OFFICER),
    }
    for number, name in enumerate(("siti", "rahma", "sari", "herman", *officers), start=1):
        village = {"rahma": "Taban", "sari": "Taban", "herman": "Kutruk"}.get(name, "")
        town.people[name] = person(number, name, village)
        if name in officers:
            code, role = officers[name]
            grant(town.people[name], Area.objects.get(pk=code), role)
    # Rights only add up: who is everything elsewhere stands for each who is something there.
    for role in (roles.KADER, roles.VILLAGE_OFFICER, roles.PKK_CHAIR, roles.POKJA_II):
        grant(town.people["herman"], villages["Kutruk"], role)
    for role in (roles.DISTRICT_OFFICER, roles.PKK_CHAIR, roles.POKJA_II):
        grant(town.people["herman"], Area.objects.get(pk="36.03.05"), role)
    town.people["admin"] = Person.objects.create_superuser("+6281210000099", "Pengelola", None)


def _business(town: Town, villages: dict[str, Area]) -> tuple[Business, Shop]:
    """Bu Rahma agreed to be listed, and to nothing else."""
    rahma, yanti = town.people["rahma"], town.people["yanti"]
    shop = a_shop(rahma, "Kerupuk Intan", villages["Taban"], "+6281355577099")
    business = shop.business
    for name, value in {
        "street": CANARIES["street of the business"],
        "landmark": CANARIES["landmark of the business"],
        "latitude": CANARIES["point on the map"],
        "longitude": "106.523789",
        "turnover_rp": CANARIES["former turnover"],
        "capital_rp": CANARIES["capital"],
        "assets_rp": CANARIES["assets"],
        "kind": "makanan",
    }.items():
        setattr(business, name, value)
    business.save()
    owner = Owner.objects.create(
        business=business,
        person=rahma,
        name=CANARIES["owner's name"],
        search_name="sulastri kusumawardani",
        nik_sealed=seal(CANARIES["her NIK"]),
    )
    OwnerDetails.objects.create(owner=owner, born_on=CANARIES["birth"], home_street=CANARIES["home"])
    BusinessPhone.objects.create(business=business, phone=CANARIES["phone in the register"])
    BusinessRole.objects.create(
        business=business, person=town.people["sari"], role=BusinessRole.STAFF, starts_on=date(2026, 1, 1)
    )
    business.consents.create(what="listing", given_at=NOW, how="self")
    business = Business.objects.get(pk=business.pk)
    _edit(business, "skala", {"turnover_rp": CANARIES["turnover"]}, yanti)
    phones = CANARIES["former phone in the register"], CANARIES["phone in the register"]
    record_deed(
        deed="edit_kontak",
        subject=business,
        by=yanti,
        at=NOW,
        area_code=business.area_id,
        changes={"phones": phones},
    )
    refresh_directory(business_ids=[business.pk])
    business = Business.objects.get(pk=business.pk)
    licence = Licence.objects.create(
        business=business,
        kind="pirt",
        status="held",
        number=CANARIES["number of a licence"],
        expires_on=TODAY + timedelta(days=20),
    )
    help_ = ask_help(business=business, kind="nib", day_on=TODAY, note="", by=rahma, at=NOW)
    twin = make_business("Kerupuk Intan", villages["Taban"], owner="Sulastri")
    suspicion = DuplicateSuspicion.objects.create(first=business, second=twin, why="same_name", likeness=80)
    need = say_need(
        standing=standing_of(rahma, business),
        kind="capital",
        text=CANARIES["what she needs"],
        severity=3,
        at=NOW,
    )
    sheet = Sheet.objects.create(
        key="town-1",
        kind=Sheet.VISIT,
        origin=Sheet.PAPER,
        digest="0" * 64,
        person=yanti,
        business=business,
        filled_at=NOW,
        received_at=NOW,
    )
    photo = SheetPhoto.objects.create(sheet=sheet, sha256=hashlib.sha256(b"x").hexdigest(), position=0)
    town.facts |= {
        "business": business,
        "shop": shop,
        "owner": owner,
        "licence": licence,
        "help": help_,
        "twin": twin,
        "suspicion": suspicion,
        "need": need,
        "sheet": sheet,
        "sheet_photo": photo,
    }
    return business, shop


def _edit(business: Business, section: str, values: dict[str, Any], by: Person) -> None:
    part = SECTIONS[section]
    edit_section(
        business=business,
        section=part,
        values={name: getattr(business, name) for name in part.fields} | values,
        seen=section_now(business, part),
        by=by,
        at=NOW,
        is_verifier=True,
    )


def _orders(town: Town, business: Business, shop: Shop, villages: dict[str, Area]) -> None:
    siti, rahma = town.people["siti"], town.people["rahma"]
    selling = Selling(shop, Acting(business, rahma, is_assisting=False))
    kerupuk = a_variant(shop, "Kerupuk Kulit", 43_219, 40)
    DeliveryOption.objects.create(shop=shop, kind=DeliveryOption.SELLER)
    DeliveryFee.objects.create(shop=shop, area=villages["Daru"], fee_rp=0)
    hats = a_shop(town.people["herman"], "Topi Herman", villages["Kutruk"], "+6281355577098")
    hat = a_variant(hats, "Topi Bambu", 45_000, supply=Product.MADE_TO_ORDER)
    receiver = Receiver(
        name="Siti Aminah",
        phone=CANARIES["buyer's phone"],
        area=villages["Daru"],
        street=CANARIES["buyer's street"],
    )
    brought = {shop.pk: Choice(DeliveryOption.SELLER, "cash")}
    placed = place(a_cart((kerupuk, 3)), receiver, brought, by=siti)
    other = place(a_cart((hat, 1)), Receiver(name="Ani", phone=CANARIES["another buyer's phone"]))
    order = _handed_over(placed.orders[0], rahma)
    complaint = complain(
        order=order, kind="broken", text=CANARIES["complaint"], actor=as_buyer(order, siti), at=NOW
    )
    Complaint.objects.filter(pk=complaint.pk).update(state=ESCALATED)
    proof = PaymentProof.objects.create(
        order=order, shop=shop, key="none", sha256="0" * 64, sent_at=NOW, party="buyer", sent_by=siti
    )
    payment = record_payment(
        order=order,
        amount_rp=order.total_rp,
        method=Payment.CASH,
        source=Payment.FORM,
        source_ref="town",
        received_on=TODAY,
        by=rahma,
        at=NOW,
    )
    issue_receipt(payment=payment, at=NOW)
    review = Review.objects.create(
        order=order,
        shop=shop,
        product=kerupuk.product,
        line=order.lines.get(),
        area_code=shop.area_id,
        stars=2,
        text="Bau",
        author_name="Siti",
        created_at=NOW,
        changed_at=NOW,
    )
    thread = start_thread(
        kind=Thread.QUESTION,
        topic="kemasan",
        area=shop.area,
        title="Plastik apa?",
        said=Said("Kerupuk cepat lembek."),
        by=rahma,
        at=NOW,
    )
    reply = write_reply(thread=thread, said=Said("Plastik PP."), by=siti, at=NOW)
    report_post(
        standing=post_for(town.people["sari"], reply.public_id), reason=CANARIES["reason of a report"], at=NOW
    )
    consignment = consign_goods(
        selling=selling,
        place=NewPlace("Warung Bu Ani", CANARIES["phone of a warung"]),
        goods=[Brought(kerupuk.pk, 5, 43_219)],
        commission="percent",
        commission_value=10,
        settle_by_on=TODAY + timedelta(days=7),
        at=NOW,
    )
    draft = Draft(
        code="INTAN", kind="fixed", amount_rp=2_000, minimum_rp=9_000, limit=9, starts_on=TODAY, ends_on=TODAY
    )
    voucher = issue_voucher(
        issuing=issuing_for_shop(rahma, shop.public_id), draft=draft, activate=True, at=NOW
    )
    receive_stock(quantities={kerupuk.pk: 5}, cause=Cause(StockMovement.FORM), at=NOW)
    token = mint_link(
        order=order, purpose=LOOK, person=rahma, phone=rahma.phone, expires_at=NOW + timedelta(days=2)
    )
    town.facts |= {
        "order": order,
        "secret": link_secret(placed.group),
        "token": token,
        "other_order": other.orders[0],
        "product": kerupuk.product,
        "variant": kerupuk,
        "proof": proof,
        "payment": payment,
        "review": review,
        "thread": thread,
        "post": reply,
        "reply_token": reply_path(reply, person=rahma, at=NOW).split("/")[2],
        "consignment": consignment,
        "voucher": voucher,
    }


def _handed_over(order: Order, seller: Person) -> Order:
    for move in ("accept", "make_ready", "ship", "hand_over", "arrive"):
        if any(each == move for each in _moves(order)):
            order = move_order(order=order, move=move, party=SELLER, by=seller, at=NOW)
    return order


def _moves(order: Order) -> list[str]:
    return [name for name, move in ORDER_FLOW.moves.items() if order.state in move.sources]
