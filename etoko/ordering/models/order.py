from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import DeliveryOption, PaymentOption, Shop, Variant
from etoko.foundation.ids import new_public_id
from etoko.ordering.states import CANCELLED, DECLINED, MERGED, ORDER_FLOW, PROPOSAL_FLOW
from etoko.people.models import Person
from etoko.places.models import Area


class Cart(models.Model):
    """Goods of many sellers. A guest's cart is found by the secret in her cookie."""

    secret_hash = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="cart"
    )
    """Of a signed-in buyer: hers on every device; her cookie alone opens it to nobody else."""
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"cart {self.pk}"


class CartLine(models.Model):
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    price_seen_rp = models.PositiveBigIntegerField()
    """What the piece cost when she last changed the line: a price that changed since is told."""

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__range=(1, 9999)), name="cart_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"


class OrderGroup(models.Model):
    """One checkout: who bought and where it goes; one order per seller hangs on it."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    buyer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="order_groups"
    )
    name = models.CharField(_("nama"), max_length=200)
    phone = models.CharField(_("nomor HP"), max_length=20, db_index=True)
    village = models.CharField(_("desa"), max_length=120, blank=True)
    """As she wrote it; `area` is set where it is one of the areas we know."""
    street = models.CharField(_("alamat"), max_length=300, blank=True)
    landmark = models.CharField(_("patokan"), max_length=200, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The kader who ordered for her; the page says "dicatat oleh"."""
    total_rp = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.public_id


class Order(models.Model):
    """What one buyer ordered from one seller. Never deleted, only followed by another state."""

    NOT_PAID, REPORTED, PARTLY_PAID, PAID = "not_paid", "reported", "partly_paid", "paid"

    group = models.ForeignKey(OrderGroup, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=10, unique=True, null=True)
    """Read aloud and written on parcels ("K7M-2QX"); made from the row's own sequence."""
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="orders")
    area_code = models.CharField(max_length=13)
    state = models.CharField(max_length=24, choices=ORDER_FLOW.choices, default=ORDER_FLOW.initial)
    delivery = models.CharField(max_length=10, choices=DeliveryOption.KINDS)
    payment = models.CharField(max_length=10, choices=PaymentOption.KINDS)
    payment_state = models.CharField(
        max_length=12,
        choices=[
            (NOT_PAID, _("Belum dibayar")),
            (REPORTED, _("Dilaporkan sudah dibayar")),
            (PARTLY_PAID, _("Dibayar sebagian")),
            (PAID, _("Lunas")),
        ],
        default=NOT_PAID,
    )
    goods_rp = models.PositiveBigIntegerField()
    delivery_fee_rp = models.PositiveBigIntegerField(default=0)
    voucher_off_rp = models.PositiveBigIntegerField(default=0)
    unique_off_rp = models.PositiveSmallIntegerField(default=0)
    """A few rupiah less (1–499), so that the amount tells which order was paid."""
    total_rp = models.PositiveBigIntegerField()
    paid_rp = models.PositiveBigIntegerField(default=0)
    """What has come of it and is kept, at most `due_rp`; written by `keep_paid`, from the ledger above."""
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    placed_at = models.DateTimeField()
    answer_by_at = models.DateTimeField()
    """Until when the seller should answer; afterwards the order expires and the stock is free again."""
    pay_by_at = models.DateTimeField(null=True, blank=True)
    """Until when the buyer pays an accepted order by transfer or QRIS; empty once she has, or has said so."""
    collect_by_at = models.DateTimeField(null=True, blank=True)
    """Until when the buyer should fetch what is ready; afterwards the seller may call it off."""
    received_at = models.DateTimeField(null=True, blank=True)
    """When the goods came to the buyer."""
    complain_until_at = models.DateTimeField(null=True, blank=True)
    """Until when she may complain or give goods back; see `working_days.py`. Then the order is over."""
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    terms_agreed_at = models.DateTimeField(null=True, blank=True)
    """That it is paid in parts or on an agreed day: then no clock cancels it for want of money."""
    remind_at = models.DateTimeField(null=True, blank=True)
    """When whoever is waited for is next reminded; see `deadlines.py`."""
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["shop", "state", "-placed_at"], name="order_of_shop"),
            models.Index(fields=["state", "answer_by_at"], name="order_due"),
            models.Index(fields=["state", "pay_by_at"], name="order_unpaid_due"),
            models.Index(fields=["remind_at"], name="order_reminder_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    total_rp=models.F("goods_rp")
                    + models.F("delivery_fee_rp")
                    - models.F("voucher_off_rp")
                    - models.F("unique_off_rp")
                ),
                name="order_sums",
            ),
            models.CheckConstraint(
                condition=models.Q(unique_off_rp__lte=499), name="order_unique_off_in_bounds"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MERGED) | models.Q(merged_into__isnull=False),
                name="order_merged_into_one",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"order {self.pk}"

    @property
    def due_rp(self) -> int:
        """What it costs; nothing once it came to nothing."""
        return 0 if self.came_to_nothing else self.total_rp

    @property
    def came_to_nothing(self) -> bool:
        return self.state in (CANCELLED, DECLINED)

    @property
    def is_free(self) -> bool:
        """A voucher pays for all of it: nothing is due, and nothing ever was."""
        return not self.total_rp

    @property
    def no_money_came(self) -> bool:
        """And nobody says that some has."""
        return self.payment_state == self.NOT_PAID or (self.is_free and self.payment_state == self.PAID)

    @property
    def payment_label(self) -> str:
        """What the badge of the payment says."""
        if self.is_free and self.payment_state == self.PAID:
            return gettext("Tidak perlu dibayar")
        return self.get_payment_state_display()

    @property
    def left_rp(self) -> int:
        """What is still to be paid."""
        return max(0, self.due_rp - self.paid_rp)


class AmountClaim(models.Model):
    """Within its time, no other order of the shop is due this very amount: see `unique_amounts.py`."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="amount_claim")
    amount_rp = models.PositiveBigIntegerField()
    until_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "amount_rp"], name="amount_claimed_once")]

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.amount_rp}"


class WaitingTimes(models.Model):
    """How long a shop waits for its buyers; a shop without a row waits as `deadlines.py` says."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="waiting_times")
    pay_hours = models.PositiveSmallIntegerField()
    collect_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pay_hours__range=(1, 168)) & models.Q(collect_days__range=(1, 14)),
                name="waiting_times_in_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.pay_hours} h, {self.collect_days} d"


class OrderLine(models.Model):
    """A line as it was sold: later changes of the product do not reach it.

    `quantity` and `line_rp` are what the buyer gets and pays now: what the seller did not have or what came
    back is no longer in them. A line of which nothing is left stays, with nought.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    product_name = models.CharField(max_length=200)
    variant_name = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=30)
    price_rp = models.PositiveBigIntegerField()
    quantity = models.PositiveIntegerField()
    ordered_quantity = models.PositiveIntegerField()
    """As it was ordered, before the seller took something out or the buyer gave something back."""
    returned_quantity = models.PositiveIntegerField(default=0)
    weighed = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    """What the scales showed for the whole line, in the measure of the variant (1.150 of kg)."""
    weighed_off_rp = models.BigIntegerField(default=0)
    """What the line costs more (or less) than price × quantity, because it was weighed."""
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The line that the buyer agreed to have this one instead of."""
    line_rp = models.PositiveBigIntegerField()
    held_quantity = models.PositiveIntegerField(default=0)
    """How much of the variant's `held` stands there for this line; nought once released or handed over."""

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_quantity__lte=models.F("quantity")), name="order_line_held"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    line_rp=models.F("price_rp") * models.F("quantity") + models.F("weighed_off_rp")
                ),
                name="order_line_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_name}"


class OrderEvent(models.Model):
    """A line of the order's timeline."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    deed = models.CharField(max_length=24)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    for_name = models.CharField(max_length=200, blank=True)
    """On whose behalf a kader did it; the timeline then says "dicatat oleh"."""
    party = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.order_id} {self.deed}"


class Proposal(models.Model):
    """The seller proposes another sum or other goods for a line; nothing changes before the buyer agrees."""

    WEIGHT, SUBSTITUTE = "weight", "substitute"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="proposals")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=10, choices=[(WEIGHT, _("Timbangan")), (SUBSTITUTE, _("Barang pengganti"))]
    )
    state = models.CharField(max_length=10, choices=PROPOSAL_FLOW.choices, default=PROPOSAL_FLOW.initial)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The other goods of a substitution."""
    quantity = models.PositiveIntegerField()
    price_rp = models.PositiveBigIntegerField()
    """Of a piece, as it is proposed: a price that changes meanwhile does not change the proposal."""
    weighed = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    line_rp = models.PositiveBigIntegerField()
    """What the line will cost."""
    note = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer_by_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["state", "answer_by_at"], name="proposal_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(state="open"), name="proposal_one_open_of_a_line"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="weight", variant__isnull=True)
                | models.Q(kind="substitute", variant__isnull=False),
                name="proposal_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"
