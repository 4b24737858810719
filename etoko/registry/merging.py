"""What becomes of the rows that hang on a business when two records are one, or one record is two.

Every foreign key to `Business`, of whatever room, has a rule here, or in `config/merging.py` for the rooms
above; `tests/test_merging_rules.py` walks through all of them and fails when one has none. A rule only
chooses rows: the deeds in `operations/merging.py` hang them on the other record and remember which they
were, so that it can be undone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etoko.foundation.phones import show_phone
from etoko.registry.models import Business

Rows = QuerySet[Any]
Choose = Callable[[Rows, Rows], Rows]
"""(rows of the record that goes, rows of the one that stays) → those that move."""


@dataclass(frozen=True)
class Rule:
    name: str | Promise
    """What people call such a row."""
    choose: Choose
    told: Callable[[Any], str] | None = None
    """A row in words: then somebody may choose it as a part of its own when a record is split."""
    refuse: Callable[[Rows, Rows], str] | None = None
    """Why the two cannot be one yet: a sentence, or ""."""


def all_rows(going: Rows, staying: Rows) -> Rows:
    return going


def none_of_them(going: Rows, staying: Rows) -> Rows:
    return going.none()


def unlike(*fields: str) -> Choose:
    """Those that have no twin, equal in these fields, on the record that stays. A twin remains where it
    is."""

    def choose(going: Rows, staying: Rows) -> Rows:
        known = set(staying.values_list(*fields))
        return going.filter(
            pk__in=[pk for pk, *said in going.values_list("pk", *fields) if tuple(said) not in known]
        )

    return choose


def unless_taken(going: Rows, staying: Rows) -> Rows:
    """Of what a business has once: it moves only where there is none yet."""
    return going.none() if staying.exists() else going


def said_by_nobody(going: Rows, staying: Rows) -> Rows:
    """A consent moves only where the other record never heard of it: one that was withdrawn is not
    revived."""
    return going.exclude(what__in=list(staying.values_list("what", flat=True)))


_OWN: dict[str, Rule] = {
    "registry.Owner.business": Rule(_("Pemilik"), unlike("search_name"), told=lambda one: str(one.name)),
    "registry.BusinessPhone.business": Rule(
        _("Nomor HP"), unlike("phone"), told=lambda one: show_phone(one.phone)
    ),
    "registry.BusinessRole.business": Rule(
        _("Yang boleh bertindak"), unlike("person_id", "role", "starts_on")
    ),
    "registry.PublicConsent.business": Rule(_("Persetujuan"), said_by_nobody),
    "registry.Licence.business": Rule(
        _("Izin"), unlike("kind", "number"), told=lambda one: f"{one.get_kind_display()} {one.number}".strip()
    ),
    "registry.LicenceHelp.business": Rule(_("Bantuan izin"), unlike("kind", "state")),
    "registry.ImportRow.business": Rule(_("Baris impor"), all_rows),
    "registry.DuplicateSuspicion.first": Rule(_("Dugaan kembar"), none_of_them),
    "registry.DuplicateSuspicion.second": Rule(_("Dugaan kembar"), none_of_them),
    "registry.DirectoryWord.business": Rule(_("Kata pencarian"), none_of_them),
    "registry.Business.merged_into": Rule(_("Catatan yang sudah digabung"), all_rows),
    "registry.Business.split_from": Rule(_("Catatan yang dipisah darinya"), all_rows),
    "registry.Merge.kept": Rule(_("Penggabungan"), none_of_them),
    "registry.Merge.other": Rule(_("Penggabungan"), none_of_them),
}
_above: dict[str, Rule] = {}


def connect(rules: Mapping[str, Rule]) -> None:
    """Called once, when the rooms are loaded: the rules of the rooms above."""
    _above.clear()
    _above.update(rules)


def relations() -> dict[str, ForeignObjectRel]:
    """All foreign keys to `Business`, also those without a name on its side: "registry.Licence.business"."""
    found = {}
    for field in Business._meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel) and not field.many_to_many:
            found[f"{field.related_model._meta.label}.{field.field.name}"] = field
    return found


def rule_of(key: str) -> Rule:
    return _OWN.get(key) or _above[key]


def has_rule(key: str) -> bool:
    return key in _OWN or key in _above


def rows_of(key: str, business_id: int) -> Rows:
    relation = relations()[key]
    model: Any = relation.related_model
    rows: Rows = model._base_manager.filter(**{relation.field.attname: business_id})
    return rows
