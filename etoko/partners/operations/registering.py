"""An organisation becomes a partner, and says what it is, offers and wants."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.partners.access import Keeping
from etoko.partners.helices import HELIX_NAMES, OF_VILLAGE, REACH_NAMES
from etoko.partners.models import Organisation, Record, standing_on
from etoko.people.access import may
from etoko.people.models import Person
from etoko.people.roles import KEEP_PARTNERS
from etoko.places.models import VILLAGE, Area
from etoko.places.names import search_name


class UnableToRegister(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    name: str
    """Empty for one that stands on a record."""
    helix: str
    kind: str
    reach: str
    about: str = ""
    offers: str = ""
    wants: str = ""
    phone: str = ""
    mail: str = ""
    website: str = ""
    street: str = ""


@transaction.atomic
def register_organisation(
    *, facts: OrganisationFacts, area: Area, record: Record | None = None, by: Person, at: datetime
) -> Organisation:
    """`record`: the business, group or cooperative on which it stands; it then has its name, and `area` is
    its place. Raises UnableToRegister; then nothing has changed."""
    if not may(by, KEEP_PARTNERS, area.pk):
        raise UnableToRegister(_("Anda tidak bisa mendaftarkan mitra di wilayah ini."), field="area")
    if record is not None and Organisation.objects.filter(**standing_on(record)).exists():
        raise UnableToRegister(_("%(name)s sudah menjadi mitra.") % {"name": record}, field="record")
    organisation = Organisation(area=area, created_at=at, **(standing_on(record) if record else {}))
    _fill(organisation, facts)
    record_deed(
        deed="register_organisation",
        subject=organisation,
        by=by,
        for_name=organisation.title,
        at=at,
        area_code=area.pk,
        changes={"helix": ("", organisation.helix), "reach": ("", organisation.reach)},
    )
    return organisation


@transaction.atomic
def change_organisation(*, keeping: Keeping, facts: OrganisationFacts, at: datetime) -> Organisation:
    """To which helix it belongs is not its own to change: by that its voice is counted."""
    organisation = (
        Organisation.objects.whole().select_for_update(of=("self",)).get(pk=keeping.organisation.pk)
    )
    if not keeping.is_officer and facts.helix != organisation.helix:
        raise UnableToRegister(
            _("Unsur mitra hanya diubah petugas: suaranya dihitung menurut unsur itu."), field="helix"
        )
    before = {name: getattr(organisation, name) for name in asdict(facts)}
    _fill(organisation, facts)
    record_deed(
        deed="change_organisation",
        subject=organisation,
        by=keeping.person,
        for_name=keeping.for_name,
        at=at,
        area_code=organisation.area_id,
        changes={name: (old, getattr(organisation, name)) for name, old in before.items()},
    )
    return organisation


def _fill(organisation: Organisation, facts: OrganisationFacts) -> None:
    if facts.helix not in HELIX_NAMES:
        raise UnableToRegister(_("Pilih unsurnya."), field="helix")
    if facts.reach not in REACH_NAMES:
        raise UnableToRegister(_("Pilih tingkatnya."), field="reach")
    if facts.reach == OF_VILLAGE and organisation.area.level != VILLAGE:
        raise UnableToRegister(_("Mitra tingkat desa ada di satu desa. Pilih desanya."), field="reach")
    if not facts.kind:
        raise UnableToRegister(_("Tulis jenisnya, misalnya Perguruan tinggi."), field="kind")
    for name, value in asdict(facts).items():
        if name != "name":
            setattr(organisation, name, value)
    if organisation.record is None:
        organisation.name, organisation.search_name = facts.name, search_name(facts.name)
        if not organisation.search_name:
            raise UnableToRegister(_("Tulis nama mitranya."), field="name")
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise UnableToRegister(
            _("Mitra dengan nama ini sudah terdaftar di wilayah yang sama."), field="name"
        ) from error
