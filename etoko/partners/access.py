"""Gates, and for whom somebody speaks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from etoko.groups.access import own_memberships
from etoko.groups.models import Office
from etoko.partners.models import Interest, Mandate, Organisation
from etoko.people.access import areas_with, may
from etoko.people.models import Person
from etoko.people.roles import KEEP_PARTNERS
from etoko.registry.access import businesses_of, people_of_businesses

SESSION_KEY = "speaks_as"
HERSELF = "-"
"""In the session: she chose to act for nobody."""


@dataclass(frozen=True)
class Voice:
    """Somebody speaks for an organisation today."""

    person: Person
    organisation: Organisation
    mandate: Mandate | None
    """None: by the record on which it stands, as its owner, worker or office-holder."""
    role: str

    @property
    def leads(self) -> bool:
        return self.mandate is None or self.mandate.kind == Mandate.LEAD

    @property
    def act(self) -> dict[str, object]:
        """What every act stores (`models.Act`): the moment's person, organisation, helix and role."""
        return {
            "by": self.person,
            "organisation": self.organisation,
            "helix": self.organisation.helix,
            "role": self.role,
        }


@dataclass(frozen=True)
class Keeping:
    """An organisation in the hands of who keeps its record: its leader, or an officer of its place."""

    organisation: Organisation
    person: Person
    is_own: bool
    is_officer: bool

    @property
    def for_name(self) -> str:
        """Whom the trace names as the one it was done for; empty for its own people."""
        return "" if self.is_own else self.organisation.title


def mandates_in_force(on: date | None = None) -> QuerySet[Mandate]:
    today = on or timezone.localdate()
    return Mandate.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        starts_on__lte=today,
        ended_at__isnull=True,
        person__closed_at__isnull=True,
    )


def voices_of(person: Person, *, on: date | None = None) -> list[Voice]:
    """For whom she speaks, by mandate, or as owner, worker or office-holder of what it stands on. An
    organisation for which she holds a mandate comes once, by that mandate."""
    held = mandates_in_force(on).filter(person=person)
    # The last one of an organisation wins: that of a leader.
    mandates = {one.organisation_id: one for one in sorted(held, key=lambda one: one.kind == Mandate.LEAD)}
    spoken_for = Organisation.objects.whole().filter(Q(pk__in=mandates) | _by_record(person))
    voices = [
        Voice(person, each, mandate, mandate.role if mandate else "")
        for each in spoken_for
        for mandate in [mandates.get(each.pk)]
    ]
    return sorted(voices, key=lambda one: one.organisation.title.lower())


def voice_for(person: Person, organisation: Organisation) -> Voice | None:
    return next((one for one in voices_of(person) if one.organisation.pk == organisation.pk), None)


def voice_in(request: HttpRequest) -> Voice | None:
    """As whom she acts in this session. Who speaks for one organisation only acts for it without choosing;
    what has run out since she chose it gives nothing."""
    if not isinstance(request.user, Person):
        return None
    voices = voices_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    if chosen is None:
        return voices[0] if len(voices) == 1 else None
    return next((one for one in voices if one.organisation.public_id == chosen), None)


def speaks_for(person: Person, organisation: Organisation) -> bool:
    """In whatever way, whoever she acts as at the moment."""
    return voice_for(person, organisation) is not None


def public_organisation(public_id: str) -> Organisation:
    found = Organisation.objects.whole().public().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def organisation_to_keep(person: Person | AnonymousUser, public_id: str) -> Keeping:
    """For its leaders and the officers of its place. Else "not found"."""
    found = Organisation.objects.whole().filter(public_id=public_id).first()
    if found is None or not isinstance(person, Person):
        raise Http404
    voice = voice_for(person, found)
    keeping = Keeping(
        found,
        person,
        is_own=voice is not None and voice.leads,
        is_officer=may(person, KEEP_PARTNERS, found.area_id),
    )
    if not keeping.is_own and not keeping.is_officer:
        raise Http404
    return keeping


def mandate_to_keep(person: Person | AnonymousUser, mandate_id: int) -> tuple[Keeping, Mandate]:
    mandate = Mandate.objects.select_related("organisation", "person").filter(pk=mandate_id).first()
    if mandate is None:
        raise Http404
    return organisation_to_keep(person, mandate.organisation.public_id), mandate


def areas_to_keep(person: Person | AnonymousUser) -> list[str]:
    """Codes of the areas whose partners she registers ("" is everywhere). Without any: "not found"."""
    codes = areas_with(person, KEEP_PARTNERS) if isinstance(person, Person) else []
    if not codes:
        raise Http404
    return codes


def own_interest(person: Person, interest_id: int) -> Interest:
    found = Interest.objects.filter(pk=interest_id, person=person, ended_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def _by_record(person: Person) -> Q:
    held = Office.objects.filter(member__in=own_memberships(person), ends_on__isnull=True)
    hers = [one.pk for one in businesses_of(person)]
    by_business = Q(business__in=hers) | Q(cooperative__business__in=hers)
    return by_business | Q(group__in=held.values("group"))


def still_speaks(voice: Voice, *, at: datetime) -> bool:
    """Whether the voice has not run out since it was read."""
    on = timezone.localdate(at)
    if voice.mandate is not None:
        return mandates_in_force(on).filter(pk=voice.mandate.pk).exists()
    return any(one.organisation.pk == voice.organisation.pk for one in voices_of(voice.person, on=on))


def people_speaking_for(organisation: Organisation) -> list[Person]:
    """Whom its news go to, by account id; `organisation` was read with `whole()`."""
    people = Q(pk__in=mandates_in_force().filter(organisation=organisation).values("person"))
    cooperative = organisation.cooperative
    business_id = organisation.business_id or (cooperative.business_id if cooperative else None)
    if business_id:
        its = people_of_businesses([business_id]).get(business_id, [])
        people |= Q(pk__in=[one.pk for one in its])
    if organisation.group_id:
        held = Office.objects.filter(group=organisation.group_id, ends_on__isnull=True)
        phones = held.exclude(member__phone="").values("member__phone")
        people |= Q(phone__in=phones, phone_verified_at__isnull=False)
    return list(Person.objects.filter(people, closed_at__isnull=True).order_by("pk"))
