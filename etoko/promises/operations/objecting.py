"""The promiser objects that a promise counts against it, and somebody else decides."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.partners.access import still_speaks
from etoko.promises.access import Standing
from etoko.promises.models import Objection, Promise
from etoko.promises.operations.telling import tell
from etoko.promises.queries.counting import counts_against
from etoko.promises.states import OBJECTION_FLOW, PROMISER


class UnableToObject(UnableTo):
    pass


@transaction.atomic
def object_to_count(*, standing: Standing, text: str, at: datetime) -> Objection:
    """Once a promise, and only while it counts against the promiser. Raises UnableToObject; then nothing has
    changed."""
    voice = standing.voice
    if voice is None or PROMISER not in standing.parties or not still_speaks(voice, at=at):
        raise UnableToObject(_("Hanya yang berjanji yang bisa mengajukan keberatan."))
    if not text.strip():
        raise UnableToObject(_("Tulis mengapa janji ini tidak seharusnya dihitung."), field="text")
    promise = Promise.objects.select_for_update(of=("self",)).get(pk=standing.promise.pk)
    if Objection.objects.filter(promise=promise).exists():
        raise UnableToObject(_("Keberatan untuk janji ini sudah diajukan."))
    if not counts_against(promise, today=timezone.localdate(at)):
        raise UnableToObject(_("Janji ini tidak mengurangi keandalan, jadi tidak perlu keberatan."))
    objection = Objection.objects.create(promise=promise, text=text.strip(), at=at, **voice.act)
    record_deed(
        deed="object_to_promise",
        subject=promise,
        by=voice.person,
        for_name=voice.organisation.title,
        at=at,
        area_code=promise.area_id,
        reason=objection.text,
    )
    tell(promise, "object", by=voice.person, at=at, reason=objection.text)
    return objection


@transaction.atomic
def answer_objection(
    *, standing: Standing, objection: Objection, move: str, reason: str, at: datetime
) -> Objection:
    """Accepted, the promise counts no more. Raises UnableToMove or UnableToObject; then nothing changed."""
    voice = standing.voice
    if voice is None or not still_speaks(voice, at=at):
        raise UnableToObject(_("Mandat Anda sudah berakhir. Pilih lagi atas nama siapa Anda bertindak."))
    if move not in OBJECTION_FLOW.moves:
        raise UnableToObject(_("Langkah ini tidak ada. Muat ulang halaman."))
    before = objection.state
    moved = OBJECTION_FLOW.make_move(objection, move, parties=standing.parties, reason=reason)
    moved.answer, moved.answered_at = reason.strip()[:500], at
    moved.answered_by, moved.answered_for = voice.person, voice.organisation
    moved.answered_helix = voice.organisation.helix
    moved.save(update_fields=["answer", "answered_at", "answered_by", "answered_for", "answered_helix"])
    record_deed(
        deed=f"{move}_objection",
        subject=standing.promise,
        by=voice.person,
        for_name=voice.organisation.title,
        at=at,
        area_code=standing.promise.area_id,
        changes={"state": (before, moved.state)},
        reason=moved.answer,
    )
    tell(standing.promise, f"{move}_objection", by=voice.person, at=at, reason=moved.answer)
    return moved
