"""Faults on demand: what goes wrong, how often and where. Control paths are never hit.

Kinds that answer instead of the exchange (`http_403_html`, `http_500`, `http_502_html`, `http_503_overloaded`,
`http_429`, `http_418`, `error_200`, `timeout_before`, `reset_before`) leave it untouched. Kinds that spoil the answer
on its way (`slow`, `truncated`, `garbage`, `empty`, `wrong_type`, `missing_field`, `nan`, `timeout_after`,
`reset_after`) let it act first. `http_503_unknown`, `unknown_1001`, `unknown_1006` and `unknown_1007` toss a coin, for
their texts say exactly that. `clock_skew` makes the exchange's clock wrong. `stream_cut` drops a stream connection
without a word, `stream_silent` keeps it open and mute while the plan is in force; their dice fall once a second for
each connection.
"""

import json
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from backend.exchange.simulator.firewall import forbidden
from backend.exchange.simulator.messages import Answer, dumps

INSTEAD: Final = (
    "http_403_html",
    "http_500",
    "http_502_html",
    "http_503_overloaded",
    "http_429",
    "http_418",
    "error_200",
    "timeout_before",
    "reset_before",
)
AFTERWARDS: Final = (
    "slow",
    "truncated",
    "garbage",
    "empty",
    "wrong_type",
    "missing_field",
    "nan",
    "timeout_after",
    "reset_after",
)
ANSWERS: Final[dict[str, tuple[int, int, str]]] = {  # HTTP status, code and text
    "http_500": (500, -1000, "An unknown error occurred while processing the request."),
    "http_503_overloaded": (
        503,
        -1008,
        "Server is currently overloaded with other requests. Please try again in a few minutes.",
    ),
    "error_200": (200, -1000, "An unknown error occurred while processing the request."),
    "http_503_unknown": (503, -1000, "Unknown error, please check your request or try again later."),
    "unknown_1001": (500, -1001, "Internal error; unable to process your request. Please try again."),
    "unknown_1006": (500, -1006, "An unexpected response was received from the message bus. Execution status unknown."),
    "unknown_1007": (
        503,
        -1007,
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
    ),
}
UNKNOWN: Final = ("http_503_unknown", "unknown_1001", "unknown_1006", "unknown_1007")
KINDS: Final = (*INSTEAD, *AFTERWARDS, *UNKNOWN, "clock_skew")
STREAM_KINDS: Final = ("stream_cut", "stream_silent")
SKEWS_MS: Final = (-60_000, -5_500, 5_500, 60_000)
HTML_502: Final = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
GARBAGE: Final = b'\x00\xff\xfe{"balances": [{"asset": "BTC", "fr\x80ee":'


@dataclass(frozen=True)
class FaultPlan:
    """What was asked for. `count` and `for_s` None: without end; `match` None: every path."""

    p: float
    seed: int
    kinds: tuple[str, ...]
    match: re.Pattern[str] | None = None
    count: int | None = None
    for_s: float | None = None
    read_lag_s: float = 0
    latency_ms: float = 0


@dataclass(frozen=True)
class Fault:
    """The fault of one request; `draw` in [0, 1) decides its details, repeatably."""

    kind: str
    draw: float

    @property
    def acts_first(self) -> bool:
        """Whether the exchange acts although the client will not learn it."""
        return self.kind in AFTERWARDS or (self.kind in UNKNOWN and self.draw < 0.5)

    @property
    def skew_ms(self) -> int:
        return SKEWS_MS[int(self.draw * len(SKEWS_MS))] if self.kind == "clock_skew" else 0


class Faults:
    """The plan in force and its dice. Thread-safe."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._plan: FaultPlan | None = None
        self._dice = random.Random(0)
        self._left: int | None = None
        self._until: float | None = None

    def start(self, plan: FaultPlan) -> None:
        """Replace the plan in force."""
        with self._lock:
            self._plan = plan
            self._dice = random.Random(plan.seed)
            self._left = plan.count
            self._until = None if plan.for_s is None else self._monotonic() + plan.for_s

    def stop(self) -> None:
        with self._lock:
            self._plan = None

    def _running(self) -> FaultPlan | None:
        if self._until is not None and self._monotonic() >= self._until:
            self._plan = None
        return self._plan

    def delays(self, label: str) -> tuple[float, float]:
        """Seconds by which reads lag, and by which each answer is late."""
        with self._lock:
            plan = self._running()
            if plan is None or (plan.match and not plan.match.search(label)):
                return 0, 0
            return plan.read_lag_s, plan.latency_ms / 1000

    def draw(self, label: str) -> Fault | None:
        """The fault of the request `METHOD /path`; None when it is spared."""
        with self._lock:
            return self._drawn(label, streams=False)

    def draw_stream(self, path: str) -> str | None:
        """What befalls a stream connection in this second; its label is `WS /path`."""
        with self._lock:
            fault = self._drawn(f"WS {path}", streams=True)
            return fault.kind if fault else None

    def _drawn(self, label: str, *, streams: bool) -> Fault | None:
        plan = self._running()
        kinds = [kind for kind in plan.kinds if (kind in STREAM_KINDS) == streams] if plan else []
        if plan is None or not kinds or (plan.match and not plan.match.search(label)):
            return None
        if self._left == 0 or self._dice.random() >= plan.p:
            return None
        if self._left is not None:
            self._left -= 1
        return Fault(self._dice.choice(kinds), self._dice.random())


def instead(fault: Fault) -> Answer | None:
    """The answer that stands in for the exchange's; None for kinds that spoil the real one or give none."""
    if fault.kind in ANSWERS:
        status, code, text = ANSWERS[fault.kind]
        return Answer(status, dumps({"code": code, "msg": text}))
    match fault.kind:
        case "http_403_html":
            return forbidden()
        case "http_502_html":
            return Answer(502, HTML_502, content_type="text/html")
        case "http_429":
            body = dumps({"code": -1003, "msg": "Too much request weight used; please slow down."})
            return Answer(429, body, {"Retry-After": "1"})
        case "http_418":
            until_ms = time.time_ns() // 1_000_000 + 2000
            body = dumps({"code": -1003, "msg": f"Way too much request weight used; IP banned until {until_ms}."})
            return Answer(418, body, {"Retry-After": "2"})
        case _:
            return None


def spoiled(fault: Fault, answer: Answer) -> Answer:
    """The real answer with its body damaged; a body that is no JSON is cut instead."""
    match fault.kind:
        case "garbage":
            return _with_body(answer, GARBAGE)
        case "empty":
            return _with_body(answer, b"")
        case "wrong_type" | "missing_field" | "nan":
            try:
                value = json.loads(answer.body)
            except ValueError:
                return _with_body(answer, GARBAGE)
            dice = random.Random(fault.draw)
            return _with_body(answer, dumps(_DAMAGE[fault.kind](value, dice)))
        case _:
            return answer


def _with_body(answer: Answer, body: bytes) -> Answer:
    return Answer(answer.status, body, answer.headers, answer.content_type)


def _wrong_type(value: Any, dice: random.Random) -> Any:
    """Swap the container or one leaf for something of another type."""
    if isinstance(value, dict) and value:
        name = dice.choice(list(value))
        return value | {name: _wrong_type(value[name], dice) if isinstance(value[name], dict | list) else [value[name]]}
    if isinstance(value, list) and value:
        place = dice.randrange(len(value))
        return [*value[:place], _wrong_type(value[place], dice), *value[place + 1 :]]
    return {"unexpected": value}


def _missing_field(value: Any, dice: random.Random) -> Any:
    """Drop one field, at any depth."""
    if isinstance(value, dict) and value:
        name = dice.choice(list(value))
        if isinstance(value[name], dict | list) and value[name] and dice.random() < 0.7:
            return value | {name: _missing_field(value[name], dice)}
        return {key: one for key, one in value.items() if key != name}
    if isinstance(value, list) and value:
        place = dice.randrange(len(value))
        return [*value[:place], _missing_field(value[place], dice), *value[place + 1 :]]
    return None


def _nan(value: Any, dice: random.Random) -> Any:
    """Turn one number, or one text that holds a number, into NaN or Infinity."""
    places = list(_numbers(value, ()))
    if not places:
        return value
    return _replaced(value, dice.choice(places), dice.choice(("NaN", float("nan"), "Infinity", None)))


def _numbers(value: Any, way: tuple[Any, ...]) -> Any:
    if isinstance(value, dict | list):
        for place, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _numbers(one, (*way, place))
    elif isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value)):
        yield way


def _replaced(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    if not way:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = _replaced(value[way[0]], way[1:], new)
    return copy


_DAMAGE: Final[dict[str, Callable[[Any, random.Random], Any]]] = {
    "wrong_type": _wrong_type,
    "missing_field": _missing_field,
    "nan": _nan,
}
