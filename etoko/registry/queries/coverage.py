"""How far the register has got in each village."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, Q
from django.urls import reverse

from etoko.people.access import covers
from etoko.registry.models import Business, VillageTarget
from etoko.registry.queries.office import villages_of
from etoko.registry.states import VERIFIED


@dataclass(frozen=True)
class Coverage:
    """Of one village: how many are registered and verified, of how many there should be."""

    code: str
    name: str
    registered: int
    verified: int
    target: int | None
    latitude: float | None
    longitude: float | None
    may_set: bool
    href: str

    @property
    def percent(self) -> int | None:
        return None if not self.target else min(100, self.verified * 100 // self.target)


def coverage(codes: Sequence[str], editable: Sequence[str]) -> list[Coverage]:
    """How far each village has got. `editable`: areas in which the officer may set targets.

    A village lies where the table of areas says, else in the middle of its businesses. Three queries.
    """
    villages = villages_of(codes)
    counts = {
        row["area_id"]: (
            row["registered"],
            row["verified"],
            row["middle_latitude"],
            row["middle_longitude"],
        )
        for row in Business.objects.filter(area__in=villages, status="active")
        .values("area_id")
        .annotate(
            registered=Count("pk"),
            verified=Count("pk", filter=Q(verification=VERIFIED)),
            middle_latitude=Avg("latitude"),
            middle_longitude=Avg("longitude"),
        )
        .order_by()
    }
    targets = dict(VillageTarget.objects.filter(area__in=villages).values_list("area_id", "businesses"))
    register = reverse("registry:register")
    rows = []
    for one in villages:
        registered, verified, latitude, longitude = counts.get(one.code, (0, 0, None, None))
        if one.latitude is not None and one.longitude is not None:
            latitude, longitude = one.latitude, one.longitude
        rows.append(
            Coverage(
                code=one.code,
                name=one.name,
                registered=registered,
                verified=verified,
                target=targets.get(one.code),
                latitude=None if latitude is None else float(latitude),
                longitude=None if longitude is None else float(longitude),
                may_set=any(covers(code, one.code) for code in editable),
                href=f"{register}?desa={one.code}",
            )
        )
    return rows
