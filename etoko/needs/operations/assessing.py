"""Somebody says what a business, a group or a cooperative can do: its own people, or a kader or officer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.needs.access import Standing
from etoko.needs.capability import ANSWERS, STATEMENTS
from etoko.needs.models import Assessment, AssessmentAnswer, of
from etoko.needs.operations.telling import tell_assessed


class UnableToAssess(UnableTo):
    pass


@transaction.atomic
def assess_capability(*, standing: Standing, answers: Mapping[str, int], at: datetime) -> Assessment:
    """`answers` by code of the statement, all of them. Raises UnableToAssess; then nothing has changed."""
    for one in STATEMENTS:
        if answers.get(one.code) not in ANSWERS:
            raise UnableToAssess(_("Jawab semua pernyataan: belum, sebagian, atau ya."), field=one.code)
    assessment = Assessment.objects.create(
        **of(standing.thing),
        area_id=standing.thing.area_id,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
    )
    AssessmentAnswer.objects.bulk_create(
        AssessmentAnswer(assessment=assessment, statement=one.code, answer=answers[one.code])
        for one in STATEMENTS
    )
    record_deed(
        deed="assess_capability",
        subject=assessment,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
        area_code=assessment.area_id,
    )
    tell_assessed(assessment, by=standing.person, at=at)
    return assessment
