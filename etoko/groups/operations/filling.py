"""What a form asks and nothing knows is typed, and remembered for its village and year."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.groups.models_forms import FormRow
from etoko.groups.pkk_forms import FORMS, FormSpec
from etoko.people.models import Person
from etoko.places.models import Area

Cells = Mapping[int, str]
MOST_ROWS = 200
LONGEST = 200


class UnableToFill(UnableTo):
    pass


@transaction.atomic
def fill_form(
    *, area: Area, form: str, year: int, rows: Sequence[Cells], seen: str, by: Person, at: datetime
) -> list[FormRow]:
    """The typed rows of a form, all of them; empty rows fall away. `seen` is what `mark_of` said when the
    page was drawn: where somebody filled it in meanwhile, UnableToFill, and nothing has changed."""
    spec = FORMS[form]
    Area.objects.select_for_update(of=("self",)).get(pk=area.pk)
    before = list(FormRow.objects.filter(area=area, form=form, year=year))
    if seen != mark_of(before):
        raise UnableToFill(
            _("Orang lain baru saja mengisi lembar ini. Yang Anda ketik masih ada; lihat dulu.")
        )
    kept = [cells for row in rows if (cells := _clean(spec, row))]
    if len(kept) > MOST_ROWS:
        raise UnableToFill(_("Paling banyak %(most)s baris.") % {"most": MOST_ROWS})
    FormRow.objects.filter(area=area, form=form, year=year).delete()
    written = FormRow.objects.bulk_create(
        FormRow(area=area, form=form, year=year, position=at_, cells=cells, by=by, at=at)
        for at_, cells in enumerate(kept)
    )
    record_deed(
        deed="fill_form",
        subject=area,
        by=by,
        at=at,
        area_code=area.pk,
        changes={"form_rows": (_told(before), _told(written))},
        reason=f"{form} {year}",
    )
    return written


def mark_of(rows: Sequence[FormRow]) -> str:
    """Changes whenever the rows do."""
    return "-".join(str(row.pk) for row in rows) or "0"


def _clean(spec: FormSpec, row: Cells) -> dict[str, str]:
    cells = {}
    for column in spec.typed:
        text = str(row.get(column, "")).strip()[:LONGEST]
        if not text:
            continue
        if column in spec.figures:
            digits = text.replace(".", "").replace(" ", "")
            if not (digits.isascii() and digits.isdecimal()) or len(digits) > 12:
                word = spec.words[spec.typed.index(column)]
                raise UnableToFill(_("“%(word)s” harus angka.") % {"word": word}, field=str(column))
            text = str(int(digits))
        cells[str(column)] = text
    return cells


def _told(rows: Sequence[FormRow]) -> str:
    return "; ".join(", ".join(str(cell) for cell in row.cells.values()) for row in rows)
