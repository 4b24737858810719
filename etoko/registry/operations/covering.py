from datetime import datetime

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import VillageTarget


@transaction.atomic
def set_village_target(*, area: Area, businesses: int | None, by: Person, at: datetime) -> None:
    """How many businesses the village should have; None takes the target away."""
    old = VillageTarget.objects.select_for_update().filter(area=area).first()
    before = old.businesses if old else None
    if businesses == before:
        return
    if businesses is None:
        VillageTarget.objects.filter(area=area).delete()
    else:
        VillageTarget.objects.update_or_create(
            area=area, defaults={"businesses": businesses, "set_by": by, "set_at": at}
        )
    record_deed(
        deed="set_village_target",
        subject=area,
        by=by,
        at=at,
        area_code=area.code,
        changes={"businesses": (before, businesses)},
    )
