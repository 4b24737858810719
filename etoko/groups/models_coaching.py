"""Coaching of a group: visits, what was found, who does what until when."""

from django.db import models
from django.db.models import F, Q

from etoko.groups.models import Group
from etoko.people.models import Person


class Visit(models.Model):
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    """How long the coach was there: what fairness among villages is reckoned from."""
    findings = models.TextField()
    next_on = models.DateField()
    coach = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-visited_on", "-id")
        indexes = [models.Index(fields=["group", "visited_on"], name="visit_of_group")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="visit_takes_time"),
            models.CheckConstraint(condition=Q(next_on__gt=F("visited_on")), name="visit_comes_again"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.visited_on}"


class Action(models.Model):
    """What somebody does about a finding, until a day."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=120)
    until_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("until_on", "id")

    def __str__(self) -> str:
        return self.what
