"""Promises about orders while prices move: what was looked at, what was sent and what it cost are three things.

The judge keeps what the exchange showed at the last look before each order, and reckons with that alone.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.rebalancing import Limits, PlannedOrder, StoredPlan
from backend.tests.process.order_exchange import EIGHT, MemoryExchange, Placed, Troubles
from backend.tests.process.order_promises import Found
from backend.tests.process.order_walks import Bench, Walk, begun, case, exchange_of, killing
from backend.tests.unit.core.rebalancing.plan_judge import World

ZERO: Final = Decimal(0)
DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000
ANY: Final = Decimal(10**18)
KINDS: Final = ("per_trade_usd", "per_run_usd", "per_day_usd", "max_share_percent", "slippage")


@dataclass(frozen=True)
class Look:
    """What the exchange showed of a pair when it was asked last."""

    bid: Decimal
    ask: Decimal
    levels: Sequence[tuple[Decimal, Decimal]]


@dataclass
class Moving:
    """Prices that jump at calls, by dice, and what was shown before each order that was placed."""

    exchange: MemoryExchange
    dice: random.Random
    p: float
    most_percent: int
    shown: dict[str, Look] = field(default_factory=dict)
    looked: dict[str, Look] = field(default_factory=dict)
    jumps: int = 0

    def __post_init__(self) -> None:
        before = self.exchange.on_call

        def on_call(name: str) -> None:
            self._jump()
            if name in ("quote", "depth"):
                self.shown |= {symbol: self._look(symbol) for symbol in self.exchange.pairs}
            if name == "placed":
                row = self.exchange.placed[-1].row
                self.looked[row.client_id] = self.shown[row.symbol]
            before(name)

        self.exchange.on_call = on_call

    def _jump(self) -> None:
        for pair in self.exchange.pairs.values():
            if self.dice.random() >= self.p:
                continue
            self.jumps += 1
            factor = 1 + Decimal(self.dice.randrange(-100 * self.most_percent, 100 * self.most_percent)) / 10_000
            pair.bid = (pair.bid * factor).quantize(EIGHT) or EIGHT
            pair.ask = max((pair.ask * factor).quantize(EIGHT), pair.bid)

    def _look(self, symbol: str) -> Look:
        pair = self.exchange.pairs[symbol]
        return Look(pair.bid, pair.ask, (pair.levels if pair.told else None) or [(ANY, ZERO)])


def narrow(exchange: MemoryExchange) -> None:
    """Books as close as those of an exchange: the random ones are wider than any limit."""
    for pair in exchange.pairs.values():
        middle = (pair.bid + pair.ask) / 2
        pair.bid, pair.ask = (middle * Decimal("0.9995")).quantize(EIGHT), (middle * Decimal("1.0005")).quantize(EIGHT)


def sells_first_while_prices_move(on: Bench, seed: int) -> Found:
    """O6: purchases take no more than their budget, whatever the price does between look and order."""
    dice, found = random.Random(f"O6 moving {seed}"), Found()
    made, plan = case(seed, 2)
    exchange = exchange_of(made, Troubles(dice, lost=0.1, reads=0.05))
    moving = Moving(exchange, dice, 0.3, dice.choice((1, 5, 20)))
    walk = begun(on, plan, exchange).go()
    # Of what a price takes below a minimum on its way the exchange says so: it is sized anew.
    found.judge(seed, walk, list(plan.orders()))
    found.counts["jumps"] += moving.jumps
    found.counts["purchases by money"] += sum(one.row.quote_ordered is not None for one in exchange.placed)
    found.counts["purchases by coins"] += sum(
        one.row.side == "BUY" and one.row.quote_ordered is None for one in exchange.placed
    )
    return found


def over_limits_while_prices_move(on: Bench, seed: int) -> Found:
    """O10: limits of money and of slippage at the prices that were looked at, over several runs of a day."""
    dice, found = random.Random(f"O10 moving {seed}"), Found()
    made, plan = case(seed, 2)
    kind = KINDS[seed % len(KINDS)]
    limits = _limits(kind, plan, dice)
    runs = dice.randrange(2, 5) if kind == "per_day_usd" else 1
    sent: list[tuple[int, Decimal]] = []
    now_ms = 0
    for number in range(runs):
        # Each run finds what the first one found; the day is the account's.
        exchange = exchange_of(made, Troubles(dice, lost=0.1, reads=0.05), first_id=1000 + number * 1_000_000)
        narrow(exchange)
        exchange.clock.now_ms = max(now_ms, exchange.clock.now_ms) + dice.randrange(1, 14) * HOUR_MS
        if kind == "slippage":
            _thin(exchange, plan, dice)
        killing(exchange, dice, 0.01, 3)
        moving = Moving(exchange, dice, 0.05, 2 if kind == "slippage" else 20)
        walk = begun(on, plan, exchange, limits, account_name=f"moving-{seed}").go()
        now_ms = exchange.clock.now_ms
        found.judge(seed, walk, list(plan.orders()))
        worths = [(one.at_ms, _worth(made, exchange, one, moving.looked[one.row.client_id])) for one in exchange.placed]
        sent += worths
        found.failures += [f"seed {seed}: {kind}: {one}" for one in _over(kind, limits, plan, worths, sent)]
        if kind == "slippage":
            found.failures += [f"seed {seed}: {one}" for one in _slipped(limits, plan, walk, moving)]
        legs = walk.journal().legs
        found.counts[f"legs left out by {kind}"] += sum((row["error"] or "").startswith("limit-") for row in legs)
        found.counts["jumps"] += moving.jumps
        reason = walk.journal().runs[0]["reason"]
        found.counts[f"{kind}: ended {walk.state}, {reason}"] += 1
    found.counts[f"plans over {kind}"] += 1
    return found


def _limits(kind: str, plan: StoredPlan, dice: random.Random) -> Limits:
    prices = {asset: Decimal(price) for asset, price in plan.body["prices"].items()}
    worths = [order.spent * prices[order.given] for order in plan.orders()]
    part, wide = Decimal(dice.randrange(30, 110)) / 100, Decimal(100)
    match kind:
        case "per_trade_usd":
            return Limits(per_trade_usd=max(worths) * part, max_slippage_percent=wide)
        case "per_run_usd":
            return Limits(per_run_usd=sum(worths, ZERO) * part, max_slippage_percent=wide)
        case "per_day_usd":
            return Limits(per_day_usd=sum(worths, ZERO) * part * 2, max_slippage_percent=wide)
        case "max_share_percent":
            share = max(worths) * part / Decimal(plan.body["totals"]["total"]) * 100
            return Limits(max_share_percent=share, max_slippage_percent=wide)
    return Limits(max_slippage_percent=Decimal(dice.randrange(1, 6)))


def _thin(exchange: MemoryExchange, plan: StoredPlan, dice: random.Random) -> None:
    """Some books have worse prices behind the best; some of those say so beforehand."""
    for order in plan.orders():
        if dice.random() < 0.6:
            pair = exchange.pairs[order.symbol]
            best = order.quantity * Decimal(dice.randrange(1, 120)) / 100
            pair.levels = [(best, ZERO), (order.quantity, Decimal(dice.randrange(1, 20)) / 100), (ANY, Decimal("0.5"))]
            pair.told = dice.random() < 0.7


def _worth(made: World, exchange: MemoryExchange, placed: Placed, look: Look) -> Decimal:
    """At the plan's prices, or at those looked at last: what an order moved, reporting currency."""
    entry = exchange.pairs[placed.row.symbol].entry
    base, quote = made.prices[entry["baseAsset"]], made.prices[entry["quoteAsset"]]
    if placed.row.side == "SELL":
        return max(placed.row.quantity * base, placed.row.quantity * look.bid * quote)
    money = placed.row.quote_ordered or placed.row.quantity * look.ask
    worth = money * quote
    return worth if entry["quoteAsset"] == made.base else max(worth, money / look.ask * base)


def _over(
    kind: str,
    limits: Limits,
    plan: StoredPlan,
    worths: Sequence[tuple[int, Decimal]],
    sent: Sequence[tuple[int, Decimal]],
) -> list[str]:
    # Sums of quotients: the last digits are nobody's.
    slack = 1 + Decimal("1e-20")
    largest = max((worth for _, worth in worths), default=ZERO)
    whole = sum((worth for _, worth in worths), ZERO)
    days = [sum((worth for at, worth in sent if end - DAY_MS < at <= end), ZERO) for end, _ in worths]
    found = {
        "per_trade_usd": largest,
        "per_run_usd": whole,
        "per_day_usd": max(days, default=ZERO),
        "max_share_percent": largest * 100 / Decimal(plan.body["totals"]["total"]),
    }
    if kind not in found:
        return []
    most = getattr(limits, kind)
    return [f"{found[kind]} is over {most}"] if found[kind] > most * slack else []


def _slipped(limits: Limits, plan: StoredPlan, walk: Walk, moving: Moving) -> list[str]:
    """Orders that the book which was looked at showed beyond the slippage, and orders after one filled beyond it."""
    orders = {order.n: order for order in plan.orders()}
    rows = {row["client_order_id"]: row for row in walk.journal().attempts}
    found: list[str] = []
    beyond = ""
    for placed in walk.exchange.placed:
        if beyond:
            found.append(f"{placed.row.client_id} was sent after {beyond}")
        order = orders[rows[placed.row.client_id]["n"]]
        look = moving.looked[placed.row.client_id]
        expected = _expected(order, placed, look)
        if expected is None or _worse(order, expected) > limits.max_slippage_percent:
            found.append(f"{order.symbol} was sent at {expected} of {look}, planned {order.price}")
        executed = placed.row.executed
        if executed and _worse(order, (placed.row.executed_quote or ZERO) / executed) > limits.max_slippage_percent:
            beyond = f"{placed.row.client_id}, filled beyond the slippage"
    reason = walk.journal().runs[0]["reason"]
    if beyond and (walk.state, reason) != ("stopped", "limit-slippage"):
        found.append(f"{beyond}, and the run ended {walk.state}, {reason}")
    return found


def _expected(order: PlannedOrder, placed: Placed, look: Look) -> Decimal | None:
    """The average price that the book which was shown gives the order."""
    best = look.ask if order.side == "BUY" else look.bid
    money, left = placed.row.quote_ordered, placed.row.quote_ordered or placed.row.quantity
    bought = paid = ZERO
    with localcontext() as digits:
        digits.prec = 60
        for quantity, ratio in look.levels:
            price = best * (1 + ratio if order.side == "BUY" else 1 - ratio)
            taken = min(left, quantity if money is None else quantity * price)
            bought += taken if money is None else taken / price
            paid += taken * price if money is None else taken
            left -= taken
            if not left:
                return paid / bought
    return None


def _worse(order: PlannedOrder, price: Decimal) -> Decimal:
    ratio = price / order.price
    return (ratio - 1 if order.side == "BUY" else 1 - ratio) * 100
