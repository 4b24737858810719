"""What became of a notice: for whoever caused it, and for those who pass on what reached nobody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.notices.models import Delivery, Notice
from etoko.notices.states import DELIVERED, FAILED, ON_ITS_WAY, REACHED, READ, SENT, UNCERTAIN
from etoko.people.access import within

UNTOLD_FOR = timedelta(days=14)
"""Older news is no news."""
MOST_UNTOLD = 60


@dataclass(frozen=True)
class Told:
    label: str
    tone: str
    icon: str
    at: datetime
    """When it was told to us, not when it arrived."""
    rank: int


@dataclass(frozen=True)
class Untold:
    id: int
    title: str
    text: str
    phone: str
    created_at: datetime
    reason: str
    """Why no channel reached her; empty where there is none."""
    others: int
    """Older ones about the same thing: told with this one."""


def last_told(abouts: Collection[str]) -> dict[str, Told]:
    """Of the newest notice about each: the best that is known, of whoever got it. One question."""
    rows = Notice.objects.filter(about__in=abouts).order_by("-created_at", "-id")
    newest: dict[str, datetime] = {}
    best: dict[str, Told] = {}
    for about, created_at, *known in rows.values_list(
        *("about", "created_at", "read_at", "whatsapp_opened_at", "passed_on_at", "recipient_id"),
        *("deliveries__state", "deliveries__channel", "deliveries__next_try_at"),
    ):
        if newest.setdefault(about, created_at) != created_at:
            continue
        told = _told(created_at, *known)
        if about not in best or told.rank > best[about].rank:
            best[about] = told
    return best


def goes_by_whatsapp(notice: Notice) -> bool:
    """Whether it leaves by itself; else somebody sends its words from her own WhatsApp."""
    return notice.deliveries.filter(channel=Delivery.WHATSAPP).exists()


def untold(codes: list[str], *, today: date) -> list[Untold]:
    """News of people without account that nobody passed on yet, the newest about each thing."""
    found: dict[str, list[Notice]] = {}
    for notice in _untold(codes, today).order_by("-created_at", "-id").prefetch_related("deliveries")[:300]:
        found.setdefault(notice.about or str(notice.pk), []).append(notice)
    return [
        Untold(
            id=first.pk,
            title=first.title,
            text=first.text,
            phone=first.phone,
            created_at=first.created_at,
            reason=next((row.reason for row in first.deliveries.all() if row.reason), ""),
            others=len(older),
        )
        for first, *older in list(found.values())[:MOST_UNTOLD]
    ]


def untold_count(codes: list[str], *, today: date) -> int:
    """How many people, about how many things."""
    return _untold(codes, today).values("about", "phone").distinct().count()


def _untold(codes: list[str], today: date) -> "QuerySet[Notice]":
    since = timezone.make_aware(datetime.combine(today - UNTOLD_FOR, time.min))
    reached = Delivery.objects.filter(notice=OuterRef("pk"), state__in=(*ON_ITS_WAY, *REACHED))
    return Notice.objects.filter(
        within(codes, "area_code"),
        ~Exists(reached),
        recipient=None,
        read_at=None,
        created_at__gte=since,
        passed_on_at=None,
    ).exclude(area_code="")


def _told(  # noqa: PLR0917  a row of `last_told`
    at: datetime,
    read_at: datetime | None,
    opened_at: datetime | None,
    passed_on_at: datetime | None,
    recipient_id: int | None,
    state: str | None,
    channel: str,
    next_try_at: datetime,
) -> Told:
    """What one delivery of a notice proves, or the notice itself."""
    label, tone, icon, rank = _("Belum dikabari"), "wait", "clock", 0
    if state == READ or read_at or opened_at:
        label, tone, icon, rank = _("Sudah dibaca"), "ok", "check-check", 7
    elif state == DELIVERED:
        label, tone, icon, rank = _("Sampai di HP"), "ok", "check-check", 6
    elif state == SENT:
        way = dict(Delivery.CHANNELS)[channel]
        label, tone, icon, rank = _("Terkirim lewat %(way)s") % {"way": way}, "ok", "check", 5
    elif passed_on_at:
        label, tone, icon, rank = _("Dikabari lewat WhatsApp"), "ok", "check", 4
    elif state in ON_ITS_WAY:
        label, tone, icon, rank = _when(next_try_at), "wait", "clock", 3
    elif recipient_id:
        label, tone, icon, rank = _("Ada di kotak kabarnya, belum dibaca"), "info", "inbox", 2
    elif state == UNCERTAIN:
        label, tone, icon, rank = _("Tidak pasti sampai"), "wait", "circle-question-mark", 1
    elif state == FAILED:
        label, tone, icon, rank = _("Gagal terkirim"), "bad", "triangle-alert", 1
    return Told(label, tone, icon, at, rank)


def _when(next_try_at: datetime) -> str:
    """A clock time when it waits for the end of the quiet hours or for another try."""
    if next_try_at <= timezone.now():
        return _("Sedang dikirim")
    return _("Dikirim pukul %(time)s") % {"time": f"{timezone.localtime(next_try_at):%H.%M}"}
