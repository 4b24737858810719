"""An organisation promises something."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.partners.access import Voice, still_speaks
from etoko.partners.models import Organisation
from etoko.promises.models import Promise
from etoko.promises.operations.telling import tell
from etoko.promises.reminders import next_reminder
from etoko.promises.states import OPEN_STATES

LONGEST = timedelta(days=5 * 366)


class UnableToPromise(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    what: str
    due_on: date
    for_organisation: Organisation | None = None
    for_words: str = ""
    """For whom, where no partner is named: exactly one of both."""
    origin: str = Promise.OWN_WORD
    origin_words: str = ""


@transaction.atomic
def make_promise(*, voice: Voice, facts: PromiseFacts, at: datetime) -> Promise:
    """Raises UnableToPromise; then nothing has changed."""
    today, what, words = timezone.localdate(at), facts.what.strip(), facts.for_words.strip()
    if not still_speaks(voice, at=at):
        raise UnableToPromise(_("Mandat Anda sudah berakhir. Pilih lagi atas nama siapa Anda bertindak."))
    if not what:
        raise UnableToPromise(_("Tulis apa yang dijanjikan."), field="what")
    if bool(facts.for_organisation) == bool(words):
        raise UnableToPromise(_("Pilih satu mitra, atau tulis untuk siapa janji ini."), field="for_words")
    if facts.for_organisation and facts.for_organisation.pk == voice.organisation.pk:
        raise UnableToPromise(_("Janji dibuat untuk pihak lain."), field="for_organisation")
    if not today <= facts.due_on <= today + LONGEST:
        raise UnableToPromise(_("Pilih hari mulai hari ini, paling lama lima tahun lagi."), field="due_on")
    if facts.origin not in dict(Promise.ORIGINS):
        raise UnableToPromise(_("Pilih asalnya."), field="origin")
    if facts.origin != Promise.OWN_WORD and not facts.origin_words.strip():
        raise UnableToPromise(_("Tulis kesepakatan, rapat, atau masalah yang mana."), field="origin_words")
    # Two who write down the same at once: the second waits here and then sees the first.
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=voice.organisation.pk)
    known = Promise.objects.filter(
        organisation=organisation, what=what, due_on=facts.due_on, state__in=OPEN_STATES
    )
    if known.exists():
        raise UnableToPromise(_("Janji ini sudah tercatat."), field="what")
    promise = Promise.objects.create(
        organisation=organisation,
        helix=organisation.helix,
        keeper=voice.mandate,
        area_id=organisation.area_id,
        what=what,
        for_organisation=facts.for_organisation,
        for_words=words,
        due_on=facts.due_on,
        origin=facts.origin,
        origin_words=facts.origin_words.strip(),
        promised_by=voice.person,
        promised_at=at,
        changed_at=at,
        reminder_on=next_reminder(facts.due_on, after=today),
    )
    record_deed(
        deed="make_promise",
        subject=promise,
        by=voice.person,
        for_name=voice.organisation.title,
        at=at,
        area_code=promise.area_id,
        changes={"due_on": (None, promise.due_on)},
    )
    tell(promise, "promise", by=voice.person, at=at)
    return promise
