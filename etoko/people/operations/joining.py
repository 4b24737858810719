"""How people get an account: they join, a kader makes one, the first officer makes her own."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.access import may_help_in
from etoko.people.models import Person, PlaceRole
from etoko.people.operations.limiting import count_try
from etoko.people.roles import DISTRICT_OFFICER
from etoko.places.models import Area


class UnableToJoin(UnableTo):
    pass


def join(*, name: str, phone: str, passphrase: str, address: str, at: datetime) -> Person:
    """A new account whose phone is not proven yet. A number that has an account is never taken over.

    The refusal lets a patient asker learn that a number has an account; few refusals are given to one
    address, and none where codes reach the phone (there joining goes by code, see `channels.py`).
    """
    count_try("join_address", address, at=at)
    if not Person.objects.filter(phone=phone).exists():
        try:
            with transaction.atomic():
                person = Person.objects.create_user(phone, name, passphrase)
                record_deed(deed="join", subject=person, by=person, at=at)
        except IntegrityError:
            pass  # somebody was quicker with this number
        else:
            return person
    count_try("join_refused_address", address, at=at)
    raise UnableToJoin(
        _(
            "Akun baru tidak bisa dibuat dengan nomor ini. Kalau ini nomor Anda, masuk dengan kode, "
            "atau minta tautan dari kader desa Anda."
        ),
        field="phone",
    )


def join_by_code(*, phone: str, name: str, password: str, at: datetime) -> Person:
    """The code proved the phone; `password` is sealed already, or empty. In the transaction of the code."""
    person = Person.objects.create_user(phone, name, None, phone_verified_at=at)
    if password:
        person.password = password
        person.save(update_fields=["password"])
    record_deed(deed="join", subject=person, by=person, at=at)
    return person


def verify_phone(*, person: Person, at: datetime) -> Person:
    """Somebody proved that the phone is hers. In the transaction of the proof.

    Until now anybody may have joined with her number: what he set up to come in again is taken away,
    and with the passphrase his open sessions end.
    """
    if person.phone_verified_at is None:
        _take_away_keys(person)
        person.phone_verified_at = at
        person.save(update_fields=["password", "phone_verified_at"])
        record_deed(
            deed="verify_phone", subject=person, by=person, at=at, area_code=person.home_area_id or ""
        )
    return person


@transaction.atomic
def ensure_person(*, phone: str, name: str, home_area: Area | None, by: Person, at: datetime) -> Person:
    """The account with this phone (canonical: `read_phone`), made if there is none.

    A verified account stays as it is. One that somebody made alone and never proved is cleared of his
    passphrase and comes under the place, or the rights now given to it would be his.
    """
    person = Person.objects.select_for_update().filter(phone=phone).first()
    if person is None:
        person = Person.objects.create_user(phone, name[:200], None, home_area=home_area)
        record_deed(
            deed="create_person",
            subject=person,
            by=by,
            at=at,
            for_name=person.name,
            area_code=_code(home_area),
        )
        return person
    if person.closed_at is not None:
        raise UnableToJoin(_("Akun dengan nomor ini sudah ditutup. Pakai nomor lain."), field="phone")
    if person.phone_verified_at is None and person.has_usable_password():
        before = person.home_area_id
        _take_away_keys(person)
        if person.home_area_id is None and may_help_in(by, _code(home_area)):
            person.home_area = home_area
        person.save(update_fields=["password", "home_area"])
        record_deed(
            deed="claim_unproven_account",
            subject=person,
            by=by,
            at=at,
            for_name=person.name,
            area_code=_code(home_area),
            changes={"home_area": (before, person.home_area_id)},
        )
    return person


@transaction.atomic
def create_first_officer(
    *, phone: str, name: str, passphrase: str, area: Area | None, at: datetime
) -> Person:
    """Who sets up an empty installation: may do everything, and is officer of the sub-district it serves."""
    if Person.objects.filter(is_superuser=True).exists():
        raise UnableToJoin(_("Sudah ada petugas pertama. Peran lain diberikan lewat halaman Peran."))
    if Person.objects.filter(phone=phone).exists():
        raise UnableToJoin(_("Nomor ini sudah punya akun."), field="phone")
    person = Person.objects.create_superuser(phone, name, passphrase, home_area=area, phone_verified_at=at)
    if area is not None:
        PlaceRole.objects.create(person=person, area=area, role=DISTRICT_OFFICER, starts_on=at.date())
    record_deed(deed="create_first_officer", subject=person, by=None, at=at, area_code=_code(area))
    return person


def _take_away_keys(person: Person) -> None:
    person.set_unusable_password()
    person.passkeys.all().delete()


def _code(area: Area | None) -> str:
    return area.pk if area else ""
