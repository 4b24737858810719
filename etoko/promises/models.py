from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from etoko.foundation.ids import new_public_id
from etoko.foundation.kept import Kept
from etoko.partners.helices import HELICES
from etoko.partners.models import Act, Mandate, Organisation
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.promises.states import OBJECTION_FLOW, OPEN_STATES, PROMISE_FLOW


class Promise(models.Model):
    """What an organisation said it would do, for whom, and by when. It is never deleted."""

    OWN_WORD, AGREEMENT, MEETING, CASE = "own_word", "of_agreement", "of_meeting", "of_case"
    ORIGINS = [
        (OWN_WORD, _("Janji sendiri")),
        (AGREEMENT, _("Pasal kesepakatan")),
        (MEETING, _("Keputusan rapat")),
        (CASE, _("Penyelesaian masalah")),
    ]

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="promises")
    helix = models.CharField(max_length=10, choices=HELICES)
    """Of the organisation when it promised."""
    keeper = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="promises"
    )
    """The mandate that answers for it now; None: its owners or office-holders do."""
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    for_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="promised_to"
    )
    for_words = models.CharField(max_length=160, blank=True)
    """For whom, where it is no partner: "Penjual kerupuk di Taban"."""
    due_on = models.DateField()
    """The last day."""
    origin = models.CharField(max_length=12, choices=ORIGINS, default=OWN_WORD)
    origin_words = models.CharField(max_length=160, blank=True)
    """Which agreement, meeting or case."""
    state = models.CharField(max_length=18, choices=PROMISE_FLOW.choices, default=PROMISE_FLOW.initial)
    promised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reported_on = models.DateField(null=True, blank=True)
    """The day on which it was last reported done: by it one sees whether it was in time."""
    reminder_on = models.DateField(null=True, blank=True, db_index=True)
    """The next day on which somebody is reminded."""

    class Meta:
        ordering = ("due_on", "id")
        indexes = [
            models.Index(fields=["state", "due_on"], name="promise_by_state_and_day"),
            models.Index(fields=["helix", "due_on"], name="promise_by_helix_and_day"),
            models.Index(fields=["organisation", "state"], name="promise_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(for_organisation__isnull=False, for_words="")
                | Q(for_organisation__isnull=True) & ~Q(for_words=""),
                name="promise_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(for_organisation__isnull=True) | ~Q(for_organisation=models.F("organisation")),
                name="promise_for_another",
            ),
        ]

    def is_late(self, today: date) -> bool:
        return self.state in OPEN_STATES and self.due_on < today

    def __str__(self) -> str:
        return self.what[:80]


class PromiseStep(Kept, Act):
    """A move of a promise: who, for which organisation, when, and what was said and shown."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=18)
    to_state = models.CharField(max_length=18, choices=PROMISE_FLOW.choices)
    reason = models.CharField(max_length=500, blank=True)
    photo_key = models.CharField(max_length=40, blank=True)
    """Of a private picture; empty: none was brought."""
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.move} {self.promise_id}"


class Objection(Act):
    """The promiser objects that a promise counts against it: a flood, a budget that was cut. Once a promise;
    somebody else decides."""

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="objection")
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    state = models.CharField(max_length=18, choices=OBJECTION_FLOW.choices, default=OBJECTION_FLOW.initial)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_helix = models.CharField(max_length=10, choices=HELICES, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text[:80]
