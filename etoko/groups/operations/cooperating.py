"""Cooperatives: their record, their yearly meeting, and what they sell for members with their word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import Product, Shop, Variant
from etoko.catalog.operations.selling import hide_product
from etoko.catalog.operations.shelving import add_stock
from etoko.catalog.states import PUBLISHED
from etoko.foundation.addresses import whole_address
from etoko.foundation.money import show_rupiah
from etoko.foundation.problems import UnableTo
from etoko.groups.access_cooperatives import Keeping
from etoko.groups.models_cooperatives import Cooperative, Permission, YearlyMeeting
from etoko.groups.states import AGREED, COOPERATIVE, MEMBER, PERMISSION_FLOW, PROPOSED
from etoko.notices.operations import send_notice
from etoko.people.access import people_with
from etoko.people.models import Person
from etoko.people.roles import ASSIST_GROUPS
from etoko.places.models import Area
from etoko.registry.access import Acting, people_of_businesses
from etoko.registry.models import Business
from etoko.registry.names import business_search_name

Changes = Mapping[str, tuple[Any, Any]]
NOT_BEFORE_HOUR = 7


class UnableToCooperate(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class CooperativeFacts:
    name: str
    kind: str = Cooperative.ORDINARY
    trade: str = ""
    services: tuple[str, ...] = ()
    legal: str = Cooperative.NOT_YET
    legal_number: str = ""
    founded_on: date | None = None
    women: int | None = None
    men: int | None = None
    rat_month: int = 3
    business: Business | None = None


@transaction.atomic
def found_cooperative(*, facts: CooperativeFacts, area: Area, by: Person, at: datetime) -> Cooperative:
    """Raises UnableToCooperate; then nothing has changed."""
    cooperative = Cooperative(area=area, created_at=at)
    _fill(cooperative, facts, at)
    _record(
        "found_cooperative", cooperative, {"name": ("", facts.name)}, by=by, for_name=cooperative.name, at=at
    )
    return cooperative


@transaction.atomic
def change_cooperative(*, keeping: Keeping, facts: CooperativeFacts, at: datetime) -> Cooperative:
    cooperative = Cooperative.objects.select_for_update(of=("self",)).get(pk=keeping.cooperative.pk)
    before = {name: _plain(getattr(cooperative, name)) for name in CooperativeFacts.__slots__}
    _fill(cooperative, facts, at)
    after = {name: _plain(getattr(cooperative, name)) for name in CooperativeFacts.__slots__}
    changes = {name: (before[name], after[name]) for name in after}
    _record("change_cooperative", cooperative, changes, by=keeping.person, for_name=keeping.for_name, at=at)
    return cooperative


@transaction.atomic
def record_yearly_meeting(
    *,
    keeping: Keeping,
    about_year: int,
    held_on: date,
    present: int,
    turnover_rp: int | None,
    surplus_rp: int | None,
    at: datetime,
) -> YearlyMeeting:
    """The RAT that accounted for `about_year`, once. Raises UnableToCooperate."""
    cooperative = Cooperative.objects.select_for_update(of=("self",)).get(pk=keeping.cooperative.pk)
    if held_on > timezone.localdate(at):
        raise UnableToCooperate(_("Hari RAT tidak boleh sesudah hari ini."), field="held_on")
    if not 2000 <= about_year <= held_on.year:
        raise UnableToCooperate(_("RAT membahas tahun yang sudah berjalan."), field="about_year")
    if cooperative.yearly_meetings.filter(about_year=about_year).exists():
        raise UnableToCooperate(
            _("RAT tahun buku %(year)s sudah dicatat.") % {"year": about_year}, field="about_year"
        )
    meeting = YearlyMeeting.objects.create(
        cooperative=cooperative,
        about_year=about_year,
        held_on=held_on,
        present=present,
        turnover_rp=turnover_rp,
        surplus_rp=surplus_rp,
        by=keeping.person,
        at=at,
    )
    _record(
        "record_yearly_meeting",
        cooperative,
        {"year": ("", about_year)},
        by=keeping.person,
        for_name=keeping.for_name,
        at=at,
    )
    return meeting


@transaction.atomic
def propose_sale(
    *,
    keeping: Keeping,
    product: Product,
    business: Business,
    member_rp: int,
    sees: str,
    edits: str,
    note: str = "",
    at: datetime,
) -> Permission:
    """The cooperative asks a member whether it may sell what she makes, and says on which terms."""
    shop = shop_of(keeping.cooperative)
    if shop is None or product.shop_id != shop.pk:
        raise UnableToCooperate(_("Barang ini bukan di toko koperasi."), field="product")
    if business == keeping.cooperative.business:
        raise UnableToCooperate(_("Itu usaha koperasi sendiri."), field="business")
    if Permission.objects.filter(product=product, state__in=(PROPOSED, AGREED)).exists():
        raise UnableToCooperate(_("Untuk barang ini sudah ada izin atau permintaan izin."), field="product")
    permission = Permission.objects.create(
        cooperative=keeping.cooperative,
        product=product,
        business=business,
        member_rp=member_rp,
        sees=sees,
        edits=edits,
        note=note,
        proposed_by=keeping.person,
        proposed_at=at,
    )
    _record(
        "propose_sale",
        permission,
        {"state": ("", PROPOSED)},
        by=keeping.person,
        for_name=keeping.for_name,
        at=at,
    )
    _ask(permission, at)
    return permission


@transaction.atomic
def answer_sale(*, acting: Acting, permission: Permission, agrees: bool, at: datetime) -> Permission:
    """The member's word; a kader notes it from a signed sheet. Only then the shop says who made it."""
    # Who answers is written first: the database lets nothing be agreed by nobody. A refused move undoes it.
    Permission.objects.filter(pk=permission.pk, state=PROPOSED).update(
        answered_by=acting.person, answered_for=acting.for_name, answered_at=at
    )
    locked = PERMISSION_FLOW.make_move(permission, "agree" if agrees else "decline", parties=(MEMBER,), at=at)
    _record(
        "answer_sale",
        locked,
        {"state": (PROPOSED, locked.state)},
        by=acting.person,
        for_name=acting.for_name,
        at=at,
    )
    return locked


@transaction.atomic
def end_sale(*, by: Acting | Keeping, permission: Permission, at: datetime) -> Permission:
    """By the member or by the cooperative, at any time. What she made is not sold any more."""
    before = permission.state
    party = MEMBER if isinstance(by, Acting) else COOPERATIVE
    locked = PERMISSION_FLOW.make_move(permission, "end", parties=(party,), at=at)
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    _record("end_sale", locked, {"state": (before, locked.state)}, by=by.person, for_name=by.for_name, at=at)
    product = Product.objects.select_related("shop__business__area").get(pk=locked.product_id)
    if before == AGREED and product.status == PUBLISHED:
        hide_product(selling=_selling(product.shop, by.person), product=product, at=at)
    return locked


@transaction.atomic
def fill_up(
    *, acting: Acting, permission: Permission, variant_id: int, quantity: int, at: datetime
) -> Variant:
    """The member brings more of what she makes, where her permission says that she may."""
    locked = Permission.objects.select_for_update(of=("self",)).get(pk=permission.pk)
    if locked.state != AGREED or locked.edits != Permission.STOCK:
        raise UnableToCooperate(_("Stoknya diisi oleh koperasi."))
    product = Product.objects.select_related("shop__business__area").get(pk=locked.product_id)
    return add_stock(
        selling=_selling(product.shop, acting.person),
        product=product,
        variant_id=variant_id,
        quantity=quantity,
        note=_("Dari %(name)s") % {"name": acting.business.name},
        at=at,
    )


def remind_of_yearly_meetings(*, at: datetime) -> int:
    """From the month on in which it is due: once a year, to its own people and those who look after it."""
    local = timezone.localtime(at)
    if local.hour < NOT_BEFORE_HOUR:
        return 0
    due = Cooperative.objects.filter(rat_month__lte=local.month, rat_told_year__lt=local.year)
    held = YearlyMeeting.objects.filter(about_year=local.year - 1).values("cooperative")
    return sum(_remind(cooperative, at) for cooperative in due.exclude(pk__in=held).order_by("pk"))


def shop_of(cooperative: Cooperative) -> Shop | None:
    return Shop.objects.filter(business=cooperative.business_id).first() if cooperative.business_id else None


def _selling(shop: Shop, person: Person) -> Selling:
    """She acts in the cooperative's shop, and the trace says for whom."""
    return Selling(shop, Acting(shop.business, person, is_assisting=True))


def _fill(cooperative: Cooperative, facts: CooperativeFacts, at: datetime) -> None:
    search_name = business_search_name(facts.name)
    if not search_name:
        raise UnableToCooperate(_("Tulis nama koperasinya."), field="name")
    if facts.founded_on and facts.founded_on > timezone.localdate(at):
        raise UnableToCooperate(_("Hari berdirinya tidak boleh sesudah hari ini."), field="founded_on")
    others = Cooperative.objects.exclude(pk=cooperative.pk)
    if others.filter(area_id=cooperative.area_id, search_name=search_name).exists():
        raise UnableToCooperate(_("Di desa ini sudah ada koperasi dengan nama itu."), field="name")
    if facts.business and others.filter(business=facts.business).exists():
        raise UnableToCooperate(_("Usaha itu sudah milik koperasi lain."), field="business")
    for name in CooperativeFacts.__slots__:
        value = getattr(facts, name)
        setattr(cooperative, name, list(value) if isinstance(value, tuple) else value)
    cooperative.search_name = search_name
    try:
        with transaction.atomic():
            cooperative.save()
    except IntegrityError as problem:  # somebody else did the same in this very moment
        raise UnableToCooperate(
            _("Nama atau usaha itu baru saja dipakai koperasi lain."), field="name"
        ) from problem


@transaction.atomic
def _remind(cooperative: Cooperative, at: datetime) -> bool:
    year = timezone.localdate(at).year
    claimed = Cooperative.objects.filter(pk=cooperative.pk, rat_told_year=cooperative.rat_told_year)
    if not claimed.update(rat_told_year=year):
        return False  # another worker told it in this very moment
    path = reverse("groups:cooperative", args=[cooperative.public_id])
    people = people_with(ASSIST_GROUPS, cooperative.area_id)
    if cooperative.business_id:
        people += people_of_businesses([cooperative.business_id]).get(cooperative.business_id, [])
    for person in dict.fromkeys(people):
        with translation.override(person.language):
            words = {"name": cooperative.name, "year": year - 1, "link": whole_address(path)}
            send_notice(
                key=f"rat:{cooperative.pk}:{year}:{person.pk}",
                kind="yearly_meeting_due",
                title=_("RAT %(name)s belum dicatat") % words,
                text=_("RAT %(name)s untuk tahun buku %(year)s sudah waktunya. Catat kalau sudah: %(link)s")
                % words,
                path=path,
                at=at,
                recipient=person,
                area_code=cooperative.area_id,
            )
    return True


def _ask(permission: Permission, at: datetime) -> None:
    path = reverse("groups:permission", args=[permission.pk])
    for person in people_of_businesses([permission.business_id]).get(permission.business_id, []):
        with translation.override(person.language):
            words = {
                "cooperative": permission.cooperative.name,
                "product": permission.product.name,
                "share": show_rupiah(permission.member_rp),
                "link": whole_address(path),
            }
            send_notice(
                key=f"permission:{permission.pk}:{person.pk}",
                kind="permission_asked",
                title=_("%(cooperative)s minta izin menjualkan %(product)s") % words,
                text=_(
                    "%(cooperative)s ingin menjualkan %(product)s buatan Anda. Untuk Anda %(share)s setiap "
                    "barang. Izinkan atau tidak: %(link)s"
                )
                % words,
                path=path,
                at=at,
                recipient=person,
            )


def _record(
    deed: str, about: Cooperative | Permission, changes: Changes, *, by: Person, for_name: str, at: datetime
) -> None:
    cooperative = about if isinstance(about, Cooperative) else about.cooperative
    record_deed(
        deed=deed,
        subject=about,
        by=by,
        for_name=for_name,
        at=at,
        area_code=cooperative.area_id,
        changes=changes,
    )


def _plain(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value
