"""Page after page from the last row on: what is added or taken away meanwhile shifts nothing."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Query

from etoko.foundation.addresses import whole_address

PER_PAGE = 50
_AFTER = "Dari “berikutnya”; jangan dibuat sendiri"
After = Annotated[int, Query(alias="setelah", ge=0, lt=2**53, description=_AFTER)]
AfterName = Annotated[
    str, Query(alias="setelah", pattern=r"^([a-z0-9 ]{0,200}~[0-9]{1,15})?$", description=_AFTER)
]
AreaCode = Annotated[
    str,
    Query(
        alias="desa",
        pattern=r"^([0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?)?$",
        description="Kode Kemendagri dari desa, kecamatan, kabupaten, atau provinsi, misalnya 36.03.04.2004",
    ),
]


def page_of(
    request: HttpRequest,
    found: Sequence[Any],
    as_row: Callable[[Any], dict[str, Any]],
    *,
    by: str = "id",
    **asked: str,
) -> dict[str, Any]:
    """`found` holds one more than a page where there are more; `by` names what a page goes on from."""
    shown = found[:PER_PAGE]
    following = None
    if len(found) > PER_PAGE:
        query = {name: value for name, value in asked.items() if value}
        last = getattr(shown[-1], by)
        following = whole_address(f"{request.path}?{urlencode(query | {'setelah': last})}")
    return {"data": [as_row(one) for one in shown], "berikutnya": following}
