from django.db import models
from django.db.models import Q
from django.utils import timezone

from etoko.foundation.days import show_day
from etoko.foundation.ids import new_public_id
from etoko.foundation.kept import Kept
from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.needs.capability import ANSWERS
from etoko.needs.ladder import CLIMBED, STEPS
from etoko.needs.rubric import KINDS
from etoko.needs.states import NEED_FLOW
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business

Thing = Business | Group | Cooperative
FIELDS: dict[type[Thing], str] = {Business: "business", Group: "group", Cooperative: "cooperative"}
_OF_ONE = (
    Q(business__isnull=False, group__isnull=True, cooperative__isnull=True)
    | Q(business__isnull=True, group__isnull=False, cooperative__isnull=True)
    | Q(business__isnull=True, group__isnull=True, cooperative__isnull=False)
)


def of(thing: Thing) -> dict[str, Thing]:
    """By what rows about it are found."""
    return {FIELDS[type(thing)]: thing}


class _About(models.Model):
    """Of one business, one group or one cooperative."""

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @property
    def thing(self) -> Thing:
        """Read it with `select_related(*FIELDS.values())`."""
        thing = self.business or self.group or self.cooperative
        assert thing is not None  # held by the database
        return thing


class Need(_About):
    """What a business, a group or a cooperative lacks, in its own words. It is never deleted."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """The village where it was said."""
    kind = models.CharField(max_length=10, choices=KINDS)
    text = models.CharField(max_length=1000)
    severity = models.PositiveSmallIntegerField()
    """1 to 4, by `rubric.SEVERITIES`: as told, and from the check on as it was found."""
    photo_key = models.CharField(max_length=40, blank=True)
    """Of a private picture; empty: none was brought."""
    state = models.CharField(max_length=16, choices=NEED_FLOW.choices, default=NEED_FLOW.initial)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who typed it: the owner, or the kader for her."""
    for_name = models.CharField(max_length=200, blank=True)
    """For whom a kader wrote it down; empty: its own people said it."""
    said_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-said_at", "-id")
        indexes = [models.Index(fields=["area", "state", "said_at"], name="need_of_area")]
        constraints = [
            models.CheckConstraint(condition=_OF_ONE, name="need_of_one"),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=4), name="need_severity_known"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class NeedStep(Kept):
    """A move of a need: who, when, and what she said about it."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=12)
    to_state = models.CharField(max_length=16, choices=NEED_FLOW.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.move} {self.need_id}"


class ReadinessStep(models.Model):
    """A business has reached a step of the ladder. It is never taken back; only when two records of one
    business become one does it hang on the other."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="readiness_steps")
    step = models.PositiveSmallIntegerField(choices=[(step, STEPS[step]) for step in CLIMBED])
    reached_at = models.DateTimeField()
    """When it was seen: in the night after it happened."""

    class Meta:
        ordering = ("step",)
        constraints = [
            models.UniqueConstraint(fields=["business", "step"], name="readiness_step_once"),
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=5), name="readiness_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.step}"


class ReadinessNight(models.Model):
    """A night in which all shops were looked at: once is enough."""

    night_on = models.DateField(unique=True)
    climbed = models.PositiveIntegerField()
    """How many businesses reached a higher step."""

    def __str__(self) -> str:
        return f"{self.night_on}: {self.climbed}"


class Assessment(_About):
    """What a business, a group or a cooperative can do, as somebody saw it on a day: its answers are written
    once, the next assessment stands beside it. Only when two records of one business become one does it hang
    on the other."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """The village where it was."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    """Whom a kader or officer assessed; empty: its own people answered themselves."""
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = [models.CheckConstraint(condition=_OF_ONE, name="assessment_of_one")]

    def __str__(self) -> str:
        return show_day(timezone.localdate(self.at))


class AssessmentAnswer(Kept):
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    statement = models.CharField(max_length=30)
    """A code of `capability.STATEMENTS`."""
    answer = models.PositiveSmallIntegerField(choices=list(ANSWERS.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "statement"], name="assessment_answered_once"),
            models.CheckConstraint(condition=Q(answer__gte=0, answer__lte=2), name="assessment_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.answer}"
