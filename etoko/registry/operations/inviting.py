from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.people.operations.activating import NewLink, create_activation_link
from etoko.people.operations.joining import ensure_person
from etoko.registry.models import Business, BusinessRole


class UnableToInvite(UnableTo):
    pass


@dataclass(frozen=True)
class Invitation:
    """The secret of the link is known only here, so the page is shown once."""

    person: Person
    new: NewLink


@transaction.atomic
def invite_owner(*, business: Business, owner_id: int, phone: str, by: Person, at: datetime) -> Invitation:
    """An account for the owner if she has none, her right to her business, and a link that signs her in
    once and leads to opening her shop. `phone` is canonical."""
    owner = business.owners.select_for_update(of=("self",)).filter(pk=owner_id).first()
    if owner is None:
        raise UnableToInvite(_("Pilih pemilik yang akan dikirimi tautan."), field="owner")
    if owner.person is not None and owner.person.phone != phone:
        raise UnableToInvite(
            _("%(name)s sudah punya akun dengan nomor lain. Kirim tautannya ke nomor akunnya.")
            % {"name": owner.name},
            field="phone",
        )
    person = ensure_person(phone=phone, name=owner.name, home_area=business.area, by=by, at=at)
    today = timezone.localdate(at)
    if owner.person is None:
        owner.person = person
        owner.save(update_fields=["person"])
    BusinessRole.objects.get_or_create(
        business=business,
        person=person,
        role=BusinessRole.OWNER,
        ends_on=None,
        defaults={"starts_on": today},
    )
    new = create_activation_link(
        person=person, next_path=reverse("catalog:open_shop", args=[business.public_id]), by=by, at=at
    )
    record_deed(
        deed="invite_owner",
        subject=business,
        by=by,
        at=at,
        for_name=owner.name,
        area_code=business.area_id,
        changes={"owner": ("", owner.name)},
    )
    return Invitation(person, new)
