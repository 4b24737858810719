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
    ended_at = models.DateTimeField(null=True, blank=True)
    """Taken back before its last day; it gives nothing from that moment on."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="place_role_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["person", "area", "role", "starts_on"],
                condition=models.Q(ended_at__isnull=True),
                name="place_role_once",
            ),
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


class LoginCode(models.Model):
    """The one-time code of a phone: the newest counts. Only a keyed hash of it is kept."""

    phone = models.CharField(max_length=20, unique=True)
    code_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    new_name = models.CharField(max_length=200, blank=True)
    """Of somebody who joins: with the right code an account of this name is made."""
    new_password = models.CharField(max_length=128, blank=True)
    """The passphrase she chose, sealed as in `Person.password`."""

    def __str__(self) -> str:
        return self.phone


class TryCount(models.Model):
    """How often something was tried since …: the counters that make guessing slow, shared by all workers."""

    limit = models.CharField(max_length=30)
    """A name of the table in `operations/limiting.py`."""
    key = models.CharField(max_length=64)
    """Keyed hash of the phone or the address."""
    since_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "key"], name="try_count_once")]

    def __str__(self) -> str:
        return f"{self.limit} {self.count}"


class Passkey(models.Model):
    """A passkey on a phone or computer of the person; the private half never leaves the device."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.CharField(max_length=700, unique=True)
    """base64url, as the browser names it."""
    credential = models.BinaryField()
    """Attested credential data (WebAuthn §6.5.1): id and public key."""
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A key with which a program reads in the name of a person. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    """What of that which its person may see; names of `exchange/scopes.py`."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    """To the hour: a program that reads a thousand pages writes it once."""

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
