"""The simulator in memory: the whole program behind its sockets, called directly, with a clock that tests move."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from backend.exchange.simulator.application import Simulator
from backend.exchange.simulator.main import SimulatorOptions, build
from backend.exchange.simulator.messages import Answer, Request

KEY, SECRET = "key", "secret"
NOON: Final = datetime(2026, 6, 1, 12, 0, 30, tzinfo=UTC)


@dataclass
class Received:
    """A delivery that only remembers what it was told."""

    how: str = ""
    answer: Answer = field(default_factory=lambda: Answer(0, b""))

    def send(self, answer: Answer) -> None:
        self.how, self.answer = "send", answer

    def send_part(self, answer: Answer) -> None:
        self.how, self.answer = "send_part", answer

    def send_slowly(self, answer: Answer, over_s: float) -> None:
        self.how, self.answer = "send_slowly", answer

    def hold(self) -> None:
        self.how = "hold"

    def reset(self) -> None:
        self.how = "reset"

    @property
    def status(self) -> int:
        return self.answer.status

    def json(self) -> Any:
        return json.loads(self.answer.body)

    @property
    def error(self) -> tuple[int, str]:
        """Code and text of an error of the exchange."""
        body = self.json()
        return body["code"], body["msg"]


class World:
    """A simulator whose clock stands still at `start` until a test moves it."""

    def __init__(self, folder: Path, start: datetime = NOON, **options: Any) -> None:
        chosen: dict[str, Any] = {"start_time": start, "speed": Decimal(0)} | options
        self.simulator: Simulator = build(SimulatorOptions(data=folder, **chosen))

    @property
    def now(self) -> int:
        return self.simulator.exchange.clock.now()

    def close(self) -> None:
        self.simulator.exchange.close()

    def send(
        self, method: str, path: str, query: str = "", body: str = "", headers: dict[str, str] | None = None
    ) -> Received:
        received = Received()
        request = Request(method, path, query.encode(), body.encode(), headers or {}, "127.0.0.1")
        self.simulator.handle(request, received)
        return received

    def get(self, path: str, **params: Any) -> Received:
        return self.send("GET", path, urlencode(params))

    def signed(self, method: str, path: str, key: str = KEY, secret: str = SECRET, **params: Any) -> Received:
        """A signed call with everything in the query, stamped with the exchange's own time unless given."""
        query = urlencode({"timestamp": self.now} | params)
        signature = hmac.new(secret.encode(), query.encode(), hashlib.sha256).hexdigest()
        return self.send(method, path, f"{query}&signature={signature}", headers={"x-mbx-apikey": key})

    def control(self, path: str, body: Any = None, *, status: int | None = None, method: str = "") -> Any:
        """A control call; fails unless it is accepted, or has exactly the status expected."""
        if method == "DELETE" or body is None:
            path, _, query = path.partition("?")
            received = self.send(method or "GET", path, query)
        else:
            received = self.send("POST", path, body=json.dumps(body))
        accepted = received.status == status if status else received.status < 300
        assert accepted, f"{path}: {received.status} {received.answer.body.decode()}"
        return received.json()

    def open_account(self, **fields: Any) -> None:
        self.control("/sim/accounts", {"name": "somebody", "api_key": KEY, "api_secret": SECRET} | fields)

    def free(self, asset: str) -> Decimal:
        """The free spot balance as the account answer shows it."""
        rows = self.signed("GET", "/api/v3/account").json()["balances"]
        return next((Decimal(row["free"]) for row in rows if row["asset"] == asset), Decimal(0))
