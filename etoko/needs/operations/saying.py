"""Somebody says what her business or her group lacks."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.private_pictures import PrivatePhoto
from etoko.foundation.problems import UnableTo
from etoko.needs.access import Standing
from etoko.needs.models import Need, of
from etoko.needs.operations.telling import tell_owners
from etoko.needs.rubric import KIND_NAMES, SEVERITIES
from etoko.needs.states import OPEN_STATES


class UnableToSayNeed(UnableTo):
    pass


@transaction.atomic
def say_need(
    *,
    standing: Standing,
    kind: str,
    text: str,
    severity: int,
    photo: PrivatePhoto | None = None,
    at: datetime,
) -> Need:
    """`photo` is kept already. Raises UnableToSayNeed; then nothing has changed."""
    text = text.strip()
    if kind not in KIND_NAMES:
        raise UnableToSayNeed(_("Pilih jenis kebutuhannya."), field="kind")
    if severity not in SEVERITIES:
        raise UnableToSayNeed(_("Pilih seberapa berat."), field="severity")
    if not text:
        raise UnableToSayNeed(_("Ceritakan apa yang dibutuhkan."), field="text")
    _lock(standing)
    same = Need.objects.filter(**of(standing.thing), kind=kind, text=text, state__in=OPEN_STATES)
    if same.exists():
        raise UnableToSayNeed(_("Kebutuhan ini sudah tercatat dan belum selesai."), field="text")
    need = Need.objects.create(
        **of(standing.thing),
        area_id=standing.thing.area_id,
        kind=kind,
        text=text,
        severity=severity,
        photo_key=photo.key if photo else "",
        said_by=standing.person,
        for_name=standing.for_name,
        said_at=at,
        changed_at=at,
    )
    record_deed(
        deed="say_need",
        subject=need,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
        area_code=need.area_id,
        changes={"need_kind": ("", kind), "severity": ("", severity)},
    )
    tell_owners(need, "say", by=standing.person, at=at)
    return need


def _lock(standing: Standing) -> None:
    """Two people who write down the same at once: the second finds the first one's."""
    type(standing.thing)._default_manager.select_for_update(of=("self",)).get(pk=standing.thing.pk)
