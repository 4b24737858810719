from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.people.models import Person
from etoko.registry.models import UNKNOWN, Owner, OwnerDetails
from etoko.registry.operations.editing import ChangedMeanwhile
from etoko.registry.sections import as_text, differing

FIELDS = (
    "born_on", "disability", "education", "home_street", "home_rt", "home_rw", "home_village",
    "home_district", "home_regency", "home_province",
)  # fmt: skip


@transaction.atomic
def set_owner_details(
    *,
    owner: Owner,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Person,
    at: datetime,
    for_name: str = "",
) -> OwnerDetails:
    """What is known of an owner beyond her name. The trace says which fields changed, never what they hold:
    it is read by more people than the details are. Raises ChangedMeanwhile."""
    Owner.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    details = OwnerDetails.objects.filter(owner=owner).first() or OwnerDetails(owner=owner)
    now = details_now(details)
    changed = differing(seen, now)
    if changed:
        raise ChangedMeanwhile(now, changed)
    before = {name: getattr(details, name) for name in FIELDS}
    for name in FIELDS:
        setattr(details, name, values[name])
    if any(before[name] != values[name] for name in FIELDS):
        details.save()
        record_deed(
            deed="set_owner_details",
            subject=owner.business,
            by=by,
            at=at,
            for_name=for_name,
            area_code=owner.business.area_id,
            changes={name: _told(before[name], values[name]) for name in FIELDS},
            reason=owner.name,
        )
    return details


def details_now(details: OwnerDetails | None) -> dict[str, str]:
    return {name: as_text(getattr(details or OwnerDetails(), name)) for name in FIELDS}


def _told(before: Any, after: Any) -> tuple[str, str]:
    if before == after:
        return "", ""
    was = "" if before in ("", None, UNKNOWN) else "known"
    return was, "" if after in ("", None, UNKNOWN) else "changed" if was else "filled"
