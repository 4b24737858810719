"""Of what somebody lacks, how far her businesses have come, and what she said in the discussions."""

from django.db.models import Q

from etoko.discussion.models import Following, Post, Report
from etoko.needs.access import cooperatives_of, groups_led_by
from etoko.needs.capability import ANSWERS, STATEMENTS
from etoko.needs.ladder import STEPS
from etoko.needs.models import AssessmentAnswer, Need, ReadinessStep
from etoko.people.models import Person
from etoko.privacy.rows import Row, rows
from etoko.registry.access import businesses_of


def needs(person: Person) -> list[Row]:
    """Of her businesses, the groups in which she holds an office and her cooperatives, and what she said
    elsewhere."""
    fields = (
        "business__name",
        "group__name",
        "cooperative__name",
        "kind",
        "text",
        "severity",
        "state",
        "said_at",
    )
    return rows(Need.objects.filter(_hers(person) | Q(said_by=person)), *fields)


def _hers(person: Person, prefix: str = "") -> Q:
    found = {
        "business": businesses_of(person),
        "group": groups_led_by(person),
        "cooperative": cooperatives_of(person),
    }
    return Q(*((f"{prefix}{field}__in", things) for field, things in found.items()), _connector=Q.OR)


def progress(person: Person) -> list[Row]:
    """Of the same, and what she answered elsewhere, in the words of the form."""
    climbed = ReadinessStep.objects.filter(business__in=businesses_of(person))
    answered = AssessmentAnswer.objects.filter(_hers(person, "assessment__") | Q(assessment__by=person))
    whose = (f"assessment__{one}__name" for one in ("business", "group", "cooperative"))
    steps = rows(climbed, "business__name", "step", "reached_at")
    answers = rows(answered.order_by("pk"), *whose, "assessment__at", "statement", "answer")
    texts = {one.code: str(one.text) for one in STATEMENTS}
    return [row | {"step": str(STEPS[row["step"]])} for row in steps] + [
        row | {"statement": texts[row["statement"]], "answer": str(ANSWERS[row["answer"]])} for row in answers
    ]


def discussion(person: Person) -> list[Row]:
    wrote = Post.objects.filter(author=person).order_by("pk")
    told = Report.objects.filter(by=person).order_by("pk")
    hears = Following.objects.filter(person=person).order_by("pk")
    return (
        rows(wrote, "thread__title", "number", "text", "state", "hidden_reason", "written_at")
        + rows(hears, "thread__title", "wish", "since_at")
        + rows(told, "post__thread__title", "reason", "at", "outcome")
    )
