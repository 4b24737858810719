from django.db import models
from django.utils.translation import gettext_lazy as _

PROVINCE, REGENCY, DISTRICT, VILLAGE = 1, 2, 3, 4


class Area(models.Model):
    """An administrative area of Indonesia; the key is Kemendagri's dotted code ("36.03.04.2002").

    Whatever lies inside an area has a code that begins with the area's code and a dot.
    """

    code = models.CharField(_("kode wilayah"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    level = models.PositiveSmallIntegerField(
        choices=[
            (PROVINCE, _("Provinsi")),
            (REGENCY, _("Kabupaten/Kota")),
            (DISTRICT, _("Kecamatan")),
            (VILLAGE, _("Desa/Kelurahan")),
        ]
    )
    kind = models.CharField(max_length=12)
    """provinsi, kabupaten, kota, kecamatan, desa or kelurahan."""
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    postal_code = models.CharField(max_length=5, blank=True)
    bps_code = models.CharField(max_length=10, blank=True)
    search_name = models.CharField(max_length=100, db_index=True)
    """The name without spaces, signs and case ("rancabuaya"), as `names.search_name` makes it."""
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class AreaAlias(models.Model):
    """Another spelling by which an area is known in registers and in speech."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)
    search_name = models.CharField(max_length=100, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "search_name"], name="area_alias_once")]

    def __str__(self) -> str:
        return f"{self.name} → {self.area_id}"
