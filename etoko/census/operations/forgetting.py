"""Photos of visits are forgotten two years after they came: by then somebody has been there again.

UU 27/2022: no longer than they are needed. That the visit was, and what it changed, stays.
"""

from datetime import datetime, timedelta

from etoko.census.models import SheetPhoto
from etoko.foundation.private_pictures import drop_private

KEPT_FOR = timedelta(days=730)
_AT_ONCE = 200


def forget_visit_photos(*, at: datetime) -> int:
    """Returns how many."""
    old = SheetPhoto.objects.filter(sheet__received_at__lt=at - KEPT_FOR).order_by("pk")[:_AT_ONCE]
    found = list(old.values_list("pk", "picture"))
    # The file first: were the row first and the machine ended between, nobody would know of the file.
    for _pk, key in found:
        if key:
            drop_private(key)
    SheetPhoto.objects.filter(pk__in=[pk for pk, _key in found]).delete()
    return len(found)
