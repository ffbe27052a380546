"""E-mail by a server of the user's, always over TLS: from the first byte, or after STARTTLS and never without."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final

from backend.core.alerts.addresses import MAIL_PORTS, Target
from backend.core.errors import NotDeliveredError

if TYPE_CHECKING:
    from backend.core.alert_ports import Letter
    from backend.integrations.messages.outgoing import Outgoing

HELLO: Final = "portfolio"


class Mail:
    """Sends plain text to one recipient."""

    def __init__(self, way: Outgoing) -> None:
        self._way = way

    def send(self, settings: Mapping[str, str], secret: str, letter: Letter) -> None:
        """
        Raises:
            NotDeliveredError: it did not arrive, as far as can be told.
        """
        target = self._way.host(settings["host"], int(settings["port"]), MAIL_PORTS)
        message = _message(settings, letter)
        try:
            with _Pinned(self._way, target, at_once=settings["security"] == "tls") as server:
                if settings["security"] != "tls":
                    server.starttls(context=self._way.tls)
                    server.ehlo()
                if settings["user"]:
                    server.login(settings["user"], secret)
                server.send_message(message, settings["sender"], [settings["recipient"]])
        except NotDeliveredError:
            raise
        except smtplib.SMTPAuthenticationError:
            raise NotDeliveredError("The mail server refuses user or password", final=True) from None
        except smtplib.SMTPNotSupportedError:
            raise NotDeliveredError(
                "The mail server offers no STARTTLS: nothing is sent in the open", final=True
            ) from None
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused):
            raise NotDeliveredError("The mail server refuses sender or recipient") from None
        except ssl.SSLError:
            raise NotDeliveredError("The certificate of the mail server cannot be trusted") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            # The name alone: a server may repeat what it was told.
            raise NotDeliveredError(f"The mail server broke off ({type(error).__name__})") from None


def _message(settings: Mapping[str, str], letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = letter.title
    message["From"] = settings["sender"]
    message["To"] = settings["recipient"]
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{letter.message_id}@{settings['sender'].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{letter.text}\n")
    return message


class _Pinned(smtplib.SMTP):
    """SMTP over a connection that `Outgoing` opens."""

    def __init__(self, way: Outgoing, target: Target, at_once: bool) -> None:
        self._way = way
        self._target = target
        self._at_once = at_once
        super().__init__(target.host, target.port, HELLO, way.timeout_s)

    def _get_socket(self, host: str, port: int, timeout: float | None) -> Any:
        raw: socket.socket = self._way.connect(self._target)
        return self._way.tls.wrap_socket(raw, server_hostname=host) if self._at_once else raw
