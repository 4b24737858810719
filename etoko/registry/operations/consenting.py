from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.consent_texts import is_outgrown, text_now, text_of
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.listing import refresh_directory

BY_SELF, BY_KADER, ON_PAPER = "self", "kader", "paper"


class UnableToConsent(UnableTo):
    pass


@transaction.atomic
def set_consents(
    *,
    business: Business,
    shown: Collection[str],
    how: str,
    by: Person,
    at: datetime,
    for_name: str = "",
    text_version: str = "",
) -> None:
    """What everybody may see from now on: gives what is new, withdraws what is not in `shown` any more.

    `text_version` is the text that was read to her, empty for the one of now. What she agreed to before stays
    as it was, unless this text says more: then it is agreed to anew. Nothing of the old rows is lost: a
    consent that ended keeps its days and its text. Takes effect at once. Raises UnableToConsent for an
    unknown text.
    """
    text = text_of(text_version) if text_version else text_now()
    if text is None:
        raise UnableToConsent(_("Teks persetujuan ini tidak dikenal. Buka lagi halamannya, lalu simpan."))
    Business.objects.select_for_update().only("pk").get(pk=business.pk)
    before = {row.what: row for row in business.consents.filter(withdrawn_at__isnull=True)}
    in_force = dict(before)
    for what, row in before.items():
        if what not in shown or _says_more(text.version, row):
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
            del in_force[what]
    given = [what for what in text.purposes if what in shown and what not in in_force]
    PublicConsent.objects.bulk_create(
        PublicConsent(
            business=business, what=what, given_at=at, how=how, text_version=text.version, recorded_by=by
        )
        for what in given
    )
    changes: dict[str, Any] = {}
    if set(before) != set(shown):
        changes["consents"] = (sorted(before), sorted(shown))
        refresh_directory(business_ids=[business.pk])
    if replaced := sorted({before[what].text_version for what in given if what in before}):
        changes["consent_text"] = (replaced, text.version)
    if not changes:
        return
    record_deed(
        deed="set_consents",
        subject=business,
        by=by,
        at=at,
        for_name=for_name,
        area_code=business.area_id,
        changes=changes,
        reason=how,
    )


def _says_more(version: str, row: PublicConsent) -> bool:
    """Whether this text answers what she has to be asked anew; one that is as old as hers does not."""
    return is_outgrown(row.what, row.text_version) and not is_outgrown(row.what, version)
