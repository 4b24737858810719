"""The code that a buyer opened by its link, remembered in a cookie until she orders.

Nothing is decided by it: it only fills in the field, and a code that does not work says so there.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from etoko.vouchers.codes import code_key

COOKIE = "voucher"
_KEPT_FOR = 60 * 60 * 24 * 7


def carry_code(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        COOKIE, code_key(code), max_age=_KEPT_FOR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def carried_code(request: HttpRequest) -> str:
    return code_key(request.COOKIES.get(COOKIE, ""))
