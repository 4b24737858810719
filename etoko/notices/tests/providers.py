"""Services of others as they document themselves, on this machine: a server that answers as it is told to."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0
    """Seconds before it answers: the message is taken, the answer comes too late."""


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Provider:
    """Takes messages; `answers` are given one after the other, then `otherwise` for ever."""

    def __init__(self, otherwise: Callable[[int], Answer]) -> None:
        self.received: list[Received] = []
        self.answers: list[Answer] = []
        self._lock = threading.Lock()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                with provider._lock:
                    provider.received.append(Received(self.path, dict(self.headers), body))
                    number = len(provider.received)
                    answer = provider.answers.pop(0) if provider.answers else otherwise(number)
                time.sleep(answer.wait)
                said = json.dumps(answer.body).encode() if answer.body is not None else b""
                self.send_response(answer.status)
                for name, value in {**answer.headers, "Content-Length": str(len(said))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Whoever waits no longer for the answer has hung up: that is the test."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def whatsapp_takes_it(number: int) -> Answer:
    return Answer(
        body={
            "messaging_product": "whatsapp",
            "contacts": [{"input": "x", "wa_id": "x"}],
            "messages": [{"id": f"wamid.{number}", "message_status": "accepted"}],
        }
    )


def whatsapp_error(code: int, status: int = 400) -> Answer:
    return Answer(status, {"error": {"message": "(#x) words", "type": "OAuthException", "code": code}})
