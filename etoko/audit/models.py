from django.db import models


class AuditEntry(models.Model):
    """One deed: who, when, what, from, to. Never changed and never deleted.

    The person is kept by number and name: this floor lies below `people`, and the trace must
    outlive the account.
    """

    at = models.DateTimeField(db_index=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    """Who did it; empty for what the clock or an import did by itself."""
    for_name = models.CharField(max_length=200, blank=True)
    """On whose behalf, when a kader acted for somebody: the page then says "dicatat oleh"."""
    deed = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=300, blank=True)
    area_code = models.CharField(max_length=13, blank=True)
    changes = models.JSONField(default=dict)
    """{field: [from, to]}"""
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_subject"),
            models.Index(fields=["by_id", "-at"], name="audit_by"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name} {self.deed} {self.subject_type} {self.subject_id}"


class AccessEntry(models.Model):
    """Somebody read a record that holds personal data: one row for each reader, record and day.

    By number and name, as in `AuditEntry`: the trace outlives the account.
    """

    day_on = models.DateField(db_index=True)
    """In WIB."""
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=300)
    area_code = models.CharField(max_length=13, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "day_on", "by_id"], name="access_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day_on} {self.by_name} {self.subject_type} {self.subject_id}"
