"""Gates. A promise is public; who may move it follows from whom she acts for."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest

from etoko.partners.access import Voice, voice_in
from etoko.partners.models import Interest, Organisation
from etoko.partners.ties import OWN, ties_of
from etoko.people.access import may
from etoko.people.models import Person
from etoko.people.roles import KEEP_PARTNERS
from etoko.promises.models import Promise, PromiseStep
from etoko.promises.states import COUNTERPARTY, JUDGE, PROMISER
from etoko.registry.models import LISTED

TOO_CLOSE = frozenset({OWN, Interest.KIN, Interest.OWNERSHIP})
"""Whoever is so tied to the promiser does not judge its promise (R7, and the interests people declare)."""
_WHOLE = tuple(
    f"{side}__{record}"
    for side in ("organisation", "for_organisation")
    for record in ("business", "group", "cooperative")
)


@dataclass(frozen=True)
class Standing:
    """A promise, and what the reader is to it, acting as she does now."""

    promise: Promise
    person: Person | None
    voice: Voice | None

    @property
    def is_insider(self) -> bool:
        """Somebody who speaks for a partner, or keeps partners: she sees evidence and every name."""
        return self.voice is not None or self._is_keeper

    @cached_property
    def _is_keeper(self) -> bool:
        return self.person is not None and may(self.person, KEEP_PARTNERS, self.promise.area_id)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        voice, promise = self.voice, self.promise
        if voice is None:
            return ()
        if voice.organisation.pk == promise.organisation_id:
            return (PROMISER,)
        if ties_of(voice.person, promise.organisation) & TOO_CLOSE or self._has_reported:
            return ()
        is_beneficiary = voice.organisation.pk == promise.for_organisation_id
        helices = {promise.helix, promise.organisation.helix}
        may_judge = is_beneficiary or voice.organisation.helix not in helices
        answers = is_beneficiary or (may_judge and promise.for_organisation_id is None)
        return tuple(party for party, held in ((JUDGE, may_judge), (COUNTERPARTY, answers)) if held)

    @property
    def _has_reported(self) -> bool:
        assert self.voice is not None
        return self.promise.steps.filter(move="report", by=self.voice.person).exists()


def promise_for(request: HttpRequest, public_id: str) -> Standing:
    """For everybody; of a business that is not listed, for insiders only. Else "not found"."""
    promise = (
        Promise.objects.select_related("area", "organisation__area", *_WHOLE)
        .filter(public_id=public_id)
        .first()
    )
    if promise is None:
        raise Http404
    person = request.user if isinstance(request.user, Person) else None
    standing = Standing(promise, person, voice_in(request))
    if not standing.is_insider and not is_public(promise.organisation):
        raise Http404
    return standing


def evidence_for(request: HttpRequest, public_id: str, step_id: int) -> PromiseStep:
    """The picture of a report, for insiders. Else "not found"."""
    standing = promise_for(request, public_id)
    step: PromiseStep | None = PromiseStep.objects.filter(promise=standing.promise, pk=step_id).first()
    if step is None or not standing.is_insider:
        raise Http404
    return step


def is_public(organisation: Organisation) -> bool:
    """Of one that was read with `whole()`."""
    return organisation.business is None or organisation.business.listing == LISTED
