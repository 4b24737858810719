"""The ladder of licences of one business, and the help that was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from etoko.foundation.flows import Offered
from etoko.people.access import within
from etoko.registry.legality import ladder_for
from etoko.registry.models import Business, Licence, LicenceHelp
from etoko.registry.states import AGREED, ASKED, DONE, HELP_FLOW, HELPER, OTHER_DAY, WITHDRAWN

DONE_STEP, LATER, NOW, LAPSED = "done", "later", "now", "bad"


@dataclass(frozen=True)
class Step:
    kind: str
    name: str | Promise
    state: str
    """done, now (the next one to get), later, or bad (it has ended)."""
    said: str
    """What is known of it: "Punya, berlaku sampai …", "Belum punya"."""
    is_law: bool
    closes: Sequence[Promise]
    next_step: Promise
    source: str
    has_help: bool
    """Help was asked for and is not over."""


@dataclass(frozen=True)
class HelpRow:
    id: int
    name: str
    href: str
    place: str
    licence: str
    day_on: date
    state: str
    state_label: str
    note: str
    answer: str
    helper: str
    moves: list[Offered]


def ladder_of(business: Business, *, today: date) -> list[Step]:
    """The rungs that its kind asks for. The first that is missing is the one to get now."""
    held: dict[str, Licence] = {}
    for licence in business.licences.order_by("expires_on", "pk"):
        known = held.get(licence.kind)
        if known is None or (licence.status == "held" and known.status != "held"):
            held[licence.kind] = licence
    helped = set(_open_helps().filter(business=business).values_list("kind", flat=True))
    steps: list[Step] = []
    for rung in ladder_for(business.kind, on=today):
        state, said = _standing(held.get(rung.kind), today)
        if state == LATER and all(step.state != NOW for step in steps):
            state = NOW
        steps.append(
            Step(
                kind=rung.kind,
                name=str(dict(Licence.KINDS)[rung.kind]),
                state=state,
                said=said,
                is_law=rung.is_law,
                closes=rung.closes if state != DONE_STEP else (),
                next_step=rung.next_step,
                source=rung.source,
                has_help=rung.kind in helped,
            )
        )
    return steps


def _standing(licence: Licence | None, today: date) -> tuple[str, str]:
    if licence is None:
        return LATER, _("Tidak diketahui")
    said = str(licence.get_status_display())
    if licence.status == "not_required":
        return DONE_STEP, said
    if licence.status != "held":
        return LATER, said
    if licence.expires_on and licence.expires_on < today:
        return LAPSED, _("Sudah habis masa berlakunya")
    return DONE_STEP, said


def helps_of(business: Business, parties: tuple[str, ...]) -> list[HelpRow]:
    """All that was asked for this business, what is open first."""
    rows = LicenceHelp.objects.filter(business=business).select_related("business__area", "helper")
    return _rows(rows.exclude(state__in=(DONE, WITHDRAWN)), parties) + _rows(
        rows.filter(state__in=(DONE, WITHDRAWN)).order_by("-changed_at")[:5], ()
    )


def helps_in(codes: Sequence[str]) -> list[HelpRow]:
    """What is open in these areas, by its day."""
    rows = _open_helps().filter(within(list(codes), "business__area_id"))
    return _rows(rows.select_related("business__area", "helper")[:200], (HELPER,))


def _open_helps() -> QuerySet[LicenceHelp]:
    return LicenceHelp.objects.filter(state__in=(ASKED, AGREED, OTHER_DAY))


def _rows(helps: Iterable[LicenceHelp], parties: tuple[str, ...]) -> list[HelpRow]:
    return [
        HelpRow(
            id=one.pk,
            name=one.business.name,
            href=reverse("registry:legality", args=[one.business.public_id]),
            place=one.business.area.name,
            licence=str(one.get_kind_display()),
            day_on=one.day_on,
            state=one.state,
            state_label=str(one.get_state_display()),
            note=one.note,
            answer=one.answer,
            helper=one.helper.name if one.helper else "",
            moves=HELP_FLOW.moves_from(one.state, parties),
        )
        for one in helps
    ]
