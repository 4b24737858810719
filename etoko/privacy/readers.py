"""Who opened an owner's record, or took a list along in which it stands."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from etoko.audit.queries import Access, accesses_to
from etoko.places.models import Area
from etoko.registry.models import Business


def readers_of(businesses: Sequence[Business], *, most: int) -> list[Access]:
    """The latest first."""
    codes = {business.area_id for business in businesses}
    around = {".".join(code.split(".")[: at + 1]) for code in codes for at in range(code.count(".") + 1)}
    areas = list(Area.objects.filter(pk__in=around))
    own, lists = accesses_to(businesses, most=most), accesses_to(areas, most=most)
    lists = [replace(one, subject=_("Daftar usaha %(area)s") % {"area": one.subject}) for one in lists]
    return sorted([*own, *lists], key=lambda one: one.last_at, reverse=True)[:most]
