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
