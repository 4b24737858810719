from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models.product import Variant
from etoko.foundation.kept import Kept
from etoko.people.models import Person


class StockMovement(Kept):
    """One change of a variant's stock and why. Never changed, never deleted: the sums of all movements are
    `Variant.on_hand`, `Variant.held` and `Variant.consigned`."""

    RECEIVED, HELD, RELEASED, SOLD, RETURNED = "received", "held", "released", "sold", "returned"
    ADJUSTED, CONSIGNED_OUT, CONSIGNED_BACK = "adjusted", "consigned_out", "consigned_back"
    CONSIGNED_SOLD, CONSIGNED_LOST = "consigned_sold", "consigned_lost"
    KINDS = [
        (RECEIVED, _("ditambah")),
        (HELD, _("dipesan")),
        (RELEASED, _("batal dipesan")),
        (SOLD, _("terjual")),
        (RETURNED, _("dikembalikan pembeli")),
        (ADJUSTED, _("hitung ulang")),
        (CONSIGNED_OUT, _("dititipkan")),
        (CONSIGNED_BACK, _("kembali dari titipan")),
        (CONSIGNED_SOLD, _("terjual di tempat titip")),
        (CONSIGNED_LOST, _("rusak di tempat titip")),
    ]
    DAMAGED, LOST, OWN_USE, MISCOUNTED, OTHER = "damaged", "lost", "own_use", "miscounted", "other"
    OPENING, RETYPED = "opening", "retyped"
    REASONS = [
        (DAMAGED, _("rusak")),
        (LOST, _("hilang")),
        (OWN_USE, _("dipakai sendiri")),
        (MISCOUNTED, _("salah hitung")),
        (OTHER, _("lainnya")),
        (OPENING, _("saldo awal")),
        (RETYPED, _("diubah di data produk")),
    ]
    ORDER, FORM, CONSIGNMENT, START = "order", "form", "consignment", "start"
    CAUSES = [
        (ORDER, _("pesanan")),
        (FORM, _("formulir")),
        (CONSIGNMENT, _("titipan")),
        (START, _("awal pencatatan")),
    ]

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="movements", db_index=False)
    kind = models.CharField(max_length=14, choices=KINDS)
    on_hand_change = models.IntegerField(default=0)
    held_change = models.IntegerField(default=0)
    consigned_change = models.IntegerField(default=0)
    reason = models.CharField(max_length=10, choices=REASONS, blank=True)
    """Why the count is another one; only of ADJUSTED."""
    note = models.CharField(max_length=200, blank=True)
    cause = models.CharField(max_length=12, choices=CAUSES)
    cause_name = models.CharField(max_length=40, blank=True)
    """Which order or consignment: its number as people read it."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Empty for the clock and for guests."""
    for_name = models.CharField(max_length=200, blank=True)
    """On whose behalf a kader did it."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["variant", "-id"], name="stock_history")]
        constraints = [
            models.CheckConstraint(
                name="stock_moves_as_its_kind_says",
                condition=Q(
                    Q(kind__in=("received", "returned"), on_hand_change__gt=0, held_change=0)
                    | Q(kind="held", on_hand_change=0, held_change__gt=0)
                    | Q(kind="released", on_hand_change=0, held_change__lt=0)
                    | Q(kind="sold", on_hand_change__lt=0, held_change=F("on_hand_change"))
                    | Q(kind="adjusted", held_change=0) & ~Q(on_hand_change=0),
                    consigned_change=0,
                )
                | Q(
                    Q(kind="consigned_out", consigned_change__gt=0)
                    | Q(kind="consigned_back", consigned_change__lt=0),
                    held_change=0,
                    on_hand_change=-F("consigned_change"),
                )
                | Q(
                    kind__in=("consigned_sold", "consigned_lost"),
                    consigned_change__lt=0,
                    on_hand_change=0,
                    held_change=0,
                ),
            ),
            models.CheckConstraint(
                name="stock_adjusted_with_a_reason",
                condition=Q(kind="adjusted") & ~Q(reason="") | ~Q(kind="adjusted") & Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.kind} {self.on_hand_change:+} {self.held_change:+}"


class StockCheck(models.Model):
    """Stock, sums and money, reckoned anew in one night. What did not fit is written down, never repaired."""

    night_on = models.DateField(unique=True)
    checked_at = models.DateTimeField()
    differences = models.JSONField(default=list)
    """Empty: all of it fits. Else `reconciling.Difference` as mappings."""

    def __str__(self) -> str:
        return f"{self.night_on}: {len(self.differences)}"
