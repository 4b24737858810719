from django.db import models

from etoko.catalog.models.shop import Shop
from etoko.people.models import Person


class QrisCode(models.Model):
    """A static QRIS of a shop as it was read, from … until …: a new one ends the old, none is changed."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="qris_codes")
    payload = models.CharField(max_length=512)
    merchant_name = models.CharField(max_length=25)
    merchant_city = models.CharField(max_length=15)
    nmid = models.CharField(max_length=99, blank=True)
    """National merchant id ("ID" and thirteen digits): the same merchant has it in every code of hers."""
    image = models.CharField(max_length=200, blank=True)
    """The picture it was read from, below MEDIA_ROOT; empty when it was pasted as text."""
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    """On whose behalf a kader set it."""

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["nmid", "until_at"], name="qris_code_by_nmid")]
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=models.Q(until_at__isnull=True), name="qris_code_one_now"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merchant_name} {self.nmid}"
