"""Keys for programs that read in the name of a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.ids import new_secret, secret_hash
from etoko.foundation.problems import UnableTo
from etoko.people.models import ApiToken, Person

PREFIX = "etk_"
"""By which somebody who finds it, or a scanner of published code, knows what it is."""
MOST_TOKENS = 20
LONGEST = timedelta(days=366)
_USED_ANEW = timedelta(hours=1)


class UnableToHandKey(UnableTo):
    pass


@dataclass(frozen=True)
class NewToken:
    token: ApiToken
    secret: str
    """Told once; nobody can read it again."""


@transaction.atomic
def make_token(
    *, person: Person, name: str, scopes: Collection[str], lasts: timedelta, at: datetime
) -> NewToken:
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not name.strip():
        raise UnableToHandKey(_("Beri nama, supaya Anda tahu kunci ini dipakai di mana."), field="name")
    if not scopes:
        raise UnableToHandKey(_("Pilih paling sedikit satu yang boleh dibaca."), field="scopes")
    if not timedelta() < lasts <= LONGEST:
        raise UnableToHandKey(_("Masa berlaku paling lama satu tahun."), field="lasts")
    if person.api_tokens.filter(revoked_at__isnull=True, expires_at__gt=at).count() >= MOST_TOKENS:
        raise UnableToHandKey(
            _("Anda sudah punya %d kunci yang berlaku. Cabut dulu yang tidak dipakai.") % MOST_TOKENS
        )
    secret = PREFIX + new_secret()
    token = ApiToken.objects.create(
        person=person,
        name=name.strip()[:60],
        secret_hash=secret_hash(secret),
        scopes=sorted(scopes),
        created_at=at,
        expires_at=at + lasts,
    )
    record_deed(
        deed="make_api_token", subject=token, by=person, at=at, changes={"scopes": ([], sorted(scopes))}
    )
    return NewToken(token, secret)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Person, at: datetime) -> ApiToken:
    """Said a second time, the first moment stays."""
    locked = ApiToken.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is None:
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        record_deed(deed="revoke_api_token", subject=locked, by=by, at=at)
    return locked


def use_token(*, secret: str, at: datetime) -> ApiToken | None:
    """The token that this is, if it still opens anything. One query, and one more in the first of an hour."""
    token = (
        ApiToken.objects.select_related("person")
        .filter(
            secret_hash=secret_hash(secret),
            revoked_at__isnull=True,
            expires_at__gt=at,
            person__closed_at__isnull=True,
        )
        .first()
    )
    if token and (token.last_used_at is None or at - token.last_used_at >= _USED_ANEW):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token
