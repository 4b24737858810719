from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.people.models import Person
from etoko.registry.models import Business
from etoko.registry.operations.consenting import set_consents
from etoko.registry.states import VERIFICATION_FLOW, VERIFIER


@transaction.atomic
def verify_business(
    *,
    business: Business,
    shown: Collection[str] | None,
    how: str,
    by: Person,
    at: datetime,
    text_version: str = "",
) -> Business:
    """It is as the record says. `shown`: what its owner agreed to show, asked at the same visit and told
    `how` (self, kader, paper) in the words of `text_version`; None leaves her consents as they are."""
    before = business.verification
    business = VERIFICATION_FLOW.make_move(business, "verify", parties=(VERIFIER,))
    business.verified_at, business.verified_by, business.verification_reason = at, by, ""
    business.save(update_fields=["verified_at", "verified_by", "verification_reason"])
    if shown is not None:
        set_consents(
            business=business,
            shown=shown,
            how=how,
            by=by,
            at=at,
            for_name=business.name,
            text_version=text_version,
        )
    _record("verify_business", business, before, by=by, at=at)
    return business


@transaction.atomic
def ask_correction(*, business: Business, reason: str, by: Person, at: datetime) -> Business:
    before = business.verification
    business = VERIFICATION_FLOW.make_move(business, "ask_correction", parties=(VERIFIER,), reason=reason)
    business.verification_reason = reason.strip()
    business.verified_at = business.verified_by = None
    business.save(update_fields=["verified_at", "verified_by", "verification_reason"])
    _record("ask_correction", business, before, by=by, at=at, reason=reason.strip())
    return business


@transaction.atomic
def reopen_verification(*, business: Business, by: Person, at: datetime) -> Business:
    """Back to the verifiers' list, to be looked at again."""
    before = business.verification
    business = VERIFICATION_FLOW.make_move(business, "reopen", parties=(VERIFIER,))
    business.verified_at = business.verified_by = None
    business.save(update_fields=["verified_at", "verified_by"])
    _record("reopen_verification", business, before, by=by, at=at)
    return business


def _record(
    deed: str, business: Business, before: str, *, by: Person, at: datetime, reason: str = ""
) -> None:
    record_deed(
        deed=deed,
        subject=business,
        by=by,
        at=at,
        area_code=business.area_id,
        changes={"verification": (before, business.verification)},
        reason=reason,
    )
