from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, BusinessPhone, BusinessRole, Owner
from etoko.registry.names import business_search_name, owner_search_name

# Names this alike in one village are asked about: "Kerupuk Bu Rahma" and "Krupuk Ibu Rahma" are at 90.
_ALIKE = 84
_MOST_SHOWN = 5


class UnableToRegister(UnableTo):
    pass


@dataclass(frozen=True)
class Suspect:
    """A business that is there already and may be the same."""

    business: Business
    why: str
    """A sentence for people."""


class MaybeTheSame(UnableToRegister):
    """Somebody must look first whether the business is there already."""

    def __init__(self, suspects: list[Suspect]) -> None:
        super().__init__(_("Apakah ini usaha yang sama? Lihat dulu yang sudah terdaftar di bawah ini."))
        self.suspects = suspects


@transaction.atomic
def register_business(
    *,
    name: str,
    area: Area,
    owner_name: str,
    phone: str,
    kind: str,
    products_text: str,
    by: Person,
    at: datetime,
    is_owner: bool = False,
    is_another: bool = False,
) -> Business:
    """A new business, waiting for verification. `phone` is canonical or empty.

    `is_another`: she has seen those that look alike and says that it is another one; else raises
    MaybeTheSame when there are such. `is_owner`: the one who registers is the owner herself.
    """
    suspects = [] if is_another else look_alikes(name=name, area=area, phone=phone)
    if suspects:
        raise MaybeTheSame(suspects)
    business = Business.objects.create(
        name=name,
        search_name=business_search_name(name),
        area=area,
        kind=kind,
        products_text=products_text,
    )
    Owner.objects.create(
        business=business,
        person=by if is_owner else None,
        name=owner_name,
        search_name=owner_search_name(owner_name),
    )
    if phone:
        BusinessPhone.objects.create(business=business, phone=phone)
    if is_owner:
        BusinessRole.objects.create(
            business=business,
            person=by,
            role=BusinessRole.OWNER,
            starts_on=timezone.localdate(at),
        )
    record_deed(
        deed="register_business",
        subject=business,
        by=by,
        at=at,
        for_name="" if is_owner else owner_name,
        area_code=area.code,
        changes={"name": ("", name), "kind": ("", kind), "owner": ("", owner_name), "phone": ("", phone)},
    )
    return business


def look_alikes(*, name: str, area: Area, phone: str, besides: int | None = None) -> list[Suspect]:
    """Businesses that may be the same: with the same phone anywhere, or a name much alike in the village."""
    found: dict[int, Suspect] = {}
    others = Business.objects.select_related("area").filter(merged_into__isnull=True)
    if besides is not None:
        others = others.exclude(pk=besides)
    if phone:
        for business in others.filter(phones__phone=phone).distinct()[:_MOST_SHOWN]:
            found[business.pk] = Suspect(business, _("Nomor HP-nya sama."))
    wanted = business_search_name(name)
    nearby = others.filter(Q(area=area)).values_list("pk", "search_name")
    alike = sorted(
        ((fuzz.ratio(wanted, other), pk) for pk, other in nearby if other and wanted), reverse=True
    )
    near = [pk for score, pk in alike if score >= _ALIKE and pk not in found][:_MOST_SHOWN]
    for business in others.filter(pk__in=near):
        found[business.pk] = Suspect(business, _("Namanya hampir sama, di desa yang sama."))
    return list(found.values())[:_MOST_SHOWN]
