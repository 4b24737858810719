from django.db import models
from django.db.models import F, Q

from etoko.catalog.models.product import Product


class CapacityDay(models.Model):
    """How much of a product that is made to order is promised for a day."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    day_on = models.DateField()
    taken = models.PositiveIntegerField(default=0)
    capacity = models.PositiveIntegerField()
    """What the seller could make in a day when some of it was last taken: she may lower it later without
    breaking what she promised."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "day_on"], name="capacity_day_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="capacity_day_not_overbooked"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day_on}: {self.taken}/{self.capacity}"


class Making(models.Model):
    """So many pieces of a product are to be ready on a day, for an order."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=10, db_index=True)
    day_on = models.DateField()
    quantity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    """How much of the day's capacity stands there for it; nought where the product has no bound."""
    released_at = models.DateTimeField(null=True)
    """The order was given up: the day is free again."""

    class Meta:
        indexes = [models.Index(fields=["product", "day_on"], name="making_by_day")]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="making_of_something")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_id} for {self.order_number}"
