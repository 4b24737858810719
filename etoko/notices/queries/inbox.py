from dataclasses import dataclass
from datetime import datetime

from etoko.notices.models import Notice
from etoko.people.models import Person

PAGE_SIZE = 30

ICONS = {"order": "package", "shop": "store", "account": "key-round", "register": "clipboard-check"}
"""By the first word of the kind ("order_placed" → order)."""


@dataclass(frozen=True)
class NoticeRow:
    id: int
    title: str
    text: str
    path: str
    phone: str
    icon: str
    created_at: datetime
    is_unread: bool


@dataclass(frozen=True)
class NoticePage:
    rows: list[NoticeRow]
    number: int
    last: int


def unread_count(person: Person) -> int:
    return Notice.objects.filter(recipient=person, read_at__isnull=True).count()


def inbox(person: Person, *, page: int = 1) -> NoticePage:
    """The newest first."""
    notices = Notice.objects.filter(recipient=person)
    last = max(1, -(-notices.count() // PAGE_SIZE))
    number = min(max(1, page), last)
    start = (number - 1) * PAGE_SIZE
    return NoticePage(
        [notice_row(notice) for notice in notices.order_by("-created_at", "-id")[start : start + PAGE_SIZE]],
        number,
        last,
    )


def notice_row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        id=notice.pk,
        title=notice.title,
        text=notice.text,
        path=notice.path,
        phone=notice.phone,
        icon=ICONS.get(notice.kind.split("_")[0], "bell"),
        created_at=notice.created_at,
        is_unread=notice.read_at is None,
    )
