"""Somebody may speak for an organisation, by a decree and for a time; and hands over when it is over."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day
from etoko.foundation.effects import announce
from etoko.foundation.problems import UnableTo
from etoko.notices.operations import send_notice
from etoko.partners.access import Keeping
from etoko.partners.facts import MandateHandedOver
from etoko.partners.hanging import hanging_on
from etoko.partners.models import Mandate, Organisation
from etoko.people.models import Person

LONGEST_GUEST_DAYS = 366


class UnableToMandate(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class MandateFacts:
    kind: str
    role: str
    decree_number: str
    starts_on: date
    ends_on: date | None
    """The last day; None: until further notice."""


@transaction.atomic
def give_mandate(*, keeping: Keeping, person: Person, facts: MandateFacts, at: datetime) -> Mandate:
    """Raises UnableToMandate; then nothing has changed."""
    _check(keeping, person, facts)
    # Two who give the same mandate at once: the second waits here and then sees the first.
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=keeping.organisation.pk)
    held = Mandate.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=facts.starts_on),
        organisation=organisation,
        person=person,
        ended_at__isnull=True,
    )
    if facts.ends_on is not None:
        held = held.filter(starts_on__lte=facts.ends_on)
    if held.exists():
        raise UnableToMandate(
            _("%(name)s sudah memegang mandat di sini pada waktu itu.") % {"name": person.name}, field="phone"
        )
    mandate = Mandate.objects.create(
        organisation=organisation,
        person=person,
        kind=facts.kind,
        role=facts.role.strip(),
        decree_number=facts.decree_number.strip(),
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        granted_by=keeping.person,
        granted_at=at,
    )
    record_deed(
        deed="give_mandate",
        subject=person,
        by=keeping.person,
        for_name=keeping.for_name,
        at=at,
        area_code=organisation.area_id,
        changes={
            "organisation": ("", keeping.organisation.title),
            "mandate_kind": ("", facts.kind),
            "mandate_role": ("", mandate.role),
            "decree_number": ("", mandate.decree_number),
            "starts_on": (None, facts.starts_on),
            "ends_on": (None, facts.ends_on),
        },
    )
    _tell(mandate, keeping, at)
    return mandate


@transaction.atomic
def end_mandate(
    *, keeping: Keeping, mandate: Mandate, successor: Mandate | None = None, reason: str = "", at: datetime
) -> Mandate:
    """It gives nothing from now on, and what hangs on it goes to the successor: without one it cannot end as
    long as something hangs on it. One that has run out by itself is handed over the same way."""
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("person").get(pk=mandate.pk)
    today = timezone.localdate(at)
    has_run_out = mandate.ended_at is not None or (mandate.ends_on is not None and mandate.ends_on < today)
    hangs = hanging_on([mandate])[mandate.pk]
    if has_run_out and not hangs:
        raise UnableToMandate(_("Mandat ini sudah berakhir."))
    if hangs and successor is None:
        raise UnableToMandate(
            _("Masih ada yang dipegang mandat ini (%d). Pilih penggantinya dulu.") % len(hangs),
            field="successor",
        )
    if successor is not None and not _may_follow(successor, mandate, today):
        raise UnableToMandate(
            _("Penggantinya harus memegang mandat yang berlaku di mitra yang sama."), field="successor"
        )
    if mandate.ended_at is None:
        mandate.ended_at, mandate.end_reason = at, reason.strip()
    mandate.successor = successor
    mandate.save(update_fields=["ended_at", "end_reason", "successor"])
    record_deed(
        deed="end_mandate",
        subject=mandate.person,
        by=keeping.person,
        for_name=keeping.for_name,
        at=at,
        area_code=keeping.organisation.area_id,
        changes={
            "organisation": (keeping.organisation.title, None),
            "mandate_role": (mandate.role, None),
            "successor": (None, successor.person.name if successor else None),
        },
        reason=reason.strip(),
    )
    if successor is not None:
        announce(MandateHandedOver(mandate.pk, successor.pk, keeping.person.pk, at))
    return mandate


def _check(keeping: Keeping, person: Person, facts: MandateFacts) -> None:
    if person == keeping.person:
        raise UnableToMandate(_("Mandat untuk diri sendiri diberikan oleh orang lain."), field="phone")
    if not person.is_active:
        raise UnableToMandate(_("Akun ini sudah ditutup."), field="phone")
    if facts.kind not in dict(Mandate.KINDS):
        raise UnableToMandate(_("Pilih jenis mandatnya."), field="kind")
    if not facts.role.strip():
        raise UnableToMandate(_("Tulis jabatannya."), field="role")
    if facts.kind != Mandate.GUEST and not facts.decree_number.strip():
        raise UnableToMandate(_("Tulis nomor SK, surat tugas, atau berita acaranya."), field="decree_number")
    if facts.kind == Mandate.GUEST and facts.ends_on is None:
        raise UnableToMandate(_("Mandat tamu punya hari terakhir. Pilih harinya."), field="ends_on")
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise UnableToMandate(_("Hari terakhir harus sesudah hari pertama."), field="ends_on")
    if (
        facts.kind == Mandate.GUEST
        and facts.ends_on is not None
        and (facts.ends_on - facts.starts_on).days > LONGEST_GUEST_DAYS
    ):
        raise UnableToMandate(_("Mandat tamu paling lama satu tahun."), field="ends_on")


def _may_follow(successor: Mandate, mandate: Mandate, today: date) -> bool:
    return (
        successor.pk != mandate.pk
        and successor.organisation_id == mandate.organisation_id
        and successor.ended_at is None
        and successor.starts_on <= today
        and (successor.ends_on is None or successor.ends_on >= today)
    )


def _tell(mandate: Mandate, keeping: Keeping, at: datetime) -> None:
    path = "/bertindak-sebagai/"
    title = _("Anda kini wakil %(name)s") % {"name": keeping.organisation.title}
    until = _(" sampai %s") % show_day(mandate.ends_on) if mandate.ends_on else ""
    text = _("%(title)s sebagai %(role)s, mulai %(start)s%(until)s. Lihat di sini: %(link)s")
    send_notice(
        key=f"mandate:{mandate.pk}",
        kind="mandate",
        title=title,
        text=text
        % {
            "title": title,
            "role": mandate.role,
            "start": show_day(mandate.starts_on),
            "until": until,
            "link": whole_address(path),
        },
        at=at,
        recipient=mandate.person,
        path=path,
        area_code=keeping.organisation.area_id,
    )
