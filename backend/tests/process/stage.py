"""What a script of an account is made of, and the stage it is played on.

A script is a list of steps in the order they are played. Amounts are shares of what is held, or money to be spent, so
that a script stays readable; what they came to is read from the exchange's ledger afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from backend.tests.process.harness import wait_for
from backend.tests.process.reference import HOUR, Movement, PriceBook, iso, milliseconds, movements
from backend.tests.simulator.harness import SimulatorProcess

EIGHT: Final = Decimal("0.00000001")


@dataclass(frozen=True)
class Step:
    """Something that happens to the account at `at` (ms); `late` is when the exchange hears of it, if later."""

    at: int
    late: int | None = field(default=None, kw_only=True)

    @property
    def played(self) -> int:
        return self.late or self.at


@dataclass(frozen=True)
class Deposit(Step):
    asset: str
    amount: str


@dataclass(frozen=True)
class Withdraw(Step):
    """A share of what is held, the network fee included in it."""

    asset: str
    share: Decimal
    fee: Decimal


@dataclass(frozen=True)
class Buy(Step):
    coin: str
    money: Decimal


@dataclass(frozen=True)
class Sell(Step):
    coin: str
    share: Decimal


@dataclass(frozen=True)
class Move(Step):
    """Between two own wallets."""

    source: str
    target: str
    asset: str
    amount: str


@dataclass(frozen=True)
class Reward(Step):
    """What a wallet earned."""

    asset: str
    amount: str
    wallet: str


def move(at: str, source: str, target: str, asset: str, amount: str) -> Move:
    return Move(milliseconds(at), source, target, asset, amount)


def reward(at: str, asset: str, amount: str, wallet: str) -> Reward:
    return Reward(milliseconds(at), asset, amount, wallet)


@dataclass(frozen=True)
class Contract(Step):
    """A trade of a USD-margined contract."""

    symbol: str
    side: str
    quantity: str


def contract(at: str, symbol: str, side: str, quantity: str) -> Contract:
    return Contract(milliseconds(at), symbol, side, quantity)


@dataclass(frozen=True)
class Loan(Step):
    """On cross margin: `borrow`, `repay`, or `interest` that is charged."""

    kind: str
    asset: str
    amount: str


def loan(at: str, kind: str, asset: str, amount: str) -> Loan:
    return Loan(milliseconds(at), kind, asset, amount)


def deposit(at: str, asset: str, amount: str, late: str | None = None) -> Deposit:
    return Deposit(milliseconds(at), asset, amount, late=milliseconds(late) if late else None)


def withdraw(at: str, asset: str, share: str, fee: str = "0") -> Withdraw:
    return Withdraw(milliseconds(at), asset, Decimal(share), Decimal(fee))


def buy(at: str, coin: str, money: str) -> Buy:
    return Buy(milliseconds(at), coin, Decimal(money))


def sell(at: str, coin: str, share: str) -> Sell:
    return Sell(milliseconds(at), coin, Decimal(share))


def trades(seed: int, coins: Sequence[str], start: str, end: str, count: int, money: int = 400) -> list[Step]:
    """Purchases and sales at random seconds, never on the full hour."""
    chance = random.Random(seed)
    first, last = milliseconds(start) // 1000, milliseconds(end) // 1000
    found: list[Step] = []
    for second in sorted(chance.sample(range(first, last), count)):
        at = (second if second % 3600 else second + 1) * 1000
        coin = chance.choice(coins)
        if chance.random() < 0.6:
            found.append(Buy(at, coin, Decimal(chance.randint(money // 4, money))))
        else:
            found.append(Sell(at, coin, Decimal(chance.randint(10, 45)) / 100))
    return found


@dataclass(frozen=True)
class History:
    """A script. The program starts at `joined`, imports what is past by then, and sees the rest happen until `end`."""

    name: str
    joined: str
    end: str
    steps: Sequence[Step]

    @property
    def past(self) -> list[Step]:
        return [step for step in self._in_order() if step.played <= milliseconds(self.joined)]

    @property
    def live(self) -> list[Step]:
        return [step for step in self._in_order() if step.played > milliseconds(self.joined)]

    @property
    def begin(self) -> int:
        return min(step.at for step in self.steps)

    def _in_order(self) -> list[Step]:
        return sorted(self.steps, key=lambda step: step.played)


class Stage:
    """Plays steps on a running simulator and reads back what they came to."""

    def __init__(self, simulator: SimulatorProcess, prices: PriceBook, key: str, secret: str) -> None:
        self.key, self.secret = key, secret
        self._simulator = simulator
        self._prices = prices
        self._lot_steps: dict[str, Decimal] = {}

    def open_account(self, at: int) -> None:
        self._simulator.open_account(self.key, self.secret, created_at=iso(at))

    def now(self) -> int:
        return milliseconds(self._simulator.control("/sim/clock")["now"])

    def set_clock(self, **how: Any) -> None:
        """`speed`, `advance_s`, `set` as in `POST /sim/clock`."""
        self._simulator.control("/sim/clock", how)

    def movements(self) -> list[Movement]:
        return movements(self._simulator.control(f"/sim/ledger?api_key={self.key}"))

    def play(self, steps: Sequence[Step]) -> None:
        """Let past steps happen, each at its own instant."""
        for step in steps:
            self._play(step)

    def play_live(self, steps: Sequence[Step], end: int, speed: int, margin_h: int) -> int:
        """Let the clock run and each step happen as the clock passes it; stand still at `end`.

        Returns:
            The instant the clock stands at: `end`, or later where the machine was too slow to stop in time.
        """
        self.set_clock(speed=speed)
        for step in steps:
            self._wait_until(step.played)
            self._play(step)
        self._wait_until(end - margin_h * HOUR)
        self.set_clock(speed=0)
        if self.now() < end:
            self.set_clock(set=iso(end))
        return self.now()

    def _wait_until(self, at: int) -> None:
        wait_for(lambda: self.now() >= at, f"{iso(at)} on the exchange", 120, 0.02)

    def _play(self, step: Step) -> None:
        at = {"api_key": self.key, "at": iso(step.at)}
        match step:
            case Deposit(asset=asset, amount=amount):
                self._simulator.control("/sim/deposit", at | {"asset": asset, "amount": amount})
            case Withdraw(asset=asset, share=share, fee=fee):
                arrives = (self._held(asset) * share - fee).quantize(EIGHT, ROUND_DOWN)
                body = {"asset": asset, "amount": f"{arrives:f}", "fee": f"{fee:f}"}
                self._simulator.control("/sim/withdraw", at | body)
            case Move(source=source, target=target, asset=asset, amount=amount):
                body = {"from": source, "to": target, "asset": asset, "amount": amount}
                self._simulator.control("/sim/transfer", at | body)
            case Reward(asset=asset, amount=amount, wallet=wallet):
                body = {"asset": asset, "amount": amount, "wallet": wallet, "kind": "reward"}
                self._simulator.control("/sim/reward", at | body)
            case Contract(symbol=symbol, side=side, quantity=quantity):
                body = {"market": "usdm", "symbol": symbol, "side": side, "quantity": quantity}
                self._simulator.control("/sim/trade", at | body)
            case Loan(kind=kind, asset=asset, amount=amount):
                self._simulator.control("/sim/event", at | {"kind": kind, "asset": asset, "amount": amount})
            case Buy(coin=coin, money=money):
                self._trade(at, coin, "BUY", money / self._prices.of_coin(coin, step.at))
            case Sell(coin=coin, share=share):
                self._trade(at, coin, "SELL", self._held(coin) * share)

    def _trade(self, at: Mapping[str, str], coin: str, side: str, quantity: Decimal) -> None:
        symbol = f"{coin}USDT"
        lot = self._lot_step(symbol)
        rounded = f"{quantity // lot * lot:f}"
        self._simulator.control("/sim/trade", {**at, "symbol": symbol, "side": side, "quantity": rounded})

    def _held(self, asset: str) -> Decimal:
        return sum((move.change for move in self.movements() if move.asset == asset), Decimal(0))

    def _lot_step(self, symbol: str) -> Decimal:
        if symbol not in self._lot_steps:
            rows = self._simulator.get("/api/v3/exchangeInfo", symbol=symbol).json()["symbols"][0]["filters"]
            self._lot_steps[symbol] = next(Decimal(row["stepSize"]) for row in rows if row["filterType"] == "LOT_SIZE")
        return self._lot_steps[symbol]
