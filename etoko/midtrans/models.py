from django.db import models

from etoko.catalog.models import Shop
from etoko.midtrans.states import CHARGE_FLOW, PENDING
from etoko.ordering.models import Order
from etoko.people.models import Person
from etoko.registry.sealing import unseal


class Account(models.Model):
    """A seller's own account at Midtrans. Another key is another account: charges stay with theirs."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="midtrans_accounts")
    server_key_sealed = models.BinaryField()
    key_ending = models.CharField(max_length=4)
    """Its last letters, so that she knows which one it is."""
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    """No new charges; those that are open are still followed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=models.Q(closed_at=None), name="midtrans_account_open_once"
            )
        ]

    @property
    def server_key(self) -> str:
        return unseal(bytes(self.server_key_sealed))

    def __str__(self) -> str:
        return f"{self.shop_id} …{self.key_ending}"


class Charge(models.Model):
    """One attempt to have an order paid at Midtrans."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="charges")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="charges")
    ref = models.CharField(max_length=50, unique=True)
    """Its name at Midtrans (`order_id`)."""
    amount_rp = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=CHARGE_FLOW.choices, default=CHARGE_FLOW.initial)
    page = models.CharField(max_length=300, blank=True)
    """Where the buyer pays; empty until Midtrans has given it."""
    said = models.CharField(max_length=40, blank=True)
    """The status that Midtrans gave last, in its own word."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["state", "asked_at"], name="charge_to_follow")]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(state=PENDING), name="charge_open_once"
            ),
            models.CheckConstraint(condition=models.Q(amount_rp__gte=1), name="charge_of_something"),
        ]

    def __str__(self) -> str:
        return self.ref
