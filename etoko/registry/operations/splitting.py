"""One record that is really two businesses."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.merging import relations, rows_of, rule_of
from etoko.registry.models import Business, BusinessRole, Owner, PublicConsent
from etoko.registry.names import business_search_name
from etoko.registry.operations.listing import refresh_directory

_COPIED = ("area_id", "street", "rt", "rw", "landmark", "latitude", "longitude", "kind", "legal_form")


class UnableToSplit(UnableTo):
    pass


def part_key(key: str, pk: object) -> str:
    return f"{key}:{pk}"


@transaction.atomic
def split_business(
    *, business: Business, name: str, parts: Collection[str], by: Person, at: datetime, reason: str = ""
) -> Business:
    """A second business at the same place takes over the chosen rows (`part_key`), each as its rule allows.

    Without an owner among them it belongs to the same people: they, their right to act and what they agreed
    to show are written for it too. It is looked at by a verifier like any new one. Merging the two again
    takes the split back. Raises UnableToSplit; then nothing changed.
    """
    locked = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if locked.merged_into_id:
        raise UnableToSplit(_("Catatan ini sudah digabung dengan yang lain. Urungkan penggabungannya dulu."))
    if business_search_name(name) == locked.search_name:
        raise UnableToSplit(_("Beri nama yang lain, supaya kedua usaha bisa dibedakan."), field="name")
    chosen = _chosen(locked, parts)
    if not chosen:
        raise UnableToSplit(_("Pilih paling sedikit satu yang menjadi milik usaha baru."), field="parts")
    if len(chosen.get("registry.Owner.business", ())) == locked.owners.count() > 0:
        raise UnableToSplit(
            _("Sisakan satu pemilik di usaha ini. Kalau pemiliknya sama, jangan pilih pemilik."),
            field="parts",
        )
    new = Business.objects.create(
        name=name,
        search_name=business_search_name(name),
        split_from=locked,
        **{field: getattr(locked, field) for field in _COPIED},
    )
    if "registry.Owner.business" not in chosen:
        _same_people(locked, new, at)
    _same_consents(locked, new, by, at)
    for key, pks in chosen.items():
        rows_of(key, locked.pk).filter(pk__in=pks).update(**{relations()[key].field.attname: new.pk})
    refresh_directory(business_ids=[locked.pk, new.pk])
    for subject, deed, beside in ((locked, "split_business", new), (new, "begin_by_split", locked)):
        record_deed(
            deed=deed, subject=subject, by=by, at=at, area_code=subject.area_id,
            changes={"parts": ("", _words(chosen, new))} if subject is new else {},
            reason=f"{beside.name} ({beside.public_id})" + (f": {reason}" if reason else ""),
        )  # fmt: skip
    return new


def _chosen(business: Business, parts: Collection[str]) -> dict[str, list[int]]:
    """The chosen rows that are really this record's and may be parted from it."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        key, _colon, pk = part.rpartition(":")
        wanted[key].add(pk)
    chosen = {}
    for key in relations():
        if key in wanted and rule_of(key).told:
            pks = [
                pk for pk in rows_of(key, business.pk).values_list("pk", flat=True) if str(pk) in wanted[key]
            ]
            if pks:
                chosen[key] = pks
    return chosen


def _same_people(business: Business, new: Business, at: datetime) -> None:
    Owner.objects.bulk_create(
        Owner(
            business=new, person_id=one.person_id, name=one.name, search_name=one.search_name,
            gender=one.gender, nik_sealed=one.nik_sealed, nik_hash=one.nik_hash,
        )
        for one in business.owners.order_by("pk")
    )  # fmt: skip
    today = timezone.localdate(at)
    BusinessRole.objects.bulk_create(
        BusinessRole(business=new, person_id=person_id, role=BusinessRole.OWNER, starts_on=today)
        for person_id in business.roles.filter(role=BusinessRole.OWNER, ends_on__isnull=True)
        .values_list("person_id", flat=True)
        .distinct()
    )


def _same_consents(business: Business, new: Business, by: Person, at: datetime) -> None:
    PublicConsent.objects.bulk_create(
        PublicConsent(
            business=new,
            what=row.what,
            given_at=row.given_at,
            how=row.how,
            text_version=row.text_version,
            recorded_by=by,
        )
        for row in business.consents.filter(withdrawn_at__isnull=True)
    )


def _words(chosen: dict[str, list[int]], new: Business) -> list[str]:
    told = []
    for key, pks in chosen.items():
        rule = rule_of(key)
        if rule.told:
            told += [f"{rule.name}: {rule.told(row)}" for row in rows_of(key, new.pk).filter(pk__in=pks)]
    return told
