from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.foundation.ids import new_public_id
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.privacy.states import BREACH_FLOW

TIME_TO_TELL = timedelta(hours=72)
"""3 × 24 hours from the discovery to the written word to those concerned and to the agency
(UU 27/2022 art. 46)."""


class Breach(models.Model):
    """Personal data got lost, or into hands they were not meant for."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(_("diketahui"))
    what = models.TextField(_("apa yang terjadi"))
    leaked = models.TextField(_("data apa yang kena"))
    people = models.PositiveIntegerField(_("berapa orang"), null=True, blank=True)
    """Empty: not known yet, which is not nought."""
    handling = models.TextField(_("apa yang dilakukan"), blank=True)
    state = models.CharField(max_length=10, choices=BREACH_FLOW.choices, default=BREACH_FLOW.initial)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    agency_told_at = models.DateTimeField(null=True, blank=True)
    people_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-found_at", "-id")
        indexes = [models.Index(fields=["area", "state"], name="breach_of_area")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(found_at__lte=models.F("recorded_at")), name="breach_found_before_recorded"
            )
        ]

    @property
    def tell_by_at(self) -> datetime:
        return self.found_at + TIME_TO_TELL

    def __str__(self) -> str:
        return self.public_id
