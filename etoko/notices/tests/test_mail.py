"""Mail by a real SMTP conversation: what was certainly not taken is tried again, all else is not."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from conftest import Clock
from etoko.notices.channels import Accepted, Later, Outcome, Refused, Unknown
from etoko.notices.channels.mail import send_mail
from etoko.notices.models import Delivery, Reach
from etoko.notices.operations import send_notice
from etoko.notices.operations.delivering import send_deliveries
from etoko.notices.tests.conftest import WORDS
from etoko.people.models import Person


class MailServer:
    """Speaks as much SMTP (RFC 5321) as is needed; `said` overrules its answer to a command."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.hangs_up_after = ""
        self.letters: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                with contextlib.suppress(OSError), connection:
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        usual = {
            "EHLO": "250 here",
            "MAIL": "250 ok",
            "RCPT": "250 ok",
            "DATA": "354 go on",
            "QUIT": "221 bye",
        }
        lines = connection.makefile("rb")
        connection.sendall(self.said.get("HELLO", "220 here").encode() + b"\r\n")
        while line := lines.readline():
            word = line[:4].decode().upper()
            answer = self.said.get(word, usual.get(word, "250 ok"))
            if self.hangs_up_after == word:
                return
            connection.sendall(answer.encode() + b"\r\n")
            if word == "DATA" and answer.startswith("354"):
                letter = b""
                while (part := lines.readline()) not in (b".\r\n", b""):
                    letter += part
                self.letters.append(letter.decode())
                if self.hangs_up_after == "LETTER":
                    return
                connection.sendall(self.said.get("LETTER", "250 taken").encode() + b"\r\n")

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            # Or the thread that waits in accept() would still answer.
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    found = MailServer()
    settings.MAIL = f"smtp://127.0.0.1:{found.port}?tls=0"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    yield found
    found.stop()


def send() -> Outcome:
    return send_mail(
        to="rahma@toko.example", subject="Kabar\nBcc: x@y.example", text="Halo", message_id="<1@x>"
    )


def test_it_is_taken(server: MailServer) -> None:
    assert send() == Accepted("<1@x>")
    (letter,) = server.letters
    assert "Message-ID: <1@x>" in letter
    assert "Auto-Submitted: auto-generated" in letter
    assert "\nBcc:" not in letter


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("HELLO", "421 too busy", Later),
        ("MAIL", "451 later", Later),
        ("RCPT", "450 greylisted, try later", Later),
        ("RCPT", "550 no such user", Refused),
        ("LETTER", "452 no space", Later),
        ("LETTER", "554 spam", Refused),
    ],
)
def test_what_its_answers_mean(server: MailServer, command: str, answer: str, outcome: type[Outcome]) -> None:
    server.said[command] = answer
    assert type(send()) is outcome


@pytest.mark.parametrize(("after", "outcome"), [("EHLO", Later), ("LETTER", Unknown)])
def test_a_connection_that_breaks(server: MailServer, after: str, outcome: type[Outcome]) -> None:
    server.hangs_up_after = after
    assert type(send()) is outcome


def test_nobody_there_is_certainly_not_sent(server: MailServer) -> None:
    server.stop()
    assert isinstance(send(), Later)


@pytest.mark.django_db
def test_a_notice_goes_by_mail_once(server: MailServer, rahma: Person, clock: Clock) -> None:
    Reach.objects.create(person=rahma, mail_address="rahma@toko.example", mail_proved_at=clock.now)
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    server.said["RCPT"] = "450 try later"
    send_deliveries(at=clock.now)
    assert Delivery.objects.get().state == "waiting"
    server.said.clear()
    clock.now = Delivery.objects.get().next_try_at
    send_deliveries(at=clock.now)
    send_deliveries(at=clock.now)
    assert (Delivery.objects.get().state, len(server.letters)) == ("sent", 1)
    assert f"Message-ID: <kabar-{Delivery.objects.get().pk}@127.0.0.1>" in server.letters[0]
