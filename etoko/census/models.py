from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.people.models import Person
from etoko.registry.models import Business


class Sheet(models.Model):
    """A sheet that arrived: one visit at one business, filled in on a phone or typed from paper. The receipt.

    What was written stands in the register; here stands that it came, when, and by whom.
    """

    VISIT, NEW, CLOSED, MOVED = "visit", "new", "closed", "moved"
    APP, PAPER = "app", "paper"

    key = models.CharField(max_length=60)
    """Made by the phone, or printed on the paper: the same sheet sent twice is one."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="sheets")
    kind = models.CharField(
        max_length=8,
        choices=[
            (VISIT, _("Dikunjungi")),
            (NEW, _("Usaha baru")),
            (CLOSED, _("Tutup")),
            (MOVED, _("Pindah")),
        ],
    )
    origin = models.CharField(max_length=8, choices=[(APP, _("Dari HP")), (PAPER, _("Dari kertas"))])
    digest = models.CharField(max_length=64)
    """Of what it said: the same key with other words is a later version of the sheet."""
    left = models.JSONField(default=dict)
    """How it left the business: a mark of each fact (`operations.receiving.mark_of`), not the fact itself."""
    changed = models.JSONField(default=list)
    """Names of the fields that it changed."""
    accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    """How exact the position was, as the phone said."""
    consent_version = models.CharField(max_length=20, blank=True)
    """Which text the owner agreed to; empty when consents were not touched."""
    filled_at = models.DateTimeField()
    """By the clock of the phone."""
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-received_at"], name="census_receipts")]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="census_sheet_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.business_id}"


class SheetPhoto(models.Model):
    """A photo that a sheet speaks of; it comes after the words, and may take days."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    """Of the bytes as the phone sends them: by this both sides know which one is meant."""
    position = models.PositiveSmallIntegerField()
    picture = models.CharField(max_length=24, blank=True)
    """Key of the private picture; empty until it arrives."""
    arrived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "sha256"], name="census_photo_once"),
            models.CheckConstraint(
                condition=models.Q(picture="", arrived_at__isnull=True)
                | (~models.Q(picture="") & models.Q(arrived_at__isnull=False)),
                name="census_photo_arrived_with_picture",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.sha256[:8]}"
