"""Mail by the server that `ETOKO_MAIL` names."""

import smtplib
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from etoko.notices.channels import Accepted, Later, Outcome, Refused, Unknown
from etoko.notices.models import Delivery, Notice


class MailChannel:
    # Many mail programs show two messages with one Message-ID once, but nothing obliges them to.
    repeats_safely = False

    def send(self, delivery: Delivery, notice: Notice, *, at: datetime) -> Outcome:
        host = urlsplit(settings.ADDRESS).hostname or "localhost"
        return send_mail(
            to=delivery.address,
            subject=notice.title,
            text=notice.text,
            message_id=f"<kabar-{delivery.pk}@{host}>",
        )


def send_mail(*, to: str, subject: str, text: str, message_id: str = "") -> Outcome:
    connection = get_connection()
    try:
        connection.open()
        # Greeted before a word of the message is said: what breaks until here was certainly not sent.
        if smtp := getattr(connection, "connection", None):
            smtp.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError:
        return Later(_("Kata sandi server surel ditolak."), channel_is_down=True)
    except (smtplib.SMTPException, OSError):
        return Later(_("Server surel tidak bisa dihubungi."), channel_is_down=True)
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Auto-Submitted": "auto-generated", **({"Message-ID": message_id} if message_id else {})},
        connection=connection,
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as problem:
        return _refused(min(code for code, _said in problem.recipients.values()))
    except smtplib.SMTPResponseException as problem:
        return _refused(problem.smtp_code)
    except (smtplib.SMTPException, OSError):
        return Unknown(_("Sambungan ke server surel putus di tengah jalan."))
    finally:
        _close(connection)
    return Accepted(message_id)


def _refused(code: int) -> Outcome:
    """RFC 5321, 4.2.1: 4yz may be tried again, 5yz not."""
    if code < 500:
        return Later(_("Server surel minta dicoba lagi nanti."))
    return Refused(_("Alamat surel ini ditolak."))


def _close(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except (smtplib.SMTPException, OSError):
        return
