from django.db import models
from django.db.models import Q

from etoko.foundation.ids import new_public_id
from etoko.foundation.kept import Kept
from etoko.groups.models import Group
from etoko.needs.rubric import KINDS
from etoko.needs.states import NEED_FLOW
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business

_OF_ONE = Q(business__isnull=False, group__isnull=True) | Q(business__isnull=True, group__isnull=False)


class Need(models.Model):
    """What a business or a group lacks, in its own words. It is never deleted."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
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
    """For which business or group a kader wrote it down; empty: its own people said it."""
    said_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-said_at", "-id")
        indexes = [models.Index(fields=["area", "state", "said_at"], name="need_of_area")]
        constraints = [
            models.CheckConstraint(condition=_OF_ONE, name="need_of_business_or_group"),
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
