"""The keys of one's own account: passphrase and passkeys."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Passkey, Person
from etoko.people.operations.limiting import count_try, forget_tries, forgive_try
from etoko.people.operations.signing_in import UnableToSignIn

MOST_PASSKEYS = 10


class UnableToSecure(UnableTo):
    pass


def change_passphrase(
    *, person: Person, passphrase: str, current: str | None, address: str, at: datetime
) -> None:
    """`current` is None where the person has just proved herself in another way, or has no passphrase yet.

    Whoever found her phone unlocked may not guess more often here than on the sign-in page.
    """
    if current is not None:
        count_try("passphrase_address", address, at=at)
        count_try("passphrase_phone", person.phone, at=at)
        if not person.check_password(current):
            raise UnableToSecure(
                _("Kata sandi sekarang tidak cocok. Lupa? Keluar, lalu masuk dengan kode."), field="current"
            )
        forgive_try("passphrase_address", address)
        forget_tries("passphrase_phone", person.phone)
    with transaction.atomic():
        person.set_password(passphrase)
        person.save(update_fields=["password"])
        _record("change_passphrase", person, at)


@transaction.atomic
def add_passkey(
    *, person: Person, credential_id: str, credential: bytes, sign_count: int, name: str, at: datetime
) -> Passkey:
    Person.objects.select_for_update().get(pk=person.pk)
    if person.passkeys.count() >= MOST_PASSKEYS:
        raise UnableToSecure(
            _("Paling banyak %(most)s kunci sandi. Hapus dulu yang tidak dipakai.") % {"most": MOST_PASSKEYS}
        )
    try:
        with transaction.atomic():
            key = person.passkeys.create(
                credential_id=credential_id,
                credential=credential,
                sign_count=sign_count,
                name=name or _("Perangkat ini"),
                created_at=at,
            )
    except IntegrityError as problem:
        raise UnableToSecure(_("Kunci sandi ini sudah terdaftar.")) from problem
    _record("add_passkey", person, at)
    return key


@transaction.atomic
def remove_passkey(*, person: Person, passkey_id: int, at: datetime) -> None:
    """Nothing happens when it is gone already."""
    removed, _by_model = person.passkeys.filter(pk=passkey_id).delete()
    if removed:
        _record("remove_passkey", person, at)


def use_passkey(*, credential_id: str, prove: Callable[[Passkey], int], address: str, at: datetime) -> Person:
    """Sign in. `prove` checks the answer of the device against the key and gives its new counter;
    it raises ValueError when it does not fit."""
    count_try("passkey_address", address, at=at)
    with transaction.atomic():
        key = (
            Passkey.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(credential_id=credential_id, person__closed_at__isnull=True)
            .first()
        )
        if key is None:
            raise UnableToSignIn(_unknown())
        try:
            key.sign_count = prove(key)
        except ValueError as problem:
            raise UnableToSignIn(_unknown()) from problem
        key.last_used_at = at
        key.save(update_fields=["sign_count", "last_used_at"])
    forgive_try("passkey_address", address)
    return key.person


def _record(deed: str, person: Person, at: datetime) -> None:
    record_deed(deed=deed, subject=person, by=person, at=at, area_code=person.home_area_id or "")


def _unknown() -> str:
    return _("Kunci sandi ini tidak dikenali. Masuk dengan kata sandi atau kode.")
