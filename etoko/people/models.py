from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.places.models import Area


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, phone: str, name: str, password: str | None = None, **more: Any) -> "Person":
        person = Person(phone=phone, name=name, **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, phone: str, name: str, password: str | None = None, **more: Any) -> "Person":
        return self.create_user(phone, name, password, is_superuser=True, **more)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: found by phone, in any spelling. One name field; one word is a name."""

    phone = models.CharField(_("nomor HP"), max_length=20, unique=True)
    """Canonical: +62812…"""
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(_("nama lengkap"), max_length=200)
    home_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2, default="id")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    """Since when the account may not be used any more."""

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.closed_at is None

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    def __str__(self) -> str:
        return self.name


class PlaceRole(models.Model):
    """A role that a person holds within a place, from … to …; the roles stand in `roles.py`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="place_roles")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    """The last day; empty: until further notice."""
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="place_role_days_in_order",
            ),
            models.UniqueConstraint(fields=["person", "area", "role", "starts_on"], name="place_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.area_id}"


class ActivationLink(models.Model):
    """A link or QR slip that a kader hands out: single use, expiring, revocable. Only its hash is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="activation_links")
    next_path = models.CharField(max_length=300, blank=True)
    """Where the person lands afterwards, such as the steps that open her shop."""
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def is_valid(self, at: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and at < self.expires_at

    def __str__(self) -> str:
        return f"{self.person} {self.created_at:%Y-%m-%d}"
