"""The promiser and its beneficiary hear of each step."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day
from etoko.notices.operations.sending import Message, send_notices
from etoko.partners.access import people_speaking_for
from etoko.partners.models import Organisation
from etoko.people.access import people_with
from etoko.people.models import Person
from etoko.people.roles import KEEP_PARTNERS
from etoko.promises.models import Promise

TITLES = {
    "promise": gettext_lazy("%(name)s berjanji"),
    "start": gettext_lazy("Janji %(name)s mulai dikerjakan"),
    "report": gettext_lazy("Sudah ditepati? Janji %(name)s"),
    "verify": gettext_lazy("Janji %(name)s terbukti ditepati"),
    "send_back": gettext_lazy("Janji %(name)s dikembalikan: belum selesai"),
    "ask_withdrawal": gettext_lazy("%(name)s minta janjinya dibatalkan"),
    "keep_on": gettext_lazy("Janji %(name)s tetap dikerjakan"),
    "accept_withdrawal": gettext_lazy("Janji %(name)s dibatalkan dengan alasan"),
    "refuse_withdrawal": gettext_lazy("Janji %(name)s tetap berlaku"),
    "object": gettext_lazy("%(name)s keberatan janjinya dihitung terlambat"),
    "accept_objection": gettext_lazy("Keberatan %(name)s diterima"),
    "refuse_objection": gettext_lazy("Keberatan %(name)s ditolak"),
    "due_soon": gettext_lazy("Janji %(name)s hampir jatuh tempo"),
    "overdue": gettext_lazy("Janji %(name)s lewat harinya"),
    "waits": gettext_lazy("Janji %(name)s menunggu penilaian"),
}


def tell(promise: Promise, occasion: str, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """Everybody who speaks for the promiser or the beneficiary, but who did it herself. Where nobody was
    named as beneficiary, what waits for a judge is told to those who keep the partners of the place."""
    name = _whole(promise.organisation_id).title
    path = f"/janji/{promise.public_id}/"
    title = str(TITLES[occasion]) % {"name": name}
    lines = [
        title + ".",
        f"“{promise.what[:200]}”",
        _("Paling lambat %s.") % show_day(promise.due_on),
        reason and _("Catatan: %s") % reason[:300],
    ]
    text = " ".join([*(line for line in lines if line), whole_address(path)])
    key = f"promise:{promise.pk}:{occasion}:{at:%Y%m%d%H%M%S%f}"
    send_notices(
        messages=[
            Message(
                key=f"{key}:{person.pk}",
                kind="promise",
                title=title,
                text=text,
                recipient=person,
                path=path,
                area_code=promise.area_id,
            )
            for person in _hearers(promise, occasion)
            if person != by
        ],
        at=at,
    )


def _hearers(promise: Promise, occasion: str) -> list[Person]:
    people: dict[int, Person] = {}
    if occasion != "waits":
        people |= {one.pk: one for one in people_speaking_for(_whole(promise.organisation_id))}
    if occasion == "due_soon":
        return list(people.values())
    if promise.for_organisation_id:
        people |= {one.pk: one for one in people_speaking_for(_whole(promise.for_organisation_id))}
    elif occasion in ("report", "waits", "ask_withdrawal", "object", "overdue"):
        people |= {one.pk: one for one in people_with(KEEP_PARTNERS, promise.area_id)}
    return list(people.values())


def _whole(organisation_id: int) -> Organisation:
    return Organisation.objects.whole().get(pk=organisation_id)
