"""The way out: of 100 addresses that somebody made up to get inside, none leaves."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Final

import pytest

from backend.core.alert_ports import Letter
from backend.core.errors import NotDeliveredError
from backend.integrations.messages.mail import Mail
from backend.integrations.messages.outgoing import NOT_PUBLIC, Outgoing
from backend.integrations.messages.telegram import Telegram
from backend.integrations.messages.webhook import Webhook

GOOD: Final = "hooks.example.org"
LETTER: Final = Letter("id", "Title", "Text", {})
HOSTS: Final = r"""
127.0.0.1 127.1 127.0.1 0 0.0.0.0 localhost localhost. 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0177.0.0.1
[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [fe80::1] [fd00:ec2::254] [64:ff9b::7f00:1] [2002:7f00:1::]
10.0.0.1 172.16.0.1 192.168.0.1 169.254.169.254 169.254.169.254.nip.io 100.100.100.200
metadata.google.internal metadata evil.example.com example.org hooks.example.org.evil.com evilhooks.example.org
hooks.example.org. HOOKS.example.org hooks.example.orgx hooks。example。org ｈooks.example.org ⓗooks.example.org
xn--hooks.example.org hooks_.example.org user@hooks.example.org user:word@hooks.example.org
hooks.example.org@127.0.0.1 hooks.example.org:80@evil.com hooks.example.org%00.evil.com
hooks.example.org%2eevil.com 127.0.0.1%23hooks.example.org hooks.example.org\@evil.com hooks.example.org:22
hooks.example.org:0 hooks.example.org:99999 hooks.example.org:-1 hooks.example.org:443:80
hooks.example.org:４４３ hooks.example.org:+443 hooks.example.org:443a hooks.example.org:0443x
"""
HOSTILE: Final = (*HOSTS.split(), "hooks.example.org: 443", "")
SCHEMES: Final = (
    *(
        "http://",
        "HTTP://",
        "ftp://",
        "file://",
        "gopher://",
        "dict://",
        "ldap://",
        "jar:https://",
        "data://",
        "//",
        "",
    ),
    *("https:", "https:/", "https:///", "https:\\\\", "HTTPS://", "hTTps://", "https ://", " https://", "\thttps://"),
    *("view-source:https://", "javascript:https://", "blob:https://", "ws://", "wss://", "unix://", "https+unix://"),
)
WRITTEN: Final = (
    *(f"https://{GOOD}/a b", f"https://{GOOD}/\r\nX: y", f"https://{GOOD}/\x00", f"https://{GOOD}\n.evil.com/"),
    *(f"https://{GOOD}/\u202eabc", f"https://{GOOD}/#frag", f"https://{GOOD}\\.evil.com/", f"https://{GOOD}\t/x"),
    *(f"https://{GOOD}/" + "a" * 3000, f"https://[{GOOD}]/", f"https://{GOOD}/{{x}}", f'https://{GOOD}/"x"'),
    *(f"https://{GOOD}<x>/", f"https://{GOOD}^/", f"https://{GOOD}|/", f"https://{GOOD}`/", "https://?", "https://#"),
)
CRAFTED: Final = (
    *(f"https://{host}/x" for host in HOSTILE),
    *(f"{scheme}{GOOD}/x" for scheme in SCHEMES),
    *WRITTEN,
)


def mailbox(host: str, port: int) -> dict[str, str]:
    both = {"sender": "a@example.org", "recipient": "b@example.org"}
    return {"host": host, "port": str(port), "security": "starttls", "user": ""} | both


class Door:
    """Counts who wants to leave: no name is looked up and no connection opened but through it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, addresses: Sequence[str] = ("93.184.216.34",)) -> None:
        self.looked_up: list[str] = []
        self.left: list[object] = []
        self._addresses = addresses
        monkeypatch.setattr(socket, "create_connection", self._connect)
        monkeypatch.setattr(socket, "getaddrinfo", self._connect)

    def way(self) -> Outgoing:
        return Outgoing(frozenset({GOOD, f"{GOOD}:587"}), self._look_up)

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        return self._addresses

    def _connect(self, *given: object, **named: object) -> None:
        self.left.append(given)
        raise OSError("nobody is there")


def test_a_hundred_of_them_and_more_are_tried() -> None:
    assert len(set(CRAFTED)) >= 100


@pytest.mark.parametrize("url", CRAFTED)
def test_a_crafted_address_does_not_leave(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(monkeypatch)
    with pytest.raises(NotDeliveredError) as refused:
        Webhook(door.way()).send({"url": url}, "a-secret-of-the-hook", LETTER)
    assert refused.value.final
    assert (door.looked_up, door.left) == ([], [])


def test_an_allowed_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the others are refused for what they are."""
    door = Door(monkeypatch)
    with pytest.raises(NotDeliveredError, match="does not answer"):
        Webhook(door.way()).send({"url": f"https://{GOOD}/x"}, "a-secret-of-the-hook", LETTER)
    assert door.looked_up == [GOOD]
    assert door.left == [(("93.184.216.34", 443), 10.0)]


@pytest.mark.parametrize(
    "addresses",
    [
        *(["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["::1"], ["fe80::1%eth0"], ["::ffff:10.0.0.1"], []),
        ["93.184.216.34", "192.168.0.7"],
    ],
)
def test_an_allowed_name_that_leads_inside_does_not_leave(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(monkeypatch, addresses)
    with pytest.raises(NotDeliveredError, match=NOT_PUBLIC):
        Webhook(door.way()).send({"url": f"https://{GOOD}/x"}, "a-secret-of-the-hook", LETTER)
    with pytest.raises(NotDeliveredError, match=NOT_PUBLIC):
        Mail(door.way()).send(mailbox(GOOD, 587), "", LETTER)
    assert door.left == []


def test_mail_leaves_to_allowed_hosts_and_ports_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(monkeypatch)
    places = (("127.0.0.1", 587), ("localhost", 25), (GOOD, 25), (GOOD, 22), ("evil.example.com", 587), ("[::1]", 465))
    for host, port in places:
        with pytest.raises(NotDeliveredError):
            Mail(door.way()).send(mailbox(host, port), "", LETTER)
    assert door.left == []


def test_telegram_goes_to_its_own_host_whatever_the_token_says(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(monkeypatch)
    way = Outgoing(frozenset({"api.telegram.org"}), door._look_up)
    for token in ("x@evil.example.com/", "../../x", "1:a b", "1:a\r\nHost: evil.example.com", "1:a#x"):
        with pytest.raises(NotDeliveredError):
            Telegram(way).send({"chat_id": "1"}, token, LETTER)
    assert set(door.looked_up) <= {"api.telegram.org"}
    assert all(str(one).startswith("(('93.184.216.34', 443)") for one in door.left)
