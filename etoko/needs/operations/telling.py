"""Whose need it is hears of each step, and of an assessment: its people, or, without an account, its
number."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.foundation.addresses import whole_address
from etoko.groups.models import Group, Office
from etoko.needs.access import what_of
from etoko.needs.models import Assessment, Need, Thing
from etoko.needs.rubric import KIND_NAMES
from etoko.needs.states import NEED_FLOW
from etoko.notices.operations.sending import Message, send_notices
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses
from etoko.registry.models import Business, BusinessPhone

TITLES = {
    "say": gettext_lazy("Kebutuhan %(kind)s dicatat untuk %(name)s"),
    "verify": gettext_lazy("Kebutuhan %(kind)s %(name)s sudah dicek"),
    "propose": gettext_lazy("Kebutuhan %(kind)s %(name)s masuk usulan"),
    "match": gettext_lazy("Ada yang bisa membantu kebutuhan %(kind)s %(name)s"),
    "start": gettext_lazy("Kebutuhan %(kind)s %(name)s mulai dijalankan"),
    "fulfil": gettext_lazy("Sudah terpenuhi? Kebutuhan %(kind)s %(name)s"),
    "confirm": gettext_lazy("Kebutuhan %(kind)s %(name)s dikonfirmasi terpenuhi"),
    "send_back": gettext_lazy("Kebutuhan %(kind)s %(name)s dinyatakan belum sesuai"),
    "resume": gettext_lazy("Kebutuhan %(kind)s %(name)s dikerjakan lagi"),
    "fall_back": gettext_lazy("Kebutuhan %(kind)s %(name)s dicarikan jalan lain"),
    "withdraw": gettext_lazy("Kebutuhan %(kind)s %(name)s ditarik"),
}


def tell_owners(need: Need, move: str, *, by: Person, at: datetime, reason: str = "") -> None:
    """Everybody of the business, group or cooperative but who did it herself."""
    path = f"/kebutuhan/{need.public_id}/"
    title = str(TITLES[move]) % {"kind": KIND_NAMES[need.kind], "name": need.thing}
    lines = [title + ".", f"“{need.text[:200]}”", reason and _("Catatan: %s") % reason[:300]]
    if move == "fulfil":
        lines.append(_("Kalau sudah, konfirmasi di sini. Kalau belum sesuai, katakan juga di sini:"))
    else:
        lines.append(_("Keadaan sekarang: %s.") % NEED_FLOW.states[need.state])
    text = " ".join([*(line for line in lines if line), whole_address(path)])
    occasion = f"need:{need.pk}:{need.steps.count()}:{move}"
    send_notices(
        messages=[
            Message(
                key=f"{occasion}:{person.pk if person else phone}",
                kind="need",
                title=title,
                text=text,
                recipient=person,
                phone=phone,
                path=path,
                area_code=need.area_id,
            )
            for person, phone in _reached(need.thing)
            if person != by and phone != by.phone
        ],
        at=at,
    )


def tell_assessed(assessment: Assessment, *, by: Person, at: datetime) -> None:
    """Whom somebody else assessed reads what was answered."""
    thing = assessment.thing
    path = f"/kebutuhan/{what_of(thing)}/{thing.public_id}/"
    title = _("Kemampuan %(name)s dinilai oleh %(by)s") % {"name": thing, "by": by.name}
    text = _("%(title)s. Lihat hasilnya, dan katakan kalau ada yang tidak cocok: %(link)s")
    send_notices(
        messages=[
            Message(
                key=f"assessment:{assessment.pk}:{person.pk if person else phone}",
                kind="assessment",
                title=title,
                text=text % {"title": title, "link": whole_address(path) + "#kemampuan"},
                recipient=person,
                phone=phone,
                path=path,
                area_code=assessment.area_id,
            )
            for person, phone in _reached(thing)
            if person != by and phone != by.phone
        ],
        at=at,
    )


def _reached(thing: Thing) -> list[tuple[Person | None, str]]:
    if isinstance(thing, Group):
        held = Office.objects.filter(group=thing, ends_on__isnull=True).exclude(member__phone="")
        return [(None, one.member.phone) for one in held.select_related("member")]
    business_id = thing.pk if isinstance(thing, Business) else thing.business_id
    if not business_id:
        return []  # a cooperative that does not sell here has nobody who signs in for it
    people = people_of_businesses([business_id]).get(business_id, [])
    if people:
        return [(person, "") for person in people]
    phones = BusinessPhone.objects.filter(business=business_id).order_by("position", "pk")
    return [(None, one.phone) for one in phones[:1]]
