"""An account with years behind it and every kind of movement, played on a simulator; and its old exports as files.

What `/sim/history` makes up (trades, deposits, withdrawals, converts, dust, airdrops) is laid under a script of the
rest. Each thing of the script pays for itself, so that it fits whatever is under it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from backend.tests.leaks import SECRET
from backend.tests.process.reference import DAY, iso, milliseconds
from backend.tests.simulator.harness import SimulatorProcess

KEY, SUB = "key", "sub-key"
NOW: Final = "2026-06-01T12:00:30Z"
DAYS: Final = 1096
TRADES_TOLD_DAYS: Final = 730
# No export in a known form tells the interest of a loan: loans begin where the exchange still tells of it.
LOANS_DAYS: Final = 150
STAGE_S: Final = 900.0
CROSSES: Final = ("ETHBTC", "BNBBTC", "SOLBTC", "BNBETH")
FEW: Final = ("BTC", "ETH", "BNB", "SOL")
MANY: Final = (
    *FEW, "XRP", "ADA", "DOGE", "TRX", "AVAX", "LINK", "DOT", "LTC", "BCH", "XLM", "ETC", "UNI", "NEAR", "SHIB",
    "PEPE", "HBAR", "TON", "POL", "SUI", "ARB", "APT", "OP", "FIL", "ATOM", "ICP", "AAVE", "ALGO", "VET", "INJ",
    "RENDER", "SEI", "TIA",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How much happens. `each`: of every kind of the script; `fiat_days`: how long ago banks were used, from and to."""

    coins: Sequence[str]
    fills: int
    flows: int
    each: int
    fiat_days: Sequence[tuple[int, int]]

    @property
    def symbols(self) -> list[str]:
        return [f"{coin}USDT" for coin in self.coins] + list(CROSSES)


FULL: Final = Size(MANY, 25_000, 160, 30, ((DAYS - 1, 1),))
# Two bank statements a minute is all that an import may ask for: here nothing in between needs one.
SMALL: Final = Size(FEW, 300, 16, 4, ((DAYS - 1, 700), (80, 1)))


@dataclass
class Script:
    """Calls of the control, each at an instant of its own."""

    dice: random.Random
    start: int
    now: int
    calls: list[tuple[int, str, Mapping[str, Any]]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def instants(self, count: int, oldest_days: int = DAYS - 1, newest_days: int = 1) -> list[int]:
        """So many seconds that nothing else of the script has, oldest first."""
        found: list[int] = []
        while len(found) < count:
            at = self.dice.randint((self.now - oldest_days * DAY) // 1000, (self.now - newest_days * DAY) // 1000)
            if not self.taken & {at - 1, at, at + 1}:
                self.taken |= {at, at - 1}  # the second before pays for it
                found.append(at * 1000)
        return sorted(found)

    def add(self, at: int, path: str, **body: Any) -> None:
        self.calls.append((at, f"/sim/{path}", {"api_key": KEY, "at": iso(at)} | body))

    def paid(self, at: int, asset: str, amount: Decimal) -> None:
        """A deposit, a second before it is needed."""
        self.add(at - 1000, "deposit", asset=asset, amount=f"{amount}")

    def money(self, least: int, most: int) -> Decimal:
        return Decimal(self.dice.randint(100 * least, 100 * most)) / 100


def stage(exchange: SimulatorProcess, size: Size, seed: int) -> None:
    """Open the account and let all of it happen."""
    now = milliseconds(exchange.control("/sim/clock")["now"])
    start = now - DAYS * DAY
    opened = iso(start - DAY)
    exchange.open_account(KEY, SECRET, balances={}, created_at=opened, permissions={"enableFutures": True})
    exchange.open_account(SUB, SECRET, balances={}, created_at=opened, master=KEY)
    wish = {
        "api_key": KEY, "days": DAYS, "seed": seed, "trades": size.fills * 21 // 20, "flows": size.flows,
        "symbols": size.symbols, "others": dict.fromkeys(("convert", "reward", "dust"), size.each),
    }  # fmt: skip
    answer = exchange.session.post(f"{exchange.url}/sim/history", json=wish, timeout=STAGE_S)
    assert answer.ok, answer.text
    script = Script(random.Random(f"{seed} long account"), start, now)
    for play in (_bank, _card, _people, _wallets, _earn, _loans, _contracts, _family):
        play(script, size)
    for _, path, body in sorted(script.calls, key=lambda call: call[0]):
        exchange.control(path, body)


def _bank(script: Script, size: Size) -> None:
    """Euros come from a bank and go back to it; every fifth transfer fails."""
    purse = Decimal(0)
    for oldest, newest in size.fiat_days:
        for number, at in enumerate(script.instants(size.each, oldest, newest)):
            if number % 5 == 4:
                script.add(at, "event", kind="fiat_deposit", fiat="EUR", amount="77", status="Failed")
            elif purse > 200:
                amount = script.money(50, 150)
                script.add(at, "event", kind="fiat_withdraw", fiat="EUR", amount=f"{amount}", fee="1")
                purse -= amount + 1
            else:
                amount = script.money(100, 500)
                script.add(at, "event", kind="fiat_deposit", fiat="EUR", amount=f"{amount}")
                purse += amount


def _card(script: Script, size: Size) -> None:
    purse = Decimal(0)
    for at in script.instants(size.each):
        selling = purse >= Decimal("0.01")
        kind, amount = ("fiat_sell", Decimal("0.01")) if selling else ("fiat_buy", script.money(1, 3) / 100)
        script.add(at, "event", kind=kind, asset="ETH", amount=f"{amount}", fiat="EUR", paid="55.5")
        purse += amount if kind == "fiat_buy" else -amount


def _people(script: Script, size: Size) -> None:
    """P2P trades and payments, by the funding wallet."""
    purse = Decimal(0)
    for at in script.instants(2 * size.each):
        out, amount = purse > 100, script.money(20, 90)
        if script.dice.random() < 0.5:
            side = "SELL" if out else "BUY"
            script.add(at, "event", kind="p2p", side=side, asset="USDT", amount=f"{amount}", fiat="EUR", price="0.9")
        else:
            direction = "out" if out else "in"
            script.add(at, "event", kind="pay", asset="USDT", amount=f"{amount}", direction=direction)
        purse += -amount if out else amount


def _wallets(script: Script, size: Size) -> None:
    """Moves between own wallets, and out of the account."""
    for at in script.instants(size.each):
        amount = script.money(10, 40)
        script.paid(at, "USDT", amount + 1)
        script.add(at, "withdraw", asset="USDT", amount=f"{amount}", fee="1")
    for wallet in ("funding", "margin"):
        for at in script.instants(size.each):
            amount = script.money(10, 40)
            script.paid(at, "USDT", amount)
            script.add(at, "transfer", **{"from": "spot", "to": wallet}, asset="USDT", amount=f"{amount}")


def _earn(script: Script, size: Size) -> None:
    """Subscriptions, rewards and redemptions, flexible and locked."""
    for wallet, asset in (("earn_flexible", "SOL"), ("earn_locked", "ADA")):
        purse = Decimal(0)
        for at in script.instants(3 * size.each):
            what = script.dice.randrange(4)
            if purse < 1 or what == 0:
                amount = script.money(5, 20)
                script.paid(at, asset, amount)
                script.add(at, "transfer", **{"from": "spot", "to": wallet}, asset=asset, amount=f"{amount}")
                purse += amount
            elif what == 1:
                amount = purse / 2 // Decimal("0.01") * Decimal("0.01")
                script.add(at, "transfer", **{"from": wallet, "to": "spot"}, asset=asset, amount=f"{amount}")
                purse -= amount
            else:
                # Flexible interest grows in its wallet; locked rewards are paid to spot, and told twice.
                kind, where = ("REALTIME", wallet) if wallet == "earn_flexible" else ("Locked Rewards", "spot")
                amount = script.money(1, 9) / 10_000
                script.add(at, "reward", asset=asset, amount=f"{amount}", kind=kind, wallet=where)


def _loans(script: Script, size: Size) -> None:
    """On cross margin: borrowed, charged, paid back."""
    owed = Decimal(0)
    for at in script.instants(2 * size.each, LOANS_DAYS):
        if not owed:
            script.add(at, "event", kind="borrow", asset="USDT", amount="100")
            owed = Decimal(100)
        elif script.dice.random() < 0.7:
            script.add(at, "event", kind="interest", asset="USDT", amount=f"{script.money(1, 9) / 1000}")
        else:
            script.add(at, "event", kind="repay", asset="USDT", amount="40")
            owed = owed - 40 if owed >= 80 else Decimal(0)


def _contracts(script: Script, size: Size) -> None:
    """Futures of both kinds, never quite closed, so that funding is due all the time."""
    day = script.start + 2 * DAY
    script.add(day, "deposit", asset="USDT", amount="3000")
    script.add(day + 1000, "transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="3000")
    script.add(day, "deposit", asset="BTC", amount="0.1")
    script.add(day + 1000, "transfer", **{"from": "spot", "to": "coinm"}, asset="BTC", amount="0.1")
    for market, symbol, lot in (("usdm", "ETHUSDT", Decimal("0.01")), ("coinm", "BTCUSD_PERP", Decimal(1))):
        held = 0
        for at in script.instants(2 * size.each, DAYS - 4):
            selling = held > 1 and script.dice.random() < 0.5
            lots = script.dice.randint(1, held - 1) if selling else script.dice.randint(1, 4)
            side = "SELL" if selling else "BUY"
            script.add(at, "trade", market=market, symbol=symbol, side=side, quantity=f"{lots * lot}")
            held += -lots if selling else lots


def _family(script: Script, size: Size) -> None:
    """Moves to a sub-account of the account's and back."""
    there = False
    for at in script.instants(size.each):
        if not there:
            script.paid(at, "USDT", Decimal(30))
        script.calls.append((at, "/sim/event", {
            "api_key": SUB if there else KEY, "to_key": KEY if there else SUB, "at": iso(at),
            "kind": "sub_transfer", "asset": "USDT", "amount": "30",
        }))  # fmt: skip
        there = not there
