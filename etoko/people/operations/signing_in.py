"""Proving who somebody is: by passphrase, by one-time code. (By passkey: `securing.py`.)"""

import hmac
import secrets
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.effects import announce
from etoko.foundation.problems import UnableTo
from etoko.people.access import may_help
from etoko.people.channels import code_channel
from etoko.people.facts import AccountHelped
from etoko.people.models import LoginCode, Person
from etoko.people.operations.joining import join_by_code, verify_phone
from etoko.people.operations.limiting import count_try, forget_tries, forgive_try

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5


class UnableToSignIn(UnableTo):
    """One sentence for every reason, or the form would tell who has an account."""


class UnableToSendCode(UnableTo):
    pass


def check_passphrase(*, phone: str, passphrase: str, address: str, at: datetime) -> Person:
    """The person whose phone and passphrase these are. Raises UnableToSignIn or UnableToTryNow."""
    count_try("passphrase_address", address, at=at)
    count_try("passphrase_phone", phone, at=at)
    person = authenticate(phone=phone, password=passphrase)
    if not isinstance(person, Person):
        raise UnableToSignIn(_("Nomor HP atau kata sandi tidak cocok. Periksa lagi, atau masuk dengan kode."))
    forgive_try("passphrase_address", address)
    forget_tries("passphrase_phone", phone)
    return person


def ask_code(*, phone: str, address: str, at: datetime, new_name: str = "", new_passphrase: str = "") -> None:
    """Send a code to the phone, if it has an account, or if `new_name` wants one.

    Nothing tells the caller whether it has one.
    """
    count_try("ask_code_address", address, at=at)
    count_try("ask_code_phone", phone, at=at)
    person = Person.objects.filter(phone=phone).first()
    if (person is None and not new_name) or (person is not None and not person.is_active):
        return
    code = _renew_code(phone, at=at, new_name=new_name, new_passphrase=new_passphrase)
    try:
        code_channel().send(phone=phone, code=code, at=at)
    except OSError as problem:
        raise UnableToSendCode(
            _("Kode belum bisa dikirim sekarang. Coba lagi sebentar, atau minta tolong kader desa Anda.")
        ) from problem


def use_code(*, phone: str, code: str, address: str, at: datetime) -> Person:
    """Sign in by the code; of ten people who send the right code at once one succeeds.

    Who asked for it in order to join gets her account here. Raises UnableToSignIn or UnableToTryNow.
    """
    count_try("code_address", address, at=at)
    count_try("code_phone", phone, at=at)
    open_codes = LoginCode.objects.filter(phone=phone, used_at__isnull=True, expires_at__gt=at)
    # The try is counted before the code is compared, in a write of its own that no refusal takes back.
    counted = open_codes.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    if not counted:
        if open_codes.exists():
            raise UnableToSignIn(_("Kode ini sudah terlalu sering salah. Minta kode baru."), field="code")
        raise UnableToSignIn(_wrong_code(), field="code")
    with transaction.atomic():
        row = LoginCode.objects.select_for_update().get(phone=phone)
        is_right = row.used_at is None and hmac.compare_digest(row.code_hash, _code_hash(phone, code))
        if is_right:
            row.used_at = at
            row.save(update_fields=["used_at"])
            person = _person_of_code(row, at=at)
    if not is_right:
        raise UnableToSignIn(_wrong_code(), field="code")
    forgive_try("code_address", address)
    forget_tries("code_phone", phone)
    forget_tries("passphrase_phone", phone)
    return person


@transaction.atomic
def make_code_for_helper(*, person: Person, by: Person, at: datetime) -> str:
    """A fresh code of the person, read out to her by the kader or officer who sits beside her."""
    if not may_help(by, person) or not person.is_active:
        raise UnableToSendCode(_("Anda tidak bisa membuat kode untuk orang ini."))
    code = _renew_code(person.phone, at=at)
    record_deed(
        deed="show_login_code",
        subject=person,
        by=by,
        at=at,
        for_name=person.name,
        area_code=person.home_area_id or "",
    )
    if person.phone_verified_at is not None:
        announce(AccountHelped(person=person, by=by, at=at, occasion=f"code:{person.pk}:{at.isoformat()}"))
    return code


def _renew_code(phone: str, *, at: datetime, new_name: str = "", new_passphrase: str = "") -> str:
    code = f"{secrets.randbelow(1_000_000):06}"
    LoginCode.objects.update_or_create(
        phone=phone,
        defaults={
            "code_hash": _code_hash(phone, code),
            "asked_at": at,
            "expires_at": at + CODE_LIFE,
            "tries": 0,
            "used_at": None,
            "new_name": new_name,
            "new_password": make_password(new_passphrase) if new_passphrase else "",
        },
    )
    return code


def _code_hash(phone: str, code: str) -> str:
    # Six digits are found in a moment from a plain hash: the key of the server makes it worthless to a thief.
    return salted_hmac("etoko.people.code", f"{phone}:{code}", algorithm="sha256").hexdigest()


def _person_of_code(row: LoginCode, *, at: datetime) -> Person:
    person = Person.objects.select_for_update().filter(phone=row.phone).first()
    if person is None:
        return join_by_code(phone=row.phone, name=row.new_name, password=row.new_password, at=at)
    if not person.is_active:
        raise UnableToSignIn(_wrong_code(), field="code")
    return verify_phone(person=person, at=at)


def _wrong_code() -> str:
    return _("Kode tidak cocok atau sudah lewat 10 menit. Periksa lagi, atau minta kode baru.")
