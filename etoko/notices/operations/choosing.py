"""How somebody wants to be told: by which ways, when not, at which mail address, on which devices."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from etoko.audit.operations import record_deed
from etoko.foundation.addresses import whole_address
from etoko.foundation.ids import secret_hash
from etoko.foundation.problems import UnableTo
from etoko.notices.hours import QUIET_FROM, QUIET_UNTIL
from etoko.notices.models import PushDevice, Reach, WhatsAppContact
from etoko.people.models import Person
from etoko.people.operations.limiting import count_try

PROOF_LIFE = timedelta(days=3)
MOST_DEVICES = 10
_SALT = "etoko.notices.mail"


class UnableToChoose(UnableTo):
    pass


class UnableToProve(UnableTo):
    pass


@dataclass(frozen=True)
class Wishes:
    push: str
    mail: str
    whatsapp: str
    quiet_from: time | None
    quiet_until: time | None
    """Clock of Asia/Jakarta; both None: at any hour."""


@transaction.atomic
def choose_reach(*, person: Person, wishes: Wishes, at: datetime) -> Reach:
    """From the next notice on."""
    if wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until:
        raise UnableToChoose(_("Jam mulai dan selesainya sama. Pilih jam yang berbeda."), field="quiet_until")
    reach = _reach_of(person)
    before = _as_words(reach)
    for name in ("push", "mail", "whatsapp", "quiet_from", "quiet_until"):
        setattr(reach, name, getattr(wishes, name))
    reach.save()
    if wishes.whatsapp == Reach.WANTED and person.phone_verified_at:
        # She said BERHENTI once, and now otherwise.
        stopped = WhatsAppContact.objects.filter(phone=person.phone, stopped_at__isnull=False)
        stopped.update(stopped_at=None, word_at=at)
    after = _as_words(reach)
    _record("choose_reach", person, at, {name: (before[name], after[name]) for name in before})
    return reach


def ask_mail_proof(*, person: Person, mail: str, at: datetime) -> None:
    """Send a link to the address; until it is used nothing else is sent there.

    Raises UnableToTryNow when asked too often: the mails go to an address that is not proven.
    """
    count_try("mail_proof", str(person.pk), at=at)
    with transaction.atomic():
        reach = _reach_of(person)
        reach.mail_address, reach.mail_proved_at = mail, None
        reach.save()
        send_mail_proof.enqueue(person.pk, mail)
        _record("change_mail", person, at)


@transaction.atomic
def remove_mail(*, person: Person, at: datetime) -> None:
    if (
        Reach.objects.filter(person=person)
        .exclude(mail_address="")
        .update(mail_address="", mail_proved_at=None)
    ):
        _record("remove_mail", person, at)


@transaction.atomic
def prove_mail(*, token: str, at: datetime) -> Person:
    """The link that came by mail was opened and its button pressed. Twice is once."""
    person_id, mail = read_mail_proof(token)
    reach = (
        Reach.objects.select_for_update(of=("self",)).filter(person_id=person_id, mail_address=mail).first()
    )
    if reach is None:
        raise UnableToProve(_not_valid())
    if reach.mail_proved_at is None:
        reach.mail_proved_at = at
        reach.save(update_fields=["mail_proved_at"])
        _record("prove_mail", reach.person, at)
    return reach.person


def read_mail_proof(token: str) -> tuple[int, str]:
    try:
        person_id, mail = signing.loads(token, salt=_SALT, max_age=PROOF_LIFE)
    except signing.BadSignature as problem:
        raise UnableToProve(_not_valid()) from problem
    return int(person_id), str(mail)


def mail_proof(person_id: int, mail: str) -> str:
    return signing.dumps([person_id, mail], salt=_SALT)


@task()
def send_mail_proof(person_id: int, mail: str) -> None:
    """In the background: a mail server may take its time. What fails is tried again (`reaping.py`)."""
    from etoko.notices.channels import Later
    from etoko.notices.channels.mail import send_mail

    if not Reach.objects.filter(person_id=person_id, mail_address=mail, mail_proved_at__isnull=True).exists():
        return
    address = whole_address(reverse("notices:prove_mail", args=[mail_proof(person_id, mail)]))
    outcome = send_mail(
        to=mail,
        subject=_("Alamat surel untuk kabar e-Toko PKK"),
        text=_(
            "Seseorang meminta kabar e-Toko PKK dikirim ke alamat ini. Kalau itu Anda, buka tautan ini dan "
            "tekan tombolnya:\n\n%(address)s\n\nKalau bukan Anda, abaikan saja surel ini."
        )
        % {"address": address},
    )
    if isinstance(outcome, Later):
        raise OSError(outcome.reason)


@transaction.atomic
def add_push_device(
    *, person: Person, endpoint: str, p256dh: str, auth: str, name: str, at: datetime
) -> PushDevice:
    """The browser asked to be told. A browser belongs to whoever asked last: on a phone that is shared the
    news of the one before must not come any more."""
    if not _is_push_service(endpoint) or not _are_keys(p256dh, auth):
        raise UnableToChoose(_("Peramban ini memberi alamat yang tidak dikenali. Coba peramban lain."))
    reach = _reach_of(person)
    reach.push = Reach.WANTED
    reach.save()
    device, _is_new = PushDevice.objects.update_or_create(
        endpoint_hash=secret_hash(endpoint),
        defaults={
            "person": person,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "name": name[:60] or _("Perangkat ini"),
            "created_at": at,
        },
    )
    kept = person.push_devices.order_by("-created_at", "-id").values_list("pk", flat=True)[:MOST_DEVICES]
    person.push_devices.exclude(pk__in=list(kept)).delete()
    _record("add_push_device", person, at)
    return device


@transaction.atomic
def remove_push_device(*, person: Person, device_id: int, at: datetime) -> None:
    """Nothing happens when it is gone already."""
    if person.push_devices.filter(pk=device_id).delete()[0]:
        _record("remove_push_device", person, at)


def _reach_of(person: Person) -> Reach:
    Reach.objects.get_or_create(
        person=person, defaults={"quiet_from": QUIET_FROM, "quiet_until": QUIET_UNTIL}
    )
    return Reach.objects.select_for_update(of=("self",)).get(person=person)


def _is_push_service(endpoint: str) -> bool:
    """Only the services of the makers of browsers: the server must not be led to post to anybody else."""
    parts = urlsplit(endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    return len(endpoint) <= 1000 and any(fnmatchcase(origin, known) for known in settings.PUSH_SERVICES)


def _are_keys(p256dh: str, auth: str) -> bool:
    """A point of P-256 and 16 bytes (RFC 8291, 3)."""
    from cryptography.hazmat.primitives.asymmetric import ec  # see `channels/vapid.py`

    try:
        point = base64.urlsafe_b64decode(p256dh + "=" * (-len(p256dh) % 4))
        secret = base64.urlsafe_b64decode(auth + "=" * (-len(auth) % 4))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, binascii.Error):
        return False
    return len(secret) == 16 and len(p256dh) <= 120 and len(auth) <= 40


def _as_words(reach: Reach) -> dict[str, str]:
    hours = f"{reach.quiet_from:%H.%M}–{reach.quiet_until:%H.%M}" if reach.quiet_from else ""
    return {"push": reach.push, "mail": reach.mail, "whatsapp_news": reach.whatsapp, "quiet_hours": hours}


def _record(
    deed: str, person: Person, at: datetime, changes: dict[str, tuple[str, str]] | None = None
) -> None:
    record_deed(
        deed=deed,
        subject=person,
        by=person,
        at=at,
        area_code=person.home_area_id or "",
        changes=changes,
    )


def _not_valid() -> str:
    return _("Tautan ini tidak berlaku lagi. Minta yang baru di halaman “Cara dikabari”.")
