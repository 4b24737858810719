from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo
from etoko.places import source
from etoko.places.models import REGENCY, VILLAGE, Area, AreaAlias
from etoko.places.names import search_name

BATCH = 2_000


class UnableToLoadAreas(UnableTo):
    pass


@dataclass(frozen=True)
class Loaded:
    areas: int
    added: int
    aliases: int


@transaction.atomic
def load_areas(*, inside: Sequence[str]) -> Loaded:
    """Bring the areas named, and all provinces and regencies, up to the source. "" is all of Indonesia.

    Loading again changes nothing. Codes of BPS and positions, which the source does not know, are kept.
    """
    for code in inside:
        if code and not source.is_known(code):
            raise UnableToLoadAreas(
                _("Kode wilayah %(code)s tidak dikenal. Tulis dengan titik, misalnya 36.03 atau 36.03.04.")
                % {"code": code}
            )
    before = Area.objects.count()
    rows = [
        Area(
            code=area.code,
            name=area.name,
            level=area.level,
            kind=area.kind,
            parent_id=area.code.rpartition(".")[0] or None,
            postal_code=area.postal_code,
            search_name=search_name(area.name),
        )
        for area in source.areas(inside=inside)
    ]
    # Those above first: PostgreSQL checks each statement against the rows before it.
    rows.sort(key=lambda row: row.level)
    Area.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "kind", "parent", "postal_code", "search_name"],
    )
    known = {row.code for row in rows}
    aliases = [
        AreaAlias(area_id=code, name=name, search_name=search_name(name))
        for code, name in source.aliases()
        if code in known
    ]
    AreaAlias.objects.bulk_create(aliases, ignore_conflicts=True)
    return Loaded(len(rows), Area.objects.count() - before, len(aliases))


def load_areas_around(*, code: str) -> None:
    """Load the villages of an area (of the regency it lies in), if they are not here yet.

    Provinces and regencies are always here: that one of them is known does not mean its villages are.
    """
    regency = ".".join(code.split(".")[:REGENCY])
    if code and not Area.objects.filter(level=VILLAGE, code__startswith=f"{regency}.").exists():
        load_areas(inside=[regency])
