"""Pictures that somebody shows as a proof. They are no money: only the seller says that it came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Shop
from etoko.foundation.ids import new_public_id
from etoko.ordering.models import Order
from etoko.payments.states import PROOF_FLOW
from etoko.people.models import Person


class PaymentProof(models.Model):
    """A screenshot of a payment, what it says, and what the seller found in her bank app."""

    EXACT, NEAR = "exact", "near"
    WAITING, READ, NOT_READ = "waiting", "read", "not_read"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="proofs")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    key = models.CharField(max_length=40, unique=True, null=True)
    """Of the picture, which no address leads to (`foundation/private_pictures.py`); empty since it was
    forgotten (`operations/forgetting.py`)."""
    state = models.CharField(max_length=10, choices=PROOF_FLOW.choices, default=PROOF_FLOW.initial)
    sha256 = models.CharField(max_length=64, db_index=True)
    """Of the file as it was sent."""
    fingerprint = models.CharField(max_length=16)
    """Of what it looks like: `foundation/likeness.py`."""
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    """An earlier proof of another order, in any shop, that is the same picture or nearly so."""
    likeness = models.CharField(
        max_length=5, blank=True, choices=[(EXACT, _("sama persis")), (NEAR, _("hampir sama"))]
    )
    told_rp = models.PositiveBigIntegerField(null=True)
    told_on = models.DateField(null=True)
    """Typed by who sent it."""
    read_rp = models.PositiveBigIntegerField(null=True)
    read_on = models.DateField(null=True)
    """Read from the picture by the worker, where this machine has a reader."""
    reading = models.CharField(
        max_length=8,
        choices=[(WAITING, _("Sedang dibaca")), (READ, _("Terbaca")), (NOT_READ, _("Tidak terbaca"))],
        default=NOT_READ,
    )
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    sent_name = models.CharField(max_length=200, blank=True)
    party = models.CharField(max_length=10)
    sent_at = models.DateTimeField(db_index=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why the seller refused it, for the buyer to read."""

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["shop", "state", "-id"], name="proof_of_shop")]
        constraints = [
            models.UniqueConstraint(fields=["order", "sha256"], name="proof_once_for_an_order"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.public_id}"
