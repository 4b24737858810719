"""The newest capability assessment of somebody beside the one before, and what it proposes to write down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from etoko.needs.capability import ANSWERS, AXES, NOT_YET, YES, Statement, statements_of
from etoko.needs.models import Assessment, AssessmentAnswer, Thing, of
from etoko.needs.queries.needs import Words
from etoko.needs.rubric import KIND_NAMES

Answers = dict[str, int]
"""By the code of the statement."""
TONES = {NOT_YET: "bad", YES: "ok"}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    text: Words
    answer: Words
    tone: str


@dataclass(frozen=True, slots=True)
class AxisRow:
    name: Words
    points: int
    of: int
    """As many points as there can be: two for each statement."""
    before: int | None
    """At the assessment before; empty: there was none."""
    answers: list[AnswerRow]


@dataclass(frozen=True, slots=True)
class Proposal:
    axis: Words
    kind: str
    kind_name: Words
    text: str


@dataclass(frozen=True, slots=True)
class Assessed:
    at: datetime
    by: str
    for_name: str
    before_at: datetime | None
    times: int
    axes: list[AxisRow]
    proposal: Proposal | None


def newest_of(thing: Thing) -> Assessed | None:
    """Empty: nobody has assessed it yet."""
    found = list(Assessment.objects.filter(**of(thing)).select_related("by")[:2])
    if not found:
        return None
    answers = _answers_of(found)
    newest, before = found[0], found[1] if len(found) > 1 else None
    now, then = answers[newest.pk], answers[before.pk] if before else None
    return Assessed(
        at=newest.at,
        by=newest.by.name,
        for_name=newest.for_name,
        before_at=before.at if before else None,
        times=len(found),
        axes=[_axis(axis, now, then) for axis in AXES],
        proposal=_proposal(now),
    )


def proposal_of(thing: Thing) -> Proposal | None:
    """What the newest assessment proposes to write down as a need."""
    newest = Assessment.objects.filter(**of(thing)).first()
    return _proposal(_answers_of([newest])[newest.pk]) if newest else None


def points_of(axis: str, answers: Answers) -> int:
    return sum(answers.get(one.code, NOT_YET) for one in statements_of(axis))


def _answers_of(assessments: Iterable[Assessment]) -> dict[int, Answers]:
    found: dict[int, Answers] = {one.pk: {} for one in assessments}
    rows = AssessmentAnswer.objects.filter(assessment__in=found)
    for pk, statement, answer in rows.values_list("assessment", "statement", "answer"):
        found[pk][statement] = answer
    return found


def _axis(axis: str, now: Answers, then: Answers | None) -> AxisRow:
    asked = statements_of(axis)
    return AxisRow(
        name=AXES[axis],
        points=points_of(axis, now),
        of=YES * len(asked),
        before=None if then is None else points_of(axis, then),
        answers=[
            AnswerRow(one.text, ANSWERS[now[one.code]], TONES.get(now[one.code], "wait"))
            for one in asked
            if one.code in now
        ],
    )


def _proposal(answers: Answers) -> Proposal | None:
    """The lowest axis, of equal ones the first; its kind is that of the statement least fulfilled."""
    axis = min(AXES, key=lambda one: points_of(one, answers))
    missing = [one for one in statements_of(axis) if answers.get(one.code, NOT_YET) < YES]
    if not missing:
        return None
    worst = min(missing, key=lambda one: answers.get(one.code, NOT_YET))
    return Proposal(AXES[axis], worst.kind, KIND_NAMES[worst.kind], _words(missing, answers))


def _words(missing: list[Statement], answers: Answers) -> str:
    by_answer = {
        answer: " ".join(str(one.text) for one in missing if answers.get(one.code, NOT_YET) == answer)
        for answer in ANSWERS
        if answer < YES
    }
    return "\n".join(
        _("%(answer)s: %(statements)s") % {"answer": ANSWERS[answer], "statements": statements}
        for answer, statements in by_answer.items()
        if statements
    )
