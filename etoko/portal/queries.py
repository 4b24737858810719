from django.http import Http404

from etoko.catalog.models import Category, SearchEntry
from etoko.foundation.addresses import whole_address

PER_PART = 10_000
_STANDING = ("/", "/usaha/", "/bantuan/", "/tentang/")


def map_parts() -> int:
    last = SearchEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return int(last) // PER_PART + 1


def map_part(part: int) -> list[str]:
    """Addresses of the index whose ids fall into the part; the first part has the standing pages too."""
    if not 1 <= part <= map_parts():
        raise Http404
    first = (part - 1) * PER_PART
    entries = SearchEntry.objects.filter(id__gte=first, id__lt=first + PER_PART).order_by("id")
    paths = list(entries.values_list("path", flat=True))
    if part == 1:
        slugs = Category.objects.order_by("position", "id").values_list("slug", flat=True)
        paths = [*_STANDING, *(f"/kategori/{slug}/" for slug in slugs), *paths]
    return [whole_address(path) for path in paths]
