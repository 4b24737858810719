from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.people.models import Person
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.listing import refresh_directory

BY_SELF, BY_KADER, ON_PAPER = "self", "kader", "paper"


@transaction.atomic
def set_consents(
    *, business: Business, shown: Collection[str], how: str, by: Person, at: datetime, for_name: str = ""
) -> None:
    """What everybody may see from now on: gives what is new, withdraws what is not in `shown` any more.

    Nothing of the old rows is lost: a withdrawn consent keeps its days. Takes effect at once.
    """
    Business.objects.select_for_update().only("pk").get(pk=business.pk)
    in_force = {row.what: row for row in business.consents.filter(withdrawn_at__isnull=True)}
    for what, row in in_force.items():
        if what not in shown:
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
    PublicConsent.objects.bulk_create(
        PublicConsent(business=business, what=what, given_at=at, how=how, recorded_by=by)
        for what, _label in PublicConsent.WHAT
        if what in shown and what not in in_force
    )
    if set(in_force) == set(shown):
        return
    refresh_directory(business_ids=[business.pk])
    record_deed(
        deed="set_consents",
        subject=business,
        by=by,
        at=at,
        for_name=for_name,
        area_code=business.area_id,
        changes={"consents": (sorted(in_force), sorted(shown))},
        reason=how,
    )
