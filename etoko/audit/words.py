"""Words of the traces: what the deeds, the fields and the kinds of things are called for people.

The rooms name their deeds in code; this floor knows none of them. `config/words.py`, which knows
everybody, brings the tables.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = Mapping[str, str | Promise]

_deeds: dict[str, str | Promise] = {}
_fields: dict[str, str | Promise] = {}
_values: dict[str, str | Promise] = {}


def connect(*, deeds: Words, fields: Words, values: Words) -> None:
    """Called once, when the rooms are loaded."""
    for table, given in ((_deeds, deeds), (_fields, fields), (_values, values)):
        table.clear()
        table.update(given)


def deed_words(deed: str) -> str:
    return str(_deeds.get(deed) or deed.replace("_", " "))


def field_words(field: str) -> str:
    return str(_fields.get(field) or field.replace("_", " "))


def value_words(value: str) -> str:
    """Constants as people say them ("pkk_cadre" → "Kader PKK"); anything else stays."""
    return str(_values.get(value, value))


def known_deeds() -> frozenset[str]:
    return frozenset(_deeds)


def deeds_named(words: str) -> list[str]:
    """The deeds whose words contain these."""
    return [deed for deed, named in _deeds.items() if words.lower() in str(named).lower()]
