"""Places that messages go to, on this machine: a webhook, Telegram's bot API and a mail server, all over real TLS."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer, ThreadingTCPServer
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOOKS: Final = "hooks.example.org"
TELEGRAM: Final = "api.telegram.org"
MAIL: Final = "smtp.example.org"
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True)
class Seals:
    """TLS of a server that answers to the three names, and of a client that trusts it alone."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def make_seals(folder: Path) -> Seals:
    """A certificate for an hour before and a day after now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stand-in")])
    now = datetime.now(UTC)
    names = [x509.DNSName(one) for one in (HOOKS, TELEGRAM, MAIL)]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([*names, x509.IPAddress(ip_address("192.0.2.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "stand-in.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return Seals(server, ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode()))


@dataclass
class WebPlace:
    """What a web server was sent; `answers`: statuses to give before it says 200."""

    port: int
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    location: str = ""

    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, _, body in self.got]


@contextmanager
def web_place(seals: Seals) -> Iterator[WebPlace]:
    """A web server; a status of 3xx leads to `location`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            place.got.append((self.path, dict(self.headers.items()), body))
            status = place.answers.pop(0) if place.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", place.location)
            answer = b'{"ok": true}'
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    server.socket = seals.server.wrap_socket(server.socket, server_side=True)
    place = WebPlace(server.server_address[1])
    with _serving(server):
        yield place


@dataclass
class MailPlace:
    """What a mail server was told. `offers_tls`: by STARTTLS."""

    port: int = 0
    offers_tls: bool = True
    password: str = "pass-word-1"
    letters: list[tuple[str, str, str]] = field(default_factory=list)
    in_the_open: list[str] = field(default_factory=list)


@contextmanager
def mail_place(seals: Seals, at_once: bool = False) -> Iterator[MailPlace]:
    """A mail server with STARTTLS, or with TLS from the first byte."""
    place = MailPlace()

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            link: Any = self.request
            sealed = at_once
            if at_once:
                link = seals.server.wrap_socket(link, server_side=True)
            lines = link.makefile("rb")
            sender = ""

            def say(text: str) -> None:
                link.sendall(text.encode() + b"\r\n")

            say("220 stand-in")
            while line := lines.readline().decode().strip():
                word, _, rest = line.partition(" ")
                if not sealed:
                    place.in_the_open.append(line)
                match word.upper():
                    case "EHLO":
                        say("250-stand-in")
                        if place.offers_tls and not sealed:
                            say("250-STARTTLS")
                        say("250 AUTH PLAIN")
                    case "STARTTLS":
                        say("220 go on")
                        link = seals.server.wrap_socket(link, server_side=True)
                        lines, sealed = link.makefile("rb"), True
                    case "AUTH":
                        given = base64.b64decode(rest.split(" ")[1]).split(b"\0")[2].decode()
                        say("235 welcome" if given == place.password else "535 no")
                    case "MAIL":
                        sender = rest
                        say("250 ok")
                    case "RCPT":
                        recipient = rest
                        say("250 ok")
                    case "DATA":
                        say("354 go on")
                        body = b""
                        while (part := lines.readline()) != b".\r\n":
                            body += part
                        place.letters.append((sender, recipient, body.decode()))
                        say("250 ok")
                    case "QUIT":
                        say("221 bye")
                        return
                    case _:
                        say("502 what")

    server = ThreadingTCPServer((LOOPBACK, 0), Handler)
    server.daemon_threads = True
    place.port = server.server_address[1]
    with _serving(server):
        yield place


@contextmanager
def _serving(server: TCPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def here(host: str, port: int) -> list[str]:
    """Every name is this machine."""
    return [LOOPBACK]


def nowhere() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
