"""Two records that are one business become one, and can become two again."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.merging import Rows, relations, rows_of, rule_of
from etoko.registry.models import CLOSED, UNKNOWN, Business, DuplicateSuspicion, Merge, PublicConsent
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.states import REGISTRAR, SAME, SUSPICION_FLOW

_NOT_FILLED = frozenset(
    "id public_id name search_name area_id verification verification_reason verified_at verified_by_id status"
    " listing closed_on closed_reason merged_into_id split_from_id created_at updated_at".split()
)
_BESIDE = (("latitude", "longitude"), ("kbli_edition", "kbli_code"))
"""What means something only together is taken over together."""


class UnableToMerge(UnableTo):
    pass


def mergeable_problem(*, kept: Business, other: Business) -> str:
    """Why these two cannot be one now, as a sentence; "" when they can."""
    if kept.pk == other.pk:
        return _("Ini catatan yang sama. Pilih catatan lain.")
    for business in (kept, other):
        if business.merged_into_id:
            return _("“%(name)s” sudah digabung dengan catatan lain. Muat ulang halaman.") % {
                "name": business.name
            }
    for key in relations():
        refuse = rule_of(key).refuse
        if refuse and (problem := refuse(rows_of(key, other.pk), rows_of(key, kept.pk))):
            return problem
    return ""


def would_fill(kept: Business, other: Business) -> dict[str, list[Any]]:
    """{field: [before, after]} of what `kept` would take over: what it does not know, and the other does."""
    filled: dict[str, list[Any]] = {}
    together = {name: names for names in _BESIDE for name in names}
    for field in Business._meta.concrete_fields:
        name = field.attname
        if name in _NOT_FILLED:
            continue
        before, after = getattr(kept, name), getattr(other, name)
        beside = all(_is_unknown(getattr(kept, one)) for one in together.get(name, (name,)))
        if beside and not _is_unknown(after):
            filled[name] = [_plain(before), _plain(after)]
    if other.area_id.startswith(f"{kept.area_id}."):  # the village, where only something wider was known
        filled["area_id"] = [kept.area_id, other.area_id]
    return filled


@transaction.atomic
def merge_businesses(
    *,
    kept: Business,
    other: Business,
    by: Person | None,
    at: datetime,
    reason: str = "",
    suspicion: DuplicateSuspicion | None = None,
) -> Merge:
    """`other` becomes a part of `kept`, which takes over what it does not know itself and everything that
    hangs on the other: owners, phones, licences, roles, the shop with its orders, whatever a rule in
    `merging` moves. What has a twin stays where it is. Raises UnableToMerge; then nothing changed."""
    kept, other = _locked(kept, other)
    problem = mergeable_problem(kept=kept, other=other)
    if problem:
        raise UnableToMerge(problem)
    merge = Merge(
        kept=kept, other=other, suspicion=suspicion, reason=reason[:200], other_status=other.status,
        merged_at=at, merged_by=by,
    )  # fmt: skip
    merge.filled = _fill(kept, other)
    merge.withdrawn = _withdraw_what_was_withdrawn(kept, other, at)
    merge.moved = {
        key: pks for key in relations() if (pks := _move(key, other.pk, kept.pk, rule_of(key).choose))
    }
    other.status, other.merged_into = CLOSED, kept
    other.save(update_fields=["status", "merged_into", "updated_at"])
    merge.save()
    _finish(merge, "merge_businesses", "absorb_business", by=by, at=at, changes=merge.filled)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Person, at: datetime) -> Merge:
    """They are two after all: each row goes back to where it was, wherever it still hangs on the kept one;
    what was added since stays there. A field that somebody changed since is left as it is."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise UnableToMerge(_("Penggabungan ini sudah diurungkan."))
    kept, other = _locked(merge.kept, merge.other)
    if kept.merged_into_id:
        raise UnableToMerge(
            _("“%(name)s” sendiri sudah digabung dengan catatan lain. Urungkan penggabungan itu dulu.")
            % {"name": kept.name}
        )
    changes = _empty_again(kept, merge.filled)
    for key, pks in merge.moved.items():
        _hang(key, rows_of(key, kept.pk).filter(pk__in=pks), other.pk)
    given_anew = kept.consents.filter(withdrawn_at__isnull=True).values("what")
    kept.consents.filter(pk__in=merge.withdrawn, withdrawn_at=merge.merged_at).exclude(
        what__in=given_anew
    ).update(withdrawn_at=None)
    other.status, other.merged_into = merge.other_status, None
    other.save(update_fields=["status", "merged_into", "updated_at"])
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    if merge.suspicion and merge.suspicion.state == SAME:
        SUSPICION_FLOW.make_move(merge.suspicion, "open_again", parties=(REGISTRAR,), within="undo_merge")
    _finish(merge, "undo_merge", "release_business", by=by, at=at, changes=changes)
    return merge


def _locked(kept: Business, other: Business) -> tuple[Business, Business]:
    """In the order of their keys: two who merge the same pair crosswise would wait for each other for
    ever."""
    rows = Business.objects.select_for_update(of=("self",)).filter(pk__in=(kept.pk, other.pk)).order_by("pk")
    both = {business.pk: business for business in rows}
    return both[kept.pk], both[other.pk]


def _fill(kept: Business, other: Business) -> dict[str, list[Any]]:
    filled = would_fill(kept, other)
    for name in filled:
        setattr(kept, name, getattr(other, name))
    kept.save()
    return filled


def _empty_again(kept: Business, filled: dict[str, list[Any]]) -> dict[str, list[Any]]:
    changes = {}
    for name, (before, after) in filled.items():
        if _plain(getattr(kept, name)) == after:
            setattr(kept, name, before)
            changes[name] = [after, before]
    kept.save()
    return changes


def _withdraw_what_was_withdrawn(kept: Business, other: Business, at: datetime) -> list[int]:
    """It is one business: what its owner withdrew on one record, after she gave it on the other, is
    withdrawn."""
    still_given = set(other.consents.filter(withdrawn_at__isnull=True).values_list("what", flat=True))
    ended: dict[str, datetime] = {}
    for what, moment in other.consents.filter(withdrawn_at__isnull=False).values_list("what", "withdrawn_at"):
        if what not in still_given and moment is not None:
            ended[what] = max(moment, ended.get(what, moment))
    gone = [
        row
        for row in kept.consents.filter(withdrawn_at__isnull=True)
        if row.what in ended and ended[row.what] > row.given_at
    ]
    PublicConsent.objects.filter(pk__in=[row.pk for row in gone]).update(withdrawn_at=at)
    return [row.pk for row in gone]


def _move(key: str, from_id: int, to_id: int, choose: Any) -> list[Any]:
    chosen = choose(rows_of(key, from_id), rows_of(key, to_id))
    pks = list(chosen.order_by("pk").values_list("pk", flat=True))
    _hang(key, rows_of(key, from_id).filter(pk__in=pks), to_id)
    return pks


def _hang(key: str, rows: Rows, business_id: int) -> None:
    rows.update(**{relations()[key].field.attname: business_id})


def _finish(
    merge: Merge,
    deed: str,
    other_deed: str,
    *,
    by: Person | None,
    at: datetime,
    changes: dict[str, list[Any]],
) -> None:
    kept, other = merge.kept, merge.other
    refresh_directory(business_ids=[kept.pk, other.pk])
    words = {name.removesuffix("_id"): (before, after) for name, (before, after) in changes.items()}
    for subject, its_deed, beside in ((kept, deed, other), (other, other_deed, kept)):
        record_deed(
            deed=its_deed,
            subject=subject,
            by=by,
            at=at,
            area_code=subject.area_id,
            changes=words if subject is kept else {},
            reason=_("%(name)s (%(id)s)") % {"name": beside.name, "id": beside.public_id}
            + (f": {merge.reason}" if merge.reason else ""),
        )


def _is_unknown(value: Any) -> bool:
    return value in ("", None, UNKNOWN)


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case models.Model():
            return value.pk
    return value
