"""Somebody asks an officer to help with a licence, on a day."""

from django.db import models
from django.db.models import Q

from etoko.people.models import Person
from etoko.registry.models.register import Business, Licence
from etoko.registry.states import AGREED, ASKED, HELP_FLOW, OTHER_DAY


class LicenceHelp(models.Model):
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="licence_helps")
    kind = models.CharField(max_length=10, choices=Licence.KINDS)
    state = models.CharField(max_length=10, choices=HELP_FLOW.choices, default=HELP_FLOW.initial)
    day_on = models.DateField()
    """The day they speak of: wished by the asker, or proposed by the officer."""
    note = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    helper = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("day_on", "id")
        indexes = [models.Index(fields=["state", "day_on"], name="licence_help_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "kind"],
                condition=Q(state__in=(ASKED, AGREED, OTHER_DAY)),
                name="licence_help_once_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.kind} {self.day_on}"
