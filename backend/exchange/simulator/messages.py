"""A request and an answer, free of sockets: what the server hands to the application and gets back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote_to_bytes

JSON_TYPE: Final = "application/json;charset=UTF-8"


@dataclass(frozen=True)
class Request:
    """`query` and `body` are the bytes as they arrived: signatures are checked on them."""

    method: str
    path: str
    query: bytes
    body: bytes
    headers: Mapping[str, str]
    ip: str

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Answer:
    """Status, body and headers; `Content-Length` and `Date` are the server's business."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = JSON_TYPE


class ExchangeError(Exception):
    """An error as Binance words it: `{"code": ..., "msg": ...}` with an HTTP status."""

    def __init__(self, code: int, text: str, status: int = 400, headers: dict[str, str] | None = None) -> None:
        super().__init__(text)
        self.code, self.text, self.status = code, text, status
        self.headers = headers or {}

    def answer(self) -> Answer:
        return Answer(self.status, dumps({"code": self.code, "msg": self.text}), self.headers)


def dumps(value: Any) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def form_pairs(raw: bytes) -> list[tuple[str, str]]:
    """Decode a query or form body into pairs, in order; a broken encoding decodes to replacement characters."""
    pairs = []
    for part in raw.split(b"&"):
        if part:
            name, _, value = part.replace(b"+", b" ").partition(b"=")
            pairs.append(
                (unquote_to_bytes(name).decode(errors="replace"), unquote_to_bytes(value).decode(errors="replace"))
            )
    return pairs
