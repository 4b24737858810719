"""A guest who buys: from the page of a product to the confirmation, as her browser asks for it."""

import itertools
import re
from http.client import HTTPConnection
from urllib.parse import urlencode

_guests = itertools.count(1)
_HIDDEN = re.compile(r'name="(shown|once)" value="([^"]*)"')


class Guest:
    """Buys one piece again and again, each time as somebody new, on one connection."""

    def __init__(self, port: int, product: str, variant_id: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.product, self.variant_id = product, variant_id
        self.cookies: dict[str, str] = {}

    def buy(self) -> None:
        """Product, into the cart, the form, its sending, the confirmation: six requests."""
        self.cookies = {}
        self._ask("GET", self.product, 200)
        self._ask("GET", "/keranjang/status/", 200)
        self._ask("POST", f"/keranjang/tambah/{self.variant_id}/", 302, {"quantity": "1"})
        hidden = dict(_HIDDEN.findall(self._ask("GET", "/pesan/", 200)[1]))
        phone = f"+62813{next(_guests):08d}"
        to, _page = self._ask("POST", "/pesan/", 302, {"name": "Siti", "phone": phone, **hidden})
        self._ask("GET", to, 200)

    def _ask(
        self, method: str, address: str, expected: int, form: dict[str, str] | None = None
    ) -> tuple[str, str]:
        """Where it sends her, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**form, "csrfmiddlewaretoken": self.cookies["csrftoken"]})
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != expected:
            raise SystemExit(f"{method} {address} answers {answer.status}")
        return answer.headers.get("Location", ""), page
