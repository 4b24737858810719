"""WhatsApp as a server of our own: takes every message, and keeps what it took."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Provider:
    def __init__(self) -> None:
        self.received: list[int] = []
        """The id of the delivery of each message that came, in the order of arrival."""
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                received.append(int(message["biz_opaque_callback_data"].split("-")[0]))
                said = json.dumps({"messages": [{"id": f"wamid.{len(received)}"}]}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Who waited for the answer was killed: that is the drill."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.env = {
            "ETOKO_WHATSAPP_URL": f"http://127.0.0.1:{self._server.server_port}",
            "ETOKO_WHATSAPP_TOKEN": "drill",
            "ETOKO_WHATSAPP_PHONE_ID": "1",
        }

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
