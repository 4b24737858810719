import hashlib
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.census.models import Sheet, SheetPhoto
from etoko.foundation.private_pictures import drop_private, keep_private
from etoko.foundation.problems import UnableTo


class UnableToReceivePhoto(UnableTo):
    pass


def receive_photo(*, sheet: Sheet, sha256: str, content: bytes, at: datetime) -> SheetPhoto:
    """Keep a photo that the sheet speaks of; one that is there already stays. Raises UnableToReceivePhoto for
    one that is not whole or was not spoken of, and what `keep_private` refuses."""
    expected = SheetPhoto.objects.filter(sheet=sheet, sha256=sha256).first()
    if expected is None:
        raise UnableToReceivePhoto(_("Foto ini tidak disebut di catatannya."))
    if expected.picture:
        return expected
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UnableToReceivePhoto(_("Foto tidak utuh, terputus di jalan. Kirim sekali lagi."))
    kept = keep_private(BytesIO(content))
    with transaction.atomic():
        row = SheetPhoto.objects.select_for_update().get(pk=expected.pk)
        if row.picture:
            # Two senders at once: the other was first, and ours would lie there for ever.
            drop_private(kept.key)
            return row
        row.picture, row.arrived_at = kept.key, at
        row.save(update_fields=["picture", "arrived_at"])
    return row
