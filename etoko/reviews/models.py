from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Product, Shop
from etoko.foundation.ids import new_public_id
from etoko.ordering.models import Order, OrderLine
from etoko.people.models import Person
from etoko.reviews.states import REVIEW_FLOW


class Review(models.Model):
    """What a buyer says of goods that she received, or (without `line`) of who sold them.

    One for each line of a completed order and one for its seller. Never deleted, only hidden.
    """

    NAMED, UNNAMED = "named", "unnamed"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reviews")
    line = models.OneToOneField(
        OrderLine, on_delete=models.PROTECT, null=True, blank=True, related_name="review"
    )
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="reviews")
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    area_code = models.CharField(max_length=13)
    stars = models.PositiveSmallIntegerField(_("bintang"))
    text = models.TextField(_("ulasan"), blank=True)
    photos = models.JSONField(default=list)
    """As `Product.photo`, one for each picture."""
    naming = models.CharField(
        max_length=7,
        choices=[(NAMED, _("Dengan nama depan dan desa")), (UNNAMED, _("Tanpa nama"))],
        default=UNNAMED,
    )
    author_name = models.CharField(max_length=60)
    author_village = models.CharField(max_length=120, blank=True)
    """First name and village as she ordered; shown only when she agreed (`naming`)."""
    status = models.CharField(max_length=8, choices=REVIEW_FLOW.choices, default=REVIEW_FLOW.initial)
    hidden_reason = models.CharField(max_length=300, blank=True)
    reply = models.TextField(_("balasan"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["product", "status", "-created_at", "-id"], name="review_of_product"),
            models.Index(fields=["shop", "status", "-created_at", "-id"], name="review_of_shop"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="review_one_to_five"),
            models.CheckConstraint(
                condition=models.Q(line=None, product=None)
                | models.Q(line__isnull=False, product__isnull=False),
                name="review_of_a_line_or_the_seller",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(line=None), name="review_of_seller_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars} bintang, {self.public_id}"


class ReviewVersion(models.Model):
    """What she said, each time she said it. Only added to."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    photos = models.JSONField(default=list)
    naming = models.CharField(max_length=7)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_version_once")]

    def __str__(self) -> str:
        return f"{self.review_id} v{self.number}"


class ReviewReport(models.Model):
    """Somebody says that a review breaks the rules; an officer looks."""

    HIDDEN, KEPT = "hidden", "kept"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=6, blank=True, choices=[(HIDDEN, _("Disembunyikan")), (KEPT, _("Dibiarkan tampil"))]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "by"], condition=models.Q(settled_at=None), name="review_reported_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.reason[:40]}"
