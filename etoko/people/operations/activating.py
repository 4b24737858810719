"""Activation links and QR slips: a kader hands one out, it opens the account once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.effects import announce
from etoko.foundation.ids import new_secret, secret_hash
from etoko.foundation.problems import UnableTo
from etoko.people.access import may_help
from etoko.people.facts import AccountHelped
from etoko.people.models import ActivationLink, Person
from etoko.people.operations.joining import verify_phone

LIFE = timedelta(days=7)


class UnableToCreateLink(UnableTo):
    pass


class UnableToActivate(UnableTo):
    pass


class UnableToRevoke(UnableTo):
    pass


@dataclass(frozen=True)
class NewLink:
    """Only here is the secret known; afterwards the database knows no more than its hash."""

    link: ActivationLink
    secret: str


@transaction.atomic
def create_activation_link(*, person: Person, next_path: str, by: Person, at: datetime) -> NewLink:
    """A link that signs the person in once, within 7 days, and takes her to `next_path` ("/…" or "")."""
    if not person.is_active:
        raise UnableToCreateLink(_("Akun ini sudah ditutup."))
    if not may_help(by, person):
        raise UnableToCreateLink(
            _("Anda tidak bisa membuat tautan untuk %(name)s. Ia bisa masuk sendiri dengan nomor HP-nya.")
            % {"name": person.name}
        )
    if next_path and (not next_path.startswith("/") or next_path.startswith("//") or "\\" in next_path):
        raise ValueError("next_path must be a path of this site")
    secret = new_secret()
    link = ActivationLink.objects.create(
        secret_hash=secret_hash(secret),
        person=person,
        next_path=next_path,
        created_by=by,
        created_at=at,
        expires_at=at + LIFE,
    )
    _record("create_activation_link", link, by, at)
    if person.phone_verified_at is not None:
        announce(AccountHelped(person=person, by=by, at=at, occasion=f"link:{link.pk}"))
    return NewLink(link, secret)


@transaction.atomic
def revoke_activation_link(*, link: ActivationLink, by: Person, at: datetime) -> None:
    link = ActivationLink.objects.select_for_update(of=("self",)).select_related("person").get(pk=link.pk)
    if link.used_at is not None:
        raise UnableToRevoke(_("Tautan ini sudah dipakai, jadi tidak bisa dibatalkan lagi."))
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        _record("revoke_activation_link", link, by, at)


@transaction.atomic
def use_activation_link(*, secret: str, at: datetime) -> ActivationLink:
    """Use the link up: whoever holds it is taken for the person. Of two at once one succeeds."""
    link = (
        ActivationLink.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(secret_hash=secret_hash(secret))
        .first()
    )
    if link is None or not link.is_valid(at) or not link.person.is_active:
        raise UnableToActivate(_("Tautan ini tidak berlaku lagi. Minta tautan baru dari kader desa Anda."))
    link.used_at = at
    link.save(update_fields=["used_at"])
    verify_phone(person=link.person, at=at)
    _record("use_activation_link", link, link.person, at)
    return link


def _record(deed: str, link: ActivationLink, by: Person, at: datetime) -> None:
    person = link.person
    record_deed(
        deed=deed,
        subject=person,
        by=by,
        at=at,
        for_name="" if by == person else person.name,
        area_code=person.home_area_id or "",
    )
