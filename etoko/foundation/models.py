from django.db import models


class OneTimeKey(models.Model):
    """One form that was sent: while the row is locked nobody else can send it; afterwards the answer
    stands here and is given again to whoever sends the same form."""

    key = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=500, blank=True)
    cookies = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.path} {self.key[:8]}"


class Turn(models.Model):
    """Whose turn it is to do a deed that the clock asks for, and how it went the last times."""

    name = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=40, blank=True)
    """The process that is at it; empty when nobody is."""
    held_until_at = models.DateTimeField(null=True, blank=True)
    """A holder that died loses its turn then."""
    began_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    """Began and went well."""
    took_ms = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    """How many things the deed changed the last time."""
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    failed_in_row = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
