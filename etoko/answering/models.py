from django.db import models

from etoko.ordering.models import Order
from etoko.people.models import Person


class LinkUse(models.Model):
    """A link that was used: it does nothing a second time. Only the hash of the link is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="link_uses")
    purpose = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """None: the link was sent to the WhatsApp of the shop."""
    phone = models.CharField(max_length=20)
    """The number that the link was sent to."""
    used_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_back_at__isnull=True)
                | models.Q(taken_back_at__gte=models.F("used_at")),
                name="link_use_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.purpose}"
