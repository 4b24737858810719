"""An account ends. Its row stays, for others point at it (who accepted an order, who verified a business),
but nobody is to be known by it any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import LoginCode, Person

NO_NAME = "Akun ditutup"


class UnableToClose(UnableTo):
    pass


def check_may_close(person: Person) -> None:
    """Raises UnableToClose where nobody would be left to run the installation."""
    others = Person.objects.filter(is_superuser=True, closed_at__isnull=True).exclude(pk=person.pk)
    if person.is_superuser and not others.exists():
        raise UnableToClose(_("Anda satu-satunya pengelola. Angkat pengelola lain lebih dulu."))


@transaction.atomic
def close_person(*, person: Person, at: datetime) -> None:
    """Ends roles and keys, and takes name and number out of the account. Every session ends with its
    passphrase. The number is free again: whoever has it may join anew."""
    check_may_close(person)
    phone = person.phone
    person.place_roles.filter(ended_at__isnull=True).update(ended_at=at)
    person.passkeys.all().delete()
    person.api_tokens.all().delete()
    person.activation_links.all().delete()
    LoginCode.objects.filter(phone=phone).delete()
    person.name, person.phone = NO_NAME, closed_number(person)
    person.phone_verified_at = person.home_area = person.last_login = None
    person.is_superuser, person.closed_at = False, at
    person.set_unusable_password()
    person.save()
    record_deed(deed="close_account", subject=person, by=person, at=at)


def closed_number(person: Person) -> str:
    """Stands where her number stood, and is nobody's."""
    return f"closed-{person.pk}"
