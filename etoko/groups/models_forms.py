"""What the PKK's forms ask and nothing of the platform knows: typed once, remembered per village and year."""

from django.db import models

from etoko.people.models import Person
from etoko.places.models import Area


class FormRow(models.Model):
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10)
    """The number of the Lampiran: "4.22"."""
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    cells = models.JSONField()
    """Texts by the number of their column."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("area_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["area", "form", "year", "position"], name="form_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.area_id} {self.year}"
