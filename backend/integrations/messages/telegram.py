"""Telegram: a bot of the user's writes into a chat. Its token is in the address, so no address is ever told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from backend.core.alerts.channels import TELEGRAM_HOST
from backend.core.errors import NotDeliveredError
from backend.integrations.messages.outgoing import Outgoing, refuse_status

if TYPE_CHECKING:
    from backend.core.alert_ports import Letter

REFUSED: Final = frozenset({401, 404})


class Telegram:
    """Sends by the bot API. `port`: another one only in tests."""

    def __init__(self, way: Outgoing, port: int = 443) -> None:
        self._way = way
        self._base = f"https://{TELEGRAM_HOST}" + ("" if port == 443 else f":{port}")

    def send(self, settings: Mapping[str, str], secret: str, letter: Letter) -> None:
        """
        Raises:
            NotDeliveredError: it did not arrive, as far as can be told.
        """
        target = self._way.url(f"{self._base}/bot{secret}/sendMessage")
        text = f"{letter.title}\n{letter.text}\n#{letter.message_id[:8]}"
        told = {"chat_id": settings["chat_id"], "text": text, "link_preview_options": {"is_disabled": True}}
        body = json.dumps(told).encode()
        status, answer = self._way.post(target, body, {"Content-Type": "application/json"})
        if status in REFUSED:
            raise NotDeliveredError("Telegram does not know this bot: check its token", final=True)
        if status == 400:
            raise NotDeliveredError(
                "Telegram does not know this chat: write to the bot first, check the id", final=True
            )
        if status == 403:
            raise NotDeliveredError("The bot may not write into this chat", final=True)
        refuse_status(status, "Telegram")
        if not _ok(answer):
            raise NotDeliveredError("Telegram answered something else than it should")


def _ok(answer: bytes) -> bool:
    try:
        body = json.loads(answer)
    except ValueError:
        return False
    return isinstance(body, dict) and body.get("ok") is True
