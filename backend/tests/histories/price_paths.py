"""Small histories on seeded price paths, and what is taken away of what the program rests on while it looks.

Everything happens at the exchange as it was made up; taken away is only what the exchange tells of it: candles around a
flow, the price of a coin for good, a wallet for some looks, the trades of a pair.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from backend.exchange.simulator.messages import Answer, Request
from backend.exchange.simulator.pins import Mark, PinTimeline
from backend.tests.histories.in_process import KEY, NOW, Clock, Course, OwnExchange
from backend.tests.histories.judge import Played, played
from backend.tests.histories.maker import Maker, open_family
from backend.tests.histories.script import Call, Look, Pass, Script
from backend.tests.process.reference import DAY, HOUR, MINUTE

COURSES: Final = (Course(1, "bull"), Course(2, "bear"), Course(3, "crash"), Course(4, "flash_crash"))
KINDS: Final = (
    *("deposit", "withdrawal", "fiat_deposit", "card_purchase", "p2p", "pay"),
    *("trade", "convert", "dust", "reward", "move"),
)
WALLET_PATHS: Final = ("/sapi/v1/asset/get-funding-asset", "/sapi/v1/simple-earn/flexible/position")
# What is older than an hour is no price of its instant any more.
FRESH: Final = HOUR
FOR_EVER: Final = 10**15


class PathMaker(Maker):
    """A few days of an account with a dozen events, most of them flows and trades; the program looks every hour."""

    def __init__(self, exchange: OwnExchange, name: str) -> None:
        super().__init__(exchange, name, held_positions=False)
        self._kinds = {kind: self._kinds[kind] for kind in KINDS}
        self._start = NOW - int(self._dice.choice((1, 2, 4, 9)) * DAY * self._dice.uniform(0.7, 1))
        self.script.opened = self._start - DAY

    def make(self) -> Script:
        dice = self._dice
        open_family(self._exchange, self.script)
        while not self.script.crossings:
            self._happen(self._start, ("deposit",))
        self._past(self._start + MINUTE, NOW - MINUTE, dice.randint(6, 14))
        self.script.steps.append(Look())
        for _ in range(dice.randint(2, 4)):
            now = self._exchange.now
            then = self._pass(dice.choice((20 * MINUTE, HOUR, 3 * HOUR, 7 * HOUR)))
            self._past(now + 1000, then, dice.randint(0, 3))
            self.script.steps.append(Look())
        self._pass(HOUR + MINUTE)
        self.script.steps.append(Look())
        return self.script


def path_of(name: str, folder: Path, course: Course) -> Script:
    """The small history of a name on a course of prices: the same at any time."""
    return PathMaker(OwnExchange(folder, Clock(), course), name).make()


@dataclass(frozen=True)
class Stretch:
    """From `begin` to `end` (milliseconds, whole minutes) the exchange has no candle of a coin, in any pair."""

    coin: str
    begin: int
    end: int

    def last_told(self, coin: str, at: int) -> int | None:
        """The instant whose price is the one of an instant; None where it is too old to be one."""
        if coin != self.coin or at <= self.begin or at >= self.end + MINUTE:
            return at
        return self.begin if at - self.begin < FRESH else None


@dataclass(frozen=True)
class Withheld:
    """What the program is not told, and the word for it."""

    kind: str
    stretch: Stretch | None = None
    # A path that fails, at looks of these numbers (the first is 0).
    path: str | None = None
    looks: range = range(0)
    pair: str | None = None


NOTHING_WITHHELD: Final = Withheld("nothing")


class Teller:
    """Stands between the program and the exchange at each look, and steps aside after it."""

    def __init__(self, withheld: Withheld) -> None:
        self._withheld = withheld
        self._look = -1
        self.refused = 0

    def __call__(self, exchange: OwnExchange, since: int) -> None:
        self._look += 1
        held = self._withheld
        if held.stretch is not None:
            exchange.exchange.market.pins = without(exchange, held.stretch)
        if held.path is not None and self._look in held.looks:
            exchange.control("faults", {"kinds": ["http_500"], "match": held.path})
        if held.pair is not None and self._look == 0:
            self._refuse(exchange, held.pair)

    def tell_all(self, exchange: OwnExchange) -> None:
        """After a look: the exchange is whole again, for what happens next and for the judge."""
        exchange.exchange.market.pins = PinTimeline()
        exchange.control("faults", {"kinds": ["http_500"], "p": 0})

    def _refuse(self, exchange: OwnExchange, pair: str) -> None:
        answered = exchange.simulator.handle

        def handle(request: Request, delivery: Any) -> None:
            if request.path == "/api/v3/myTrades" and f"symbol={pair}&".encode() in request.query + b"&":
                self.refused += 1
                delivery.send(Answer(400, json.dumps({"code": -1121, "msg": "Invalid symbol."}).encode()))
            else:
                answered(request, delivery)

        exchange.simulator.handle = handle  # type: ignore[method-assign]  # the exchange that refuses is the same one


def without(exchange: OwnExchange, stretch: Stretch) -> PinTimeline:
    """The market's pins with every pair of a coin gone for a stretch."""
    pins = PinTimeline()
    for symbol in exchange.exchange.book.names():
        listed = exchange.exchange.book.ever(symbol)
        if listed is not None and stretch.coin in (listed.base, listed.quote):
            pins.plan(symbol, [(stretch.begin, Mark.GONE), (stretch.end, Mark.FREE)])
    return pins


def withholdings(script: Script, dice: random.Random) -> Sequence[Withheld]:
    """One of each kind that the history has a place for."""
    return [*_stretches(script, dice), _outage(script, dice), *_refused(script, dice)]


def _stretches(script: Script, dice: random.Random) -> Iterator[Withheld]:
    # A flow at the very beginning has no price before it, and none of an opening is ever asked for.
    flows = [one for one in script.crossings[1:] if one.asset != "USDT"]
    if not flows:
        return
    flow = dice.choice(flows)
    minute = flow.at // MINUTE * MINUTE
    begin = minute - dice.randint(61, 300) * MINUTE
    yield Withheld("candles", Stretch(flow.asset, begin, minute + dice.randint(1, 90) * MINUTE))
    end = max(step.to for step in script.steps if isinstance(step, Pass))
    since = end // MINUTE * MINUTE - dice.randint(62, 900) * MINUTE
    yield Withheld("price", Stretch(dice.choice(flows).asset, since, FOR_EVER))


def _outage(script: Script, dice: random.Random) -> Withheld:
    looks = sum(isinstance(step, Look) for step in script.steps)
    first = dice.randint(0, looks - 2)
    return Withheld("wallet", path=dice.choice(WALLET_PATHS), looks=range(first, dice.randint(first + 1, looks)))


def _refused(script: Script, dice: random.Random) -> Iterator[Withheld]:
    pairs = sorted({str(step.body["symbol"]) for step in script.steps if isinstance(step, Call) and _spot(step)})
    if pairs:
        yield Withheld("trades", pair=dice.choice(pairs))


def _spot(step: Call) -> bool:
    body: Mapping[str, Any] = step.body
    return step.what == "trade" and body.get("market", "spot") == "spot" and body["api_key"] == KEY


def told_path(
    script: Script, held: Withheld, judge: Callable[[Played], None], folder: Path, database: Path, course: Course
) -> None:
    """Play a history with something withheld; `judge` is asked after each look, when the exchange is whole again."""
    teller = Teller(held)

    def seen(one: Played) -> None:
        teller.tell_all(one.exchange)
        judge(one)

    with played(script, folder, database, teller, course=course, seen=seen):
        pass
