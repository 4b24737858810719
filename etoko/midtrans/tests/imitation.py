"""Midtrans as it documents itself, on this machine: Snap, status, and the calls it sends.

https://docs.midtrans.com (Snap backend integration, HTTP notification, get transaction status).
"""

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "SB-Mid-server-contohcontoh01"


@dataclass
class Imitation:
    keys: set[str] = field(default_factory=lambda: {KEY})
    opened: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By order_id, what Snap was asked for."""
    stands: dict[str, dict[str, str]] = field(default_factory=dict)
    """By order_id, what get status answers; none until the buyer chose how to pay."""
    is_away: bool = False
    wait: float = 0
    asked: int = 0
    """How often the status was asked for."""

    def __post_init__(self) -> None:
        midtrans = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._answer(*midtrans._open(self._key(), body))

            def do_GET(self) -> None:
                ref = self.path.removeprefix("/v2/").removesuffix("/status")
                self._answer(*midtrans._status(self._key(), ref))

            def _key(self) -> str:
                words = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
                return words.removesuffix(":")

            def _answer(self, status: int, facts: Any) -> None:
                time.sleep(midtrans.wait)
                said = b"<html>502</html>" if midtrans.is_away else json.dumps(facts).encode()
                self.send_response(502 if midtrans.is_away else status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Whoever waits no longer has hung up: that is the test."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        address = f"http://127.0.0.1:{self.server.server_port}"
        self.settings = {"snap": f"{address}/snap/v1", "pages": f"{address}/", "api": f"{address}/v2"}
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def becomes(self, ref: str, status: str, *, amount: str = "", fraud: str = "accept") -> dict[str, str]:
        """The charge is so now; returns the call that tells of it, signed."""
        facts = {
            "order_id": ref,
            "transaction_status": status,
            "fraud_status": fraud,
            "gross_amount": amount or f"{self.opened[ref]['transaction_details']['gross_amount']}.00",
            "currency": "IDR",
            "status_code": "201" if status == "pending" else "200",
            "transaction_id": f"t-{ref}",
            "payment_type": "bank_transfer",
        }
        facts["signature_key"] = signature(facts, KEY)
        self.stands[ref] = facts
        return facts

    def _open(self, key: str, body: dict[str, Any]) -> tuple[int, Any]:
        if key not in self.keys:
            return 401, {"error_messages": ["Access denied due to unauthorized transaction"]}
        ref = body["transaction_details"]["order_id"]
        if ref in self.stands:
            return 400, {"error_messages": ["transaction_details.order_id sudah digunakan"]}
        self.opened[ref] = body
        page = f"{self.settings['pages']}snap/v4/redirection/{ref}"
        return 201, {"token": f"token-{ref}", "redirect_url": page}

    def _status(self, key: str, ref: str) -> tuple[int, Any]:
        self.asked += 1
        if key not in self.keys:
            return 401, {"status_code": "401", "status_message": "Unknown Merchant server_key/id"}
        if ref not in self.stands:
            return 404, {"status_code": "404", "status_message": "Transaction doesn't exist."}
        return 200, self.stands[ref]


def signature(facts: dict[str, str], key: str) -> str:
    text = facts["order_id"] + facts["status_code"] + facts["gross_amount"] + key
    return hashlib.sha512(text.encode()).hexdigest()
