from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Product
from etoko.foundation.ids import new_public_id
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, ImportBatch
from etoko.registry.states import IMPORT_FLOW


class LapakImport(models.Model):
    """What a village had in the lapak of OpenSID: looked at, brought in, or taken back as one. Its sellers
    go through an import of the register (`batch`), its goods become drafts or wait for their shop."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    state = models.CharField(max_length=12, choices=IMPORT_FLOW.choices, default=IMPORT_FLOW.initial)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """The village whose lapak it is."""
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(default=bytes)
    """What was read, compressed, while it is looked at; empty once it is in."""
    names = models.JSONField(default=dict)
    """{seller as the source numbers her: name of her business}, as somebody typed them."""
    batch = models.OneToOneField(ImportBatch, on_delete=models.SET_NULL, null=True, related_name="+")
    undo_report = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["area", "-uploaded_at"], name="lapak_import_by_area")]

    def __str__(self) -> str:
        return self.file_name


class LapakGoods(models.Model):
    """A product of the lapak, and what became of it."""

    MADE, WAITING, MATCHED, RETURNED, TAKEN_BACK = "made", "waiting", "matched", "returned", "taken_back"
    OUTCOMES = [
        (MADE, _("Konsep dibuat")),
        (WAITING, _("Menunggu toko")),
        (MATCHED, _("Sudah ada")),
        (RETURNED, _("Dikembalikan")),
        (TAKEN_BACK, _("Dibatalkan")),
    ]

    lapak_import = models.ForeignKey(LapakImport, on_delete=models.CASCADE, related_name="goods")
    source_ref = models.CharField(max_length=60, db_index=True)
    """Village, and how its OpenSID numbers the product."""
    name = models.CharField(max_length=200)
    seller = models.CharField(max_length=200)
    """What the seller's business is called there."""
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    reason = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    """Of a draft that waits: price_rp, unit, description, category."""
    business = models.ForeignKey(Business, on_delete=models.SET_NULL, null=True, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lapak_import", "source_ref"], name="lapak_goods_once"),
        ]
        indexes = [models.Index(fields=["business", "outcome"], name="lapak_goods_waiting")]

    def __str__(self) -> str:
        return self.name
