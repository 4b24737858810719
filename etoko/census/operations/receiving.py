from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from etoko.audit.models import AuditEntry
from etoko.audit.operations import record_deed
from etoko.census.facts import differing_facts, facts_of, fresh
from etoko.census.models import Sheet, SheetPhoto
from etoko.census.operations.writing import write_facts
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import ACTIVE, CLOSED, Business
from etoko.registry.operations.registering import register_business
from etoko.registry.operations.verifying import ask_correction, reopen_verification, verify_business
from etoko.registry.states import NEEDS_CORRECTION, VERIFIED


class UnableToReceive(UnableTo):
    pass


@dataclass(frozen=True)
class Difference:
    field: str
    now: str
    mine: str
    by: str
    """Who wrote what stands there now; empty when the trace does not say."""
    at: datetime | None


class ChangedMeanwhile(UnableToReceive):
    """Somebody else changed the same facts to something else. Nothing was written."""

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__(_("Data ini diubah orang lain sesudah Anda mengambil daftar. Pilih yang benar."))
        self.differences = differences


@dataclass(frozen=True)
class Filled:
    """A sheet as it was filled in and read: clean, but not yet compared with the register."""

    key: str
    digest: str
    origin: str
    business: Business | None
    """None: a new one."""
    area: Area
    facts: Mapping[str, str]
    seen: Mapping[str, str]
    """The facts as they stood when the phone took the list, or the page was opened."""
    filled_at: datetime
    how: str = ""
    """How the owner agreed to what is shown."""
    consent_version: str = ""
    moved_to: str = ""
    is_right: bool = False
    """She was there and says that it is so."""
    is_another: bool = False
    """She has seen the businesses that look alike."""
    accuracy_m: int | None = None
    photos: Sequence[str] = ()
    """SHA-256 of those that will follow."""


@transaction.atomic
def receive_sheet(*, filled: Filled, by: Person, is_verifier: bool, at: datetime) -> Sheet:
    """Take a sheet over into the register, wholly or not at all; the same one again is answered alike.

    A later version of a sheet that has arrived (the answer was lost, and she wrote on) is compared with how
    that sheet left the business. Raises ChangedMeanwhile, `registering.MaybeTheSame`, or what a door of the
    register refuses.
    """
    # One sheet of a person after the other: two tabs, or an impatient retry, send the same one at once.
    Person.objects.select_for_update().only("pk").get(pk=by.pk)
    known = Sheet.objects.filter(person=by, key=filled.key).select_related("business").first()
    if known and known.digest == filled.digest:
        return known
    business, kind, left = filled.business, Sheet.VISIT, {}
    if known:
        business, left = known.business, known.left
    elif business is None:
        kind = Sheet.NEW
        business = _register(filled, by=by, at=at)
        left = {field: mark_of(fact) for field, fact in facts_of(fresh(business)).items()}
    changed = _take_over(business, filled, left, by=by, is_verifier=is_verifier, at=at)
    business = _judge(fresh(business), filled, by=by, is_verifier=is_verifier, at=at)
    if filled.moved_to:
        kind = Sheet.MOVED
    elif business.status == CLOSED:
        kind = Sheet.CLOSED
    return _keep(known, business, filled, known.kind if known else kind, changed, by=by, at=at)


def mark_of(fact: str) -> str:
    """By which a fact is known again without being kept here too: whoever is forgotten in the register must
    not stand in its receipts."""
    return salted_hmac("census", fact, algorithm="sha256").hexdigest()[:24]


def _register(filled: Filled, *, by: Person, at: datetime) -> Business:
    facts = filled.facts
    return register_business(
        name=facts["name"],
        area=filled.area,
        owner_name=facts["owner_name"],
        phone=facts["phone"],
        kind=facts["kind"],
        products_text=facts["products_text"],
        by=by,
        at=at,
        is_another=filled.is_another,
    )


def _take_over(
    business: Business,
    filled: Filled,
    left: Mapping[str, str],
    *,
    by: Person,
    is_verifier: bool,
    at: datetime,
) -> list[str]:
    Business.objects.select_for_update().only("pk").get(pk=business.pk)
    standing = fresh(business)
    now = facts_of(standing)
    # What stands as this very sheet left it, nobody has touched since: that counts as seen.
    seen = {**filled.seen, **{field: now[field] for field in left if mark_of(now[field]) == left[field]}}
    changed, disputed = differing_facts(mine=filled.facts, seen=seen, now=now)
    if disputed:
        writers = _writers(business, disputed)
        raise ChangedMeanwhile(
            [
                Difference(field, now[field], filled.facts[field], *writers.get(field, ("", None)))
                for field in disputed
            ]
        )
    write_facts(
        business=standing,
        facts={field: filled.facts[field] for field in changed},
        how=filled.how,
        text_version=filled.consent_version,
        by=by,
        is_verifier=is_verifier,
        at=at,
    )
    return changed


def _judge(business: Business, filled: Filled, *, by: Person, is_verifier: bool, at: datetime) -> Business:
    """What the visit says of the record as a whole: it is so, or the business has gone elsewhere."""
    if not is_verifier:
        return business
    if filled.moved_to:
        if business.verification == NEEDS_CORRECTION:
            business = reopen_verification(business=business, by=by, at=at)
        reason = _("Pindah dari desa ini: %(where)s") % {"where": filled.moved_to}
        return ask_correction(business=business, reason=reason, by=by, at=at)
    if filled.is_right and business.status == ACTIVE and business.verification != VERIFIED:
        return verify_business(business=business, shown=None, how="", by=by, at=at)
    return business


def _keep(
    known: Sheet | None,
    business: Business,
    filled: Filled,
    kind: str,
    changed: list[str],
    *,
    by: Person,
    at: datetime,
) -> Sheet:
    sheet = known or Sheet(person=by, key=filled.key, business=business, kind=kind, origin=filled.origin)
    sheet.digest, sheet.filled_at, sheet.received_at = filled.digest, filled.filled_at, at
    sheet.left = {field: mark_of(fact) for field, fact in facts_of(fresh(business)).items()}
    sheet.changed = [*sheet.changed, *(field for field in changed if field not in sheet.changed)]
    sheet.accuracy_m = filled.accuracy_m
    sheet.consent_version = filled.consent_version if "shown" in changed else sheet.consent_version
    sheet.save()
    there = set(sheet.photos.values_list("sha256", flat=True))
    SheetPhoto.objects.bulk_create(
        SheetPhoto(sheet=sheet, sha256=one, position=place)
        for place, one in enumerate(dict.fromkeys(filled.photos))
        if one not in there
    )
    record_deed(
        deed="visit_business",
        subject=business,
        by=by,
        at=at,
        for_name=business.name,
        area_code=business.area_id,
        changes={},
    )
    return sheet


def _writers(business: Business, fields: Collection[str]) -> dict[str, tuple[str, datetime]]:
    """Who last wrote these facts, as the traces of the register say."""
    found: dict[str, tuple[str, datetime]] = {}
    entries = AuditEntry.objects.filter(
        subject_type=Business._meta.label, subject_id=str(business.pk)
    ).order_by("-at", "-pk")[:50]
    for entry in entries:
        for field in fields:
            if field not in found and _traced_as(field) & set(entry.changes):
                found[field] = (entry.by_name, entry.at)
    return found


def _traced_as(field: str) -> set[str]:
    named = {
        "owner_name": {"owners", "owner"},
        "phone": {"phones"},
        "position": {"latitude", "longitude"},
        "kbli": {"kbli_code", "kbli_edition"},
        "shown": {"consents"},
    }
    _licence, _line, part = field.partition("_")
    return {part} if part in ("status", "number") else named.get(field, {field})
