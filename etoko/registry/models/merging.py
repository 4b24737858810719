"""Two records that were found to be one business."""

from django.db import models

from etoko.people.models import Person
from etoko.registry.models.register import Business


class Merge(models.Model):
    """`other` became a part of `kept`; both keep their own history. Undone, everything goes back."""

    kept = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    suspicion = models.ForeignKey(
        "registry.DuplicateSuspicion", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)
    moved = models.JSONField(default=dict)
    """{"registry.Licence.business": [keys of the rows that moved]}, as `merging.relations` names them."""
    filled = models.JSONField(default=dict)
    """{field of kept: [before, after]}: what it took over because it did not know it."""
    other_status = models.CharField(max_length=10)
    withdrawn = models.JSONField(default=list)
    """Keys of consents of `kept` that ended because `other` had withdrawn them later."""
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["other"], condition=models.Q(undone_at__isnull=True), name="merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("other")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} → {self.kept_id}"
