"""A form field as plain values, so that `foundation/fields.html` draws every field in one way.

Django's widgets are used for reading what was sent, never for drawing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class FieldShown:
    name: str
    id: str
    type: str
    """An input type, or: textarea, select, radio, checkbox, checks, file, hidden."""
    label: str
    value: str
    help: str
    errors: tuple[str, ...]
    required: bool
    disabled: bool
    checked: bool
    choices: tuple[Choice, ...]
    attrs: dict[str, Any] = field(default_factory=dict)


def describe_field(bound: BoundField) -> FieldShown:
    """What a template needs to know of a bound field, with what the person typed before a refusal."""
    widget = bound.field.widget
    value = bound.value()
    kind = _kind(widget)
    if kind == "date" and value and not _is_date(value):
        kind = "text"  # a date field would swallow what was typed
    chosen = {str(one) for one in value} if isinstance(value, list | tuple | set) else {_text(value)}
    attrs = bound.build_widget_attrs(dict(widget.attrs))
    for unwanted in ("required", "disabled", "id", "class", "aria-describedby", "aria-invalid"):
        attrs.pop(unwanted, None)
    return FieldShown(
        name=bound.html_name,
        id=bound.auto_id or bound.html_name,
        type=kind,
        label=str(bound.label),
        value="" if kind in ("file", "password") else _shown(bound, value),
        help=str(bound.help_text),
        errors=tuple(str(problem) for problem in bound.errors),
        required=bound.field.required,
        disabled=bound.field.disabled,
        checked=kind == "checkbox" and bool(value) and value != "False",
        choices=_choices(widget, chosen),
        attrs={name: given for name, given in attrs.items() if given not in (None, False)},
    )


def _is_date(value: Any) -> bool:
    try:
        return bool(hasattr(value, "isoformat") or date.fromisoformat(str(value)))
    except ValueError:
        return False


def _kind(widget: forms.Widget) -> str:
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.Textarea, "textarea"),
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radio"),
        (forms.Select, "select"),
        (forms.CheckboxInput, "checkbox"),
        (forms.FileInput, "file"),
        (forms.DateInput, "date"),
        (forms.TimeInput, "time"),
        (forms.DateTimeInput, "datetime-local"),
    )
    for widget_class, kind in kinds:
        if isinstance(widget, widget_class):
            return kind
    return getattr(widget, "input_type", "text")


def _shown(bound: BoundField, value: Any) -> str:
    """Dates in the one spelling that a browser's date field reads; all else as it was typed."""
    if hasattr(value, "isoformat") and not isinstance(value, str):
        return str(value.isoformat())[:16]
    return _text(bound.field.prepare_value(value))


def _choices(widget: forms.Widget, chosen: set[str]) -> tuple[Choice, ...]:
    if not isinstance(widget, forms.widgets.ChoiceWidget):
        return ()
    flat: list[Choice] = []
    for value, label in widget.choices:
        for one, word in label if isinstance(label, list | tuple) else [(value, label)]:
            flat.append(Choice(_text(one), str(word), _text(one) in chosen))
    return tuple(flat)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
