"""A webhook of the user's: JSON, signed with HMAC-SHA256 over the time and the body."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from backend.integrations.messages.outgoing import Outgoing, refuse_status

if TYPE_CHECKING:
    from backend.core.alert_ports import Letter


class Webhook:
    """Sends to an address of the web. A receiver knows a repetition by its id, an old one by its time."""

    def __init__(self, way: Outgoing, now_s: Callable[[], float] = time.time) -> None:
        self._way = way
        self._now_s = now_s

    def send(self, settings: Mapping[str, str], secret: str, letter: Letter) -> None:
        """
        Raises:
            NotDeliveredError: it did not arrive, as far as can be told.
        """
        target = self._way.url(settings["url"])
        told = {"id": letter.message_id, "title": letter.title, "text": letter.text} | dict(letter.body)
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        stamp = str(int(self._now_s()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "binance-portfolio-manager",
            "X-Portfolio-Id": letter.message_id,
            "X-Portfolio-Timestamp": stamp,
            "X-Portfolio-Signature": f"sha256={signature(secret, stamp, body)}",
        }
        status, _ = self._way.post(target, body, headers)
        refuse_status(status, "The webhook")


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of `stamp`, a point and the body, in hexadecimal digits."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
