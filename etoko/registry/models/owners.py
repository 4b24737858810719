"""What is known of an owner beyond her name: kept apart, so that no list loads it by the way.

Read by herself, and by those who hold SEE_OWNER_DETAILS where her business is (`people/roles.py`).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.registry.models.register import UNKNOWN, Owner

YES, NO = "yes", "no"
DISABILITIES = [(YES, _("Ya")), (NO, _("Tidak")), (UNKNOWN, _("Tidak diketahui"))]
EDUCATIONS = [
    ("none", _("Tidak sekolah")),
    ("sd", _("SD")),
    ("smp", _("SMP")),
    ("sma", _("SMA")),
    ("diploma", _("Diploma (D1–D3)")),
    ("s1", _("S1 atau D4")),
    ("s2", _("S2")),
    ("s3", _("S3")),
    (UNKNOWN, _("Tidak diketahui")),
]


class OwnerDetails(models.Model):
    """Birth, schooling, disability and home of an owner, as the national register asks for them."""

    owner = models.OneToOneField(Owner, on_delete=models.CASCADE, related_name="details")
    born_on = models.DateField(null=True, blank=True)
    disability = models.CharField(max_length=10, choices=DISABILITIES, default=UNKNOWN)
    education = models.CharField(max_length=10, choices=EDUCATIONS, default=UNKNOWN)
    # Where she lives may lie anywhere in Indonesia, outside of the areas that are loaded: texts.
    home_province = models.CharField(max_length=100, blank=True)
    home_regency = models.CharField(max_length=100, blank=True)
    home_district = models.CharField(max_length=100, blank=True)
    home_village = models.CharField(max_length=100, blank=True)
    home_street = models.CharField(max_length=300, blank=True)
    home_rt = models.CharField(max_length=3, blank=True)
    home_rw = models.CharField(max_length=3, blank=True)

    def __str__(self) -> str:
        return str(self.owner_id)
