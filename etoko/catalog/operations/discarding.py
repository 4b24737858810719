"""A draft that nobody has touched is gone, as if it had never been made."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.models import Product
from etoko.catalog.states import DRAFT
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person


class UnableToDiscard(UnableTo):
    pass


@transaction.atomic
def discard_draft(*, product: Product, by: Person | None, at: datetime) -> None:
    """For whoever made it by mistake; a seller archives."""
    locked = Product.objects.select_for_update(of=("self",)).select_related("shop").get(pk=product.pk)
    if locked.status != DRAFT:
        raise UnableToDiscard(_("Produknya sudah tidak konsep lagi."))
    if locked.version != 1 or locked.photos.exists() or locked.variants.filter(on_hand__gt=0).exists():
        raise UnableToDiscard(_("Konsepnya sudah dikerjakan penjual."))
    record_deed(deed="discard_draft", subject=locked, by=by, at=at, area_code=locked.area_code)
    try:
        locked.delete()
    except ProtectedError as problem:
        raise UnableToDiscard(_("Produknya sudah dipakai di tempat lain.")) from problem
