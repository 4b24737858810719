"""Whether the installation is well: what machines ask for at `/sehat/` and staff read at `/petugas/server/`.

It is unwell when somebody must do something: no worker, work that piles up, work that fails again and again,
a disk that is nearly full. Single messages that failed are shown and make nobody unwell.
"""

import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from etoko.audit.words import Words
from etoko.catalog.models import StockCheck
from etoko.catalog.reconciling import Difference
from etoko.foundation.models import Turn
from etoko.notices.models import Delivery
from etoko.notices.states import FAILED, UNCERTAIN, WAITING

TICK_LATE = timedelta(minutes=5)
QUEUE_LATE = timedelta(minutes=15)
FAILED_IN_ROW = 3
LEAST_FREE_MB = 500
LATELY = timedelta(days=1)
REMEMBERED = timedelta(days=14)
MOST_ROWS = 50

_due_work: dict[str, str | Promise] = {}


def connect(*, due_work: Words) -> None:
    """Called once, when the rooms are loaded: what the deeds of the clock are called."""
    _due_work.clear()
    _due_work.update(due_work)


@dataclass(frozen=True)
class Health:
    """Only figures: nothing here names a person, a place or a secret."""

    problems: list[str]
    """Of: tick, deeds, messages, tasks, books, disk. Empty: all is well."""
    version: str
    database: str
    last_tick_at: datetime | None
    """Since when every deed of the clock has had its turn."""
    tick_age_s: int | None
    failing_deeds: list[str]
    messages_due: int
    messages_oldest_s: int
    messages_failed: int
    """In the last day."""
    messages_uncertain: int
    tasks_due: int
    tasks_oldest_s: int
    tasks_failed: int
    books_checked_at: datetime | None
    """When stock and money were last reckoned anew."""
    books_differ: int
    """How many figures did not fit then."""
    disk_free_mb: int

    @property
    def is_well(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"status": "ok" if self.is_well else "unwell", **asdict(self)}


def look_at_health(*, at: datetime) -> Health:
    """Four questions to the database. Raises what the database raises when it is away."""
    turns = list(Turn.objects.values_list("name", "began_at", "failed_in_row"))
    # The one that waits longest: a worker that hangs in one deed lets all the others wait. What the code no
    # longer knows is not waited for.
    known = [began_at for name, began_at, _failed in turns if began_at and name in _due_work]
    last_tick_at = min(known, default=None)
    failing = sorted(name for name, _began, failed in turns if failed >= FAILED_IN_ROW)
    due = Q(state=WAITING, next_try_at__lte=at)
    messages = Delivery.objects.filter(state__in=(WAITING, FAILED, UNCERTAIN)).aggregate(
        due=Count("id", filter=due),
        oldest=Min("next_try_at", filter=due),
        failed=Count("id", filter=Q(state=FAILED, failed_at__gt=at - LATELY)),
        uncertain=Count("id", filter=Q(state=UNCERTAIN, next_try_at__gt=at - LATELY)),
    )
    # "At once" is a date in the far future in this table: then the time counts since it was put there.
    ready = Q(status="READY") & (Q(run_after__lte=at) | Q(run_after__year=9999))
    tasks = DBTaskResult.objects.filter(status__in=("READY", "FAILED")).aggregate(
        due=Count("pk", filter=ready),
        oldest=Min("enqueued_at", filter=ready & Q(run_after__year=9999)),
        oldest_again=Min("run_after", filter=Q(status="READY", run_after__lte=at)),
        failed=Count("pk", filter=Q(status="FAILED", finished_at__gt=at - LATELY)),
    )
    oldest_task = min(filter(None, (tasks["oldest"], tasks["oldest_again"])), default=None)
    checked_at, differences = _last_check()
    free_mb = shutil.disk_usage(settings.DATA_DIR).free // 1_000_000
    found = Health(
        problems=[],
        version=settings.VERSION,
        database=connection.vendor,
        last_tick_at=last_tick_at,
        tick_age_s=_seconds(last_tick_at, at) if last_tick_at else None,
        failing_deeds=failing,
        messages_due=messages["due"],
        messages_oldest_s=_seconds(messages["oldest"], at),
        messages_failed=messages["failed"],
        messages_uncertain=messages["uncertain"],
        tasks_due=tasks["due"],
        tasks_oldest_s=_seconds(oldest_task, at),
        tasks_failed=tasks["failed"],
        books_checked_at=checked_at,
        books_differ=len(differences),
        disk_free_mb=free_mb,
    )
    found.problems.extend(_problems(found))
    return found


def _problems(found: Health) -> Iterable[str]:
    if found.tick_age_s is None or found.tick_age_s > TICK_LATE.total_seconds():
        yield "tick"
    if found.failing_deeds:
        yield "deeds"
    if found.messages_oldest_s > QUEUE_LATE.total_seconds():
        yield "messages"
    if found.tasks_oldest_s > QUEUE_LATE.total_seconds():
        yield "tasks"
    if found.books_differ:
        yield "books"
    if found.disk_free_mb < LEAST_FREE_MB:
        yield "disk"


def _last_check() -> tuple[datetime | None, list[dict[str, Any]]]:
    last = StockCheck.objects.order_by("-night_on").values_list("checked_at", "differences").first()
    return last or (None, [])


def _seconds(since: datetime | None, at: datetime) -> int:
    return max(0, int((at - since).total_seconds())) if since else 0


# ------------------------------------------------------------------------------------- for people


@dataclass(frozen=True)
class DeedRow:
    name: str
    done_at: datetime | None
    took_ms: int
    failed_in_row: int
    failed_at: datetime | None
    failure: str


@dataclass(frozen=True)
class DeliveryRow:
    id: int
    title: str
    phone: str
    channel: str
    state: str
    tone: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class TaskRow:
    id: str
    name: str
    failed_at: datetime | None
    tries: int
    failure: str


def problem_words(problem: str) -> str:
    """What it means, and what to do."""
    return {
        "tick": _("Pekerja latar tidak berjalan. Jalankan lagi, atau hubungi pengelola server."),
        "deeds": _("Ada pekerjaan yang gagal berkali-kali. Lihat alasannya di bawah."),
        "messages": _("Kabar menumpuk dan belum terkirim. Periksa sambungan internet dan pekerja latar."),
        "tasks": _("Pekerjaan menumpuk, misalnya foto yang belum diolah. Periksa pekerja latar."),
        "books": _("Hitungan stok atau uang tidak cocok. Lihat daftarnya di bawah; belum ada yang diubah."),
        "disk": _("Ruang simpan hampir habis. Tambah ruang sebelum toko berhenti menerima pesanan."),
    }[problem]


def difference_rows() -> list[str]:
    """What did not fit when stock and money were last reckoned anew, in words."""
    _checked_at, differences = _last_check()
    return [str(Difference(**row)) for row in differences[:MOST_ROWS]]


def deed_rows() -> list[DeedRow]:
    """Those that fail first, then by name."""
    rows = [
        DeedRow(
            name=str(_due_work.get(turn.name, turn.name)),
            done_at=turn.done_at,
            took_ms=turn.took_ms,
            failed_in_row=turn.failed_in_row,
            failed_at=turn.failed_at,
            failure=turn.failure,
        )
        for turn in Turn.objects.all()
    ]
    return sorted(rows, key=lambda row: (-row.failed_in_row, row.name))


def delivery_rows(*, at: datetime) -> list[DeliveryRow]:
    """What failed or is uncertain, the newest first."""
    rows = Delivery.objects.filter(
        Q(state=FAILED, failed_at__gt=at - REMEMBERED) | Q(state=UNCERTAIN, next_try_at__gt=at - REMEMBERED)
    ).select_related("notice")
    return [
        DeliveryRow(
            id=row.pk,
            title=row.notice.title,
            phone=row.notice.phone,
            channel=row.get_channel_display(),
            state=row.get_state_display(),
            tone="bad" if row.state == FAILED else "wait",
            at=row.failed_at or row.next_try_at,
            reason=row.reason,
        )
        for row in rows.order_by("-next_try_at", "-id")[:MOST_ROWS]
    ]


def task_rows(*, at: datetime) -> list[TaskRow]:
    rows = DBTaskResult.objects.filter(status="FAILED", finished_at__gt=at - REMEMBERED)
    return [
        TaskRow(
            id=str(row.pk),
            name=row.task_path.rsplit(".", 1)[-1],
            failed_at=row.finished_at,
            tries=len(row.worker_ids),
            failure=(row.traceback.strip().splitlines() or [""])[-1][:300],
        )
        for row in rows.order_by("-finished_at")[:MOST_ROWS]
    ]
