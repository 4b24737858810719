"""The register as its keepers work through it: lists, tasks of the day, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.foundation.counting import count_of, kept_if_large
from etoko.foundation.phones import UnableToReadPhone, read_phone, show_phone
from etoko.notices.queries import untold_count
from etoko.people.access import rights_anywhere, within
from etoko.people.models import Person
from etoko.people.roles import (
    ASSIST_SELLERS,
    EDIT_REGISTER,
    GRANT_ROLES,
    HANDLE_BREACHES,
    IMPORT_REGISTER,
    KEEP_PARTNERS,
    MANAGE_VOUCHERS,
    MODERATE_REVIEWS,
    SEE_TRACES,
    SUSPEND_SHOPS,
    TEND_DISCUSSION,
    VERIFY_BUSINESSES,
    WATCH_SERVER,
)
from etoko.places.models import VILLAGE, Area
from etoko.registry.kinds import kind_name
from etoko.registry.models import (
    LISTED,
    UNKNOWN,
    UNLISTED,
    Business,
    BusinessPhone,
    DuplicateSuspicion,
    ImportBatch,
    Licence,
    Owner,
)
from etoko.registry.names import business_search_name, owner_search_name
from etoko.registry.queries.records import EXPIRES_SOON, state_tone
from etoko.registry.queries.waiting import AreaCount, waiting_by_area
from etoko.registry.states import (
    DRAFT,
    NEEDS_CORRECTION,
    OPEN,
    PREVIEWED,
    VERIFICATION_FLOW,
    VERIFIED,
)

PAGE_SIZE = 40


@dataclass(frozen=True)
class RegisterFilter:
    """What the officer looks for; everything may be empty."""

    typed: str = ""
    village: str = ""
    state: str = ""
    kind: str = ""
    lacking: str = ""
    """telepon, letak, jenis, desa or persetujuan: what the record does not have yet."""

    def query(self, **changes: str) -> str:
        """The same as the tail of an address, with some of it changed."""
        facts = {
            "q": self.typed,
            "desa": self.village,
            "status": self.state,
            "jenis": self.kind,
            "kurang": self.lacking,
        } | changes
        return urlencode({name: value for name, value in facts.items() if value})


@dataclass(frozen=True)
class RegisterRow:
    public_id: str
    name: str
    href: str
    owner: str
    phone: str
    place: str
    kind: str | Promise
    state: str
    state_label: str | Promise
    state_tone: str


@dataclass(frozen=True)
class RegisterPage:
    rows: list[RegisterRow]
    total: int
    page: int
    last: int


@dataclass(frozen=True)
class Task:
    label: str
    count: int
    note: str
    href: str
    right: str = ""
    """The one of OfficerRights that the page behind it asks for; "" every officer sees it."""


@dataclass(frozen=True)
class OfficerDay:
    tasks: list[Task]
    waiting: list[AreaCount]
    registered: int
    verified: int
    listed: int


LACKING: dict[str, Promise] = {
    "telepon": gettext_lazy("Belum ada nomor HP"),
    "letak": gettext_lazy("Belum ada letak"),
    "jenis": gettext_lazy("Jenis belum diketahui"),
    "persetujuan": gettext_lazy("Belum tampil untuk umum"),
    "desa": gettext_lazy("Desa belum jelas"),
    "kembar": gettext_lazy("Mungkin terdaftar dua kali"),
}


@dataclass(frozen=True)
class OfficerRights:
    edit: bool
    verify: bool
    assist: bool
    bring_in: bool
    grant: bool
    see_traces: bool
    manage_vouchers: bool
    watch_server: bool
    moderate_reviews: bool
    suspend_shops: bool
    handle_breaches: bool
    keep_partners: bool
    tend_discussion: bool


def rights_of(person: Person) -> OfficerRights:
    """What the officer's home offers her: a right anywhere shows the way, the page behind it checks where."""
    held = rights_anywhere(person)
    return OfficerRights(
        *(
            person.is_superuser or right in held
            for right in (
                EDIT_REGISTER,
                VERIFY_BUSINESSES,
                ASSIST_SELLERS,
                IMPORT_REGISTER,
                GRANT_ROLES,
                SEE_TRACES,
                MANAGE_VOUCHERS,
                WATCH_SERVER,
                MODERATE_REVIEWS,
                SUSPEND_SHOPS,
                HANDLE_BREACHES,
                KEEP_PARTNERS,
                TEND_DISCUSSION,
            )
        )
    )


def names_of(codes: Sequence[str]) -> str:
    """ "Taban, Daru"; "" for everywhere."""
    return ", ".join(Area.objects.filter(pk__in=codes).values_list("name", flat=True))


def villages_of(codes: Sequence[str]) -> list[Area]:
    """The villages in which an officer works; everywhere means those of the home area."""
    wide = [code or settings.HOME_AREA for code in codes]
    return list(Area.objects.filter(within(wide, "code"), level=VILLAGE))


def register_page(codes: Sequence[str], wanted: RegisterFilter, *, page: int = 1) -> RegisterPage:
    """The businesses of these areas that fit."""
    found = register_rows(codes, wanted)
    total = count_of(found)
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    start = (page - 1) * PAGE_SIZE
    return RegisterPage([_row(one) for one in found[start : start + PAGE_SIZE]], total, page, last)


def register_rows(codes: Sequence[str], wanted: RegisterFilter) -> QuerySet[Any]:
    found = Business.objects.filter(within(list(codes)), merged_into__isnull=True)
    if wanted.village:
        found = found.filter(within([wanted.village]))
    if wanted.state in VERIFICATION_FLOW.states:
        found = found.filter(verification=wanted.state)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.lacking:
        found = found.filter(_lacking(wanted.lacking))
    if wanted.typed:
        found = found.filter(_typed_condition(wanted.typed))
    with_first: QuerySet[Any] = _with_first(found).select_related("area").order_by("search_name", "id")
    return with_first


def _lacking(what: str) -> Q:
    phones = BusinessPhone.objects.filter(business=OuterRef("pk"))
    open_pairs = DuplicateSuspicion.objects.filter(
        state=OPEN, first__merged_into__isnull=True, second__merged_into__isnull=True
    )
    return {
        "telepon": Q(~Exists(phones)),
        "letak": Q(latitude__isnull=True),
        "jenis": Q(kind=UNKNOWN),
        "desa": ~Q(area__level=VILLAGE),
        "persetujuan": Q(listing=UNLISTED),
        "kembar": Q(pk__in=open_pairs.values("first_id")) | Q(pk__in=open_pairs.values("second_id")),
    }.get(what, Q())


def _typed_condition(typed: str) -> Q:
    """By name of the business or owner, by phone in any spelling, by number of a licence or public id."""
    condition = Q(public_id=typed.strip().lower())
    name = business_search_name(typed)
    if name:
        condition |= Q(search_name__contains=name)
    owner = owner_search_name(typed)
    if owner:
        owners = Owner.objects.filter(search_name__contains=owner)
        condition |= Q(pk__in=owners.values("business_id"))
    try:
        phones = BusinessPhone.objects.filter(phone=read_phone(typed))
        condition |= Q(pk__in=phones.values("business_id"))
    except UnableToReadPhone:
        pass
    if any(sign.isdigit() for sign in typed):
        licences = Licence.objects.filter(number=typed.strip())
        condition |= Q(pk__in=licences.values("business_id"))
    return condition


def _with_first(found: QuerySet[Business]) -> Any:
    owner = Owner.objects.filter(business=OuterRef("pk")).order_by("pk").values("name")[:1]
    phone = (
        BusinessPhone.objects.filter(business=OuterRef("pk")).order_by("position", "pk").values("phone")[:1]
    )
    return found.annotate(first_owner=Subquery(owner), first_phone=Subquery(phone))


def _row(one: Any) -> RegisterRow:
    return RegisterRow(
        public_id=one.public_id,
        name=one.name,
        href=reverse("registry:record", args=[one.public_id]),
        owner=one.first_owner or "",
        phone=show_phone(one.first_phone) if one.first_phone else "",
        place=one.area.name,
        kind=kind_name(one.kind),
        state=one.verification,
        state_label=VERIFICATION_FLOW.states[one.verification],
        state_tone=state_tone(one.verification),
    )


# ------------------------------------------------------------------------------------- the day


@dataclass(frozen=True)
class _Counts:
    registered: int
    verified: int
    correction: int
    draft: int
    listed: int
    nowhere: int
    expiring: int
    unchecked: int
    doubles: int
    imports: int
    untold: int


def _counts_of_day(codes: Sequence[str], *, today: date) -> _Counts:
    mine = Business.objects.filter(within(list(codes)), merged_into__isnull=True)
    licences = Licence.objects.filter(within(list(codes), "business__area_id"), status="held")
    return _Counts(
        **mine.aggregate(
            registered=Count("pk"),
            verified=Count("pk", filter=Q(verification=VERIFIED)),
            correction=Count("pk", filter=Q(verification=NEEDS_CORRECTION)),
            draft=Count("pk", filter=Q(verification=DRAFT)),
            listed=Count("pk", filter=Q(listing=LISTED)),
            nowhere=Count("pk", filter=~Q(area__level=VILLAGE)),
        ),
        expiring=licences.filter(expires_on__lte=today + EXPIRES_SOON).count(),
        unchecked=licences.filter(check_state=Licence.PENDING).exclude(number="").count(),
        doubles=suspicions_of(codes).count(),
        imports=ImportBatch.objects.filter(within(list(codes)), state=PREVIEWED).count(),
        untold=untold_count(list(codes), today=today),
    )


def officer_day(codes: Sequence[str], *, today: date) -> OfficerDay:
    """What waits for the officer today; every number opens to its records."""
    counts = kept_if_large(
        f"day of {codes} on {today}",
        lambda: _counts_of_day(codes, today=today),
        size=lambda counts: counts.registered,
    )
    register = reverse("registry:register")
    licence_list = reverse("registry:licence_list")
    tasks = [
        Task(
            _("Menunggu verifikasi"),
            counts.draft,
            _("Lihat, lalu verifikasi"),
            reverse("registry:worklist"),
            "verify",
        ),
        Task(
            _("Perlu perbaikan"),
            counts.correction,
            _("Hubungi pemiliknya"),
            f"{register}?status={NEEDS_CORRECTION}",
        ),
        Task(
            _("Izin segera habis"),
            counts.expiring,
            _("Dalam 60 hari atau sudah lewat"),
            f"{licence_list}?pilih=habis",
        ),
        Task(
            _("Izin belum diperiksa"),
            counts.unchecked,
            _("Cocokkan nomor dan berkas"),
            f"{licence_list}?pilih=periksa",
        ),
    ]
    tasks += [
        Task(
            _("Mungkin terdaftar dua kali"),
            counts.doubles,
            _("Bandingkan, lalu putuskan"),
            reverse("registry:import_suspicions"),
            "edit",
        ),
        Task(
            _("Impor belum selesai"),
            counts.imports,
            _("Periksa, lalu masukkan"),
            reverse("registry:import_list"),
            "bring_in",
        ),
    ]
    if counts.nowhere:
        tasks.append(
            Task(
                _("Desa belum jelas"),
                counts.nowhere,
                _("Tentukan desanya"),
                f"{register}?kurang=desa",
            )
        )
    tasks.append(
        Task(
            _("Kabar belum diteruskan"),
            counts.untold,
            _("Teruskan lewat WhatsApp"),
            reverse("notices:untold"),
            "assist",
        )
    )
    return OfficerDay(
        tasks,
        waiting_by_area(codes),
        counts.registered,
        counts.verified,
        counts.listed,
    )


def suspicions_of(codes: Sequence[str]) -> QuerySet[DuplicateSuspicion]:
    """Pairs that nobody has decided upon yet."""
    pairs = DuplicateSuspicion.objects.filter(within(list(codes), "first__area_id"), state=OPEN)
    return pairs.filter(first__merged_into__isnull=True, second__merged_into__isnull=True)
