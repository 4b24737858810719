"""What remains of an import: the batch, its rows, what a source's columns mean, and who may be one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.foundation.ids import new_public_id
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models.register import Business
from etoko.registry.states import IMPORT_FLOW, SUSPICION_FLOW


class ImportBatch(models.Model):
    """One file that was read: as a preview, as part of the register, or taken back as one."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    state = models.CharField(max_length=12, choices=IMPORT_FLOW.choices, default=IMPORT_FLOW.initial)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    """Where the rows lie that do not say it; nothing outside of it is accepted."""
    file_name = models.CharField(max_length=200)
    format = models.CharField(max_length=10)
    source = models.CharField(max_length=24, db_index=True)
    """Fingerprint of the headers: files of one source share it."""
    remarks = models.JSONField(default=list)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    """{header: field}, as used."""
    money_unit = models.PositiveIntegerField(default=0)
    """What a bare figure of money is multiplied by; 0: it was not said."""
    keeps_nik = models.CharField(max_length=3, choices=[("no", _("Tidak")), ("yes", _("Ya"))], default="no")
    table = models.BinaryField(default=bytes)
    """Compressed rows of a preview, without the personal columns nobody asked for; empty once committed."""
    niks_sealed = models.BinaryField(null=True)
    """Encrypted {row: NIK}, only when the officer said so; empty once committed."""
    owners_sealed = models.BinaryField(null=True)
    """Encrypted {row: {field: cell}} of the owners' details, likewise."""
    summary = models.JSONField(default=dict)
    """The preview as it was last judged, for its page."""
    rows_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    matched_count = models.PositiveIntegerField(default=0)
    returned_count = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody: from the command line."""
    uploaded_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undo_report = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["area", "-uploaded_at"], name="import_by_area")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rows_count=models.F("new_count") + models.F("matched_count") + models.F("returned_count")
                ),
                name="import_rows_add_up",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    NEW, MATCHED, RETURNED = "new", "matched", "returned"
    OUTCOMES = [(NEW, _("Baru")), (MATCHED, _("Sudah ada")), (RETURNED, _("Dikembalikan"))]

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """As a spreadsheet shows it."""
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    business = models.ForeignKey(Business, on_delete=models.SET_NULL, null=True, related_name="import_rows")
    raw = models.JSONField(default=list)
    """The cells, without the personal columns nobody asked for."""
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    wrote = models.JSONField(default=dict)
    """{field: value} that this row put into the register: what undo takes back, if it is still so."""
    fingerprint = models.CharField(max_length=32, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number} {self.outcome}"


class ColumnMemory(models.Model):
    """What an officer said the columns of a source mean."""

    source = models.CharField(max_length=24, unique=True)
    columns = models.JSONField(default=dict)
    money_unit = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.source


class DuplicateSuspicion(models.Model):
    """Two businesses that may be one. Somebody decides; nothing is merged by itself."""

    REASONS = [
        ("same_phone", _("Nomor HP sama")),
        ("same_name", _("Nama sama di tempat yang sama")),
        ("near_name", _("Nama mirip di tempat yang sama")),
        ("same_owner", _("Pemilik sama")),
    ]

    first = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=12, choices=REASONS)
    likeness = models.PositiveSmallIntegerField()
    """0 … 100."""
    evidence = models.JSONField(default=list)
    """[[what speaks for or against it, in the source language; bits]], as `linking.compare` found it."""
    state = models.CharField(max_length=10, choices=SUSPICION_FLOW.choices, default=SUSPICION_FLOW.initial)
    batch = models.ForeignKey(ImportBatch, on_delete=models.SET_NULL, null=True, related_name="suspicions")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="suspicion_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="suspicion_in_order"
            ),
        ]
        indexes = [models.Index(fields=["state", "-likeness"], name="suspicion_worklist")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
