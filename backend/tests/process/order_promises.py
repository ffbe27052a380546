"""The promises about orders, one random run each: what happened is counted, and a sentence accuses each run that fails.

Every function takes a bench and a number that decides everything; the same number gives the same run.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from backend.core.model.orders import AccountTrade, Fill
from backend.core.model.rebalancing import Limits, PlannedOrder
from backend.core.rebalancing.order_money import held_after
from backend.tests.process.order_exchange import EIGHT, KilledError, Troubles
from backend.tests.process.order_walks import Bench, Walk, begun, case, exchange_of, killing, spent_from

LAGS_S: Final = (0, 1, 20, 60)
DOWN_MS: Final = 300_000
OVER: Final = ("complete", "stopped", "failed")
ZERO: Final = Decimal(0)
NOTHING: Final[Mapping[str, Decimal]] = {}


@dataclass
class Found:
    """Counts by what happened, and a sentence for each broken promise."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.counts += other.counts
        self.failures += other.failures

    def judge(
        self, seed: int, walk: Walk, orders: list[PlannedOrder], over: tuple[str, ...] = OVER, *, alone: bool = True
    ) -> None:
        """What holds after every run: journal as the ledger, nothing overspent.

        Args:
            alone: nobody else takes coins away, so no order is refused for want of them.
        """
        journal = walk.journal()
        wrong = [*walk.wrong(), *spent_from("USDT", orders, walk)]
        if walk.exchange.overspent and alone:
            wrong.append(f"{walk.exchange.overspent} orders for more than there was")
        if walk.state not in over:
            wrong.append(f"it ended {walk.state}: {journal.runs[0]['detail']}")
        self.failures += [f"seed {seed}: {sentence}" for sentence in wrong]
        self.counts["runs"] += 1
        self.counts["legs"] += len(journal.legs)
        self.counts["orders sent"] += len(walk.exchange.placed)
        self.counts["kills"] += walk.kills
        self.counts[f"run {walk.state}"] += 1

    def like_undisturbed(self, on: Bench, seed: int, walk: Walk, paid: Mapping[str, Decimal] = NOTHING) -> None:
        """The same run with nothing in its way must leave the same coins, beside those that were paid."""
        made, plan = case(seed, 2)
        twin = begun(on, plan, exchange_of(made)).go()
        held = {asset: coins for asset, coins in walk.exchange.balances.items() if coins}
        wanted = held_after(twin.exchange.balances, [paid])
        if held != wanted:
            self.failures.append(f"seed {seed}: {held} is left, undisturbed {wanted}")


def nothing_doubled(on: Bench, seed: int, lag_s: int) -> Found:
    """O1, O3: answers lost, reads that fail and lag, kills at any call; the end is as if nothing had happened."""
    dice, found = random.Random(f"O3 {seed} {lag_s}"), Found()
    made, plan = case(seed, 2)
    troubles = Troubles(dice, lost=0.4, reads=0.2, limited=0.02, lag_ms=lag_s * 1000)
    exchange = exchange_of(made, troubles)
    killing(exchange, dice, 0.03, 6)
    walk = begun(on, plan, exchange).go()
    found.judge(seed, walk, list(plan.orders()))
    found.like_undisturbed(on, seed, walk)
    found.counts[f"legs at a lag of {lag_s} s"] += len(walk.journal().legs)
    found.counts["attempts proven absent"] += sum(row["state"] == "ABSENT" for row in walk.journal().attempts)
    return found


def network_down(on: Bench, seed: int) -> Found:
    """O5: no answer to anything for five minutes, from any moment of the run on."""
    dice, found = random.Random(f"O5 {seed}"), Found()
    made, plan = case(seed, 2)
    exchange = exchange_of(made, Troubles(dice, lag_ms=1000))
    left = [dice.randrange(1, 12 * len(plan.orders()))]

    def on_call(name: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            exchange.troubles.down_from_ms = exchange.clock.now_ms
            exchange.troubles.down_until_ms = exchange.clock.now_ms + DOWN_MS
            found.counts[f"down from {name} on"] += 1

    exchange.on_call = on_call
    walk = begun(on, plan, exchange).go()
    found.judge(seed, walk, list(plan.orders()))
    found.like_undisturbed(on, seed, walk)
    return found


def sells_first(on: Bench, seed: int) -> Found:
    """O6: sales that are rejected, or bring only a part; purchases take no more than what they really brought."""
    dice, found = random.Random(f"O6 {seed}"), Found()
    made, plan = case(seed, 2)
    exchange = exchange_of(made, Troubles(dice, lost=0.1, reads=0.05))
    for order in plan.orders():
        if order.action != "SELL":
            continue
        draw, pair = dice.random(), exchange.pairs[order.symbol]
        if draw < 0.15:
            pair.closed = True
            found.counts["sales rejected"] += 1
        elif draw < 0.7:
            part = order.quantity * Decimal(dice.randrange(1, 100)) / 300
            pair.offers = [(part * times).quantize(EIGHT, "ROUND_DOWN") for times in (1, 2)]
            found.counts["sales in part"] += 1
    walk = begun(on, plan, exchange).go()
    found.judge(seed, walk, list(plan.orders()))
    sides = [row["n"] for row in walk.journal().attempts if row["order_id"] is not None]
    if sides != sorted(sides):
        found.failures.append(f"seed {seed}: orders went out as {sides}")
    return found


def filters_change(on: Bench, seed: int) -> Found:
    """O7: the exchange changes a step or a minimum while the run is under way: refused cleanly, nothing lost."""
    dice, found = random.Random(f"O7 {seed}"), Found()
    made, plan = case(seed, 2)
    exchange = exchange_of(made, Troubles(dice, reads=0.05))
    left = [dice.randrange(1, 9 * len(plan.orders()))]

    def on_call(name: str) -> None:
        left[0] -= 1
        if left[0] == 0 or (left[0] < 0 and name == "place" and dice.random() < 0.2):
            pair = exchange.pairs[dice.choice(plan.orders()).symbol]
            for rule in pair.entry["filters"]:
                if "stepSize" in rule and Decimal(rule["stepSize"]):
                    rule["stepSize"] = rule["minQty"] = f"{Decimal(rule['stepSize']) * dice.choice((3, 10)):f}"
                if "minNotional" in rule:
                    rule["minNotional"] = f"{Decimal(rule['minNotional']) * dice.choice((1, 3)):f}"
            found.counts["changes"] += 1

    exchange.on_call = on_call
    walk = begun(on, plan, exchange).go()
    found.judge(seed, walk, list(plan.orders()))
    found.counts["orders refused by a filter that had changed"] += exchange.refused_by_filter
    if exchange.refused_by_filter > found.counts["changes"]:
        found.failures.append(f"seed {seed}: refused {exchange.refused_by_filter} times after fewer changes")
    return found


def filters_stand(on: Bench, seed: int) -> Found:
    """O7: where no filter changes, none refuses an order."""
    found = Found()
    made, plan = case(seed, 1)
    exchange = exchange_of(made)
    walk = begun(on, plan, exchange).go()
    found.judge(seed, walk, list(plan.orders()))
    if exchange.refused_by_filter:
        found.failures.append(f"seed {seed}: a filter refused {exchange.refused_by_filter} orders")
    return found


def over_limits(on: Bench, seed: int) -> Found:
    """O10: a plan that is over a limit; the exchange's ledger says whether anything over it was sent."""
    dice, found = random.Random(f"O10 {seed}"), Found()
    made, plan = case(seed, 2)
    orders = list(plan.orders())
    worths = [order.spent * made.prices[order.given] for order in orders]
    total = sum(worths, ZERO)
    kind = dice.choice(("per_trade_usd", "per_run_usd", "per_day_usd", "max_share_percent", "symbols"))
    part = Decimal(dice.randrange(5, 95)) / 100
    portfolio = Decimal(plan.body["totals"]["total"])
    limits = {
        "per_trade_usd": Limits(per_trade_usd=max(worths) * part, max_slippage_percent=Decimal(100)),
        "per_run_usd": Limits(per_run_usd=total * part, max_slippage_percent=Decimal(100)),
        "per_day_usd": Limits(per_day_usd=total * part, max_slippage_percent=Decimal(100)),
        "max_share_percent": Limits(
            max_share_percent=max(worths) * part / portfolio * 100, max_slippage_percent=Decimal(100)
        ),
        "symbols": Limits(
            symbols=frozenset(order.symbol for order in orders if dice.random() < 0.5),
            max_slippage_percent=Decimal(100),
        ),
    }[kind]
    exchange = exchange_of(made, Troubles(dice, lost=0.2, reads=0.1))
    killing(exchange, dice, 0.01, 3)
    walk = begun(on, plan, exchange, limits).go()
    found.judge(seed, walk, orders)
    sent = []
    for placed in exchange.placed:
        entry = exchange.pairs[placed.row.symbol].entry
        sold = placed.row.side == "SELL"
        money = placed.row.quantity if sold else placed.row.executed_quote or ZERO
        sent.append((placed.row.symbol, money * made.prices[entry["baseAsset" if sold else "quoteAsset"]]))
    over = {
        "per_trade_usd": any(worth > (limits.per_trade_usd or ZERO) for _, worth in sent),
        "per_run_usd": sum((worth for _, worth in sent), ZERO) > (limits.per_run_usd or ZERO),
        "per_day_usd": sum((worth for _, worth in sent), ZERO) > (limits.per_day_usd or ZERO),
        "max_share_percent": any(worth * 100 > (limits.max_share_percent or ZERO) * portfolio for _, worth in sent),
        "symbols": any(symbol not in (limits.symbols or ()) for symbol, _ in sent),
    }[kind]
    if over:
        found.failures.append(f"seed {seed}: sent over {kind}: {sent}")
    skipped = [row for row in walk.journal().legs if (row["error"] or "").startswith("limit-")]
    found.counts[f"plans over {kind}"] += 1
    found.counts["legs stopped by a limit"] += len(skipped)
    return found


def switch_thrown(on: Bench, seed: int) -> Found:
    """O10: the kill switch at any call of a run, by the page or as a file: no send begins after it."""
    dice, found = random.Random(f"switch {seed}"), Found()
    made, plan = case(seed, 2)
    exchange = exchange_of(made, Troubles(dice, lost=0.2, reads=0.1))
    left, file, thrown = [dice.randrange(1, 8 * len(plan.orders()))], [False], [False]
    walk = begun(on, plan, exchange, file_there=lambda: file[0])
    by_file = dice.random() < 0.5

    def on_call(name: str) -> None:
        if thrown[0] and name == "place":
            found.failures.append(f"seed {seed}: a send began after the switch")
        left[0] -= 1
        if left[0] == 0:
            thrown[0] = True
            if by_file:
                file[0] = True
            else:
                walk.rights.throw()
            found.counts[f"thrown at {name}"] += 1

    exchange.on_call = on_call
    try:
        walk.go()
    finally:
        if thrown[0] and not by_file:
            walk.rights.lift()
    found.judge(seed, walk, list(plan.orders()))
    journal = walk.journal()
    if thrown[0] and walk.state == "stopped" and journal.runs[0]["reason"] != "kill-switch":
        found.failures.append(f"seed {seed}: stopped for {journal.runs[0]['reason']}")
    found.counts["thrown by file" if by_file else "thrown by switch"] += thrown[0]
    return found


def foreign_move(on: Bench, seed: int) -> Found:
    """O11: somebody else trades, deposits or withdraws at any call of a run: it stops."""
    dice, found = random.Random(f"O11 {seed}"), Found()
    made, plan = case(seed, 2)
    exchange = exchange_of(made, Troubles(dice, lost=0.1, lag_ms=dice.choice((0, 1000, 20_000))))
    left, moved_after = [dice.randrange(1, 5 * len(plan.orders()))], [-1]

    def on_call(name: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            held = dice.choice([coins for _, coins in sorted(exchange.balances.items()) if coins])
            asset = next(name for name, coins in exchange.balances.items() if coins == held)
            exchange.move(asset, held * dice.choice((1, -1)) * Decimal(dice.randrange(1, 30)) / 100)
            moved_after[0] = len(exchange.placed) + (name == "place")
            found.counts[f"moved at {name}"] += 1

    exchange.on_call = on_call
    orders = list(plan.orders())
    walk = begun(on, plan, exchange).go()
    # Where an order was looked for when somebody else moved, nobody can say what became of it.
    found.judge(seed, walk, orders, (*OVER, "needs_review"), alone=False)
    reason = walk.journal().runs[0]["reason"]
    found.counts[f"ended {walk.state}, {reason}"] += 1
    if walk.state == "stopped" and reason != "foreign-move":
        found.failures.append(f"seed {seed}: stopped for {reason}")
    if moved_after[0] < 0:
        found.counts["moved after the end"] += 1
    elif len(exchange.placed) > moved_after[0] + 1:
        # One order may have been on its way: its balances were looked at before.
        found.failures.append(f"seed {seed}: {len(exchange.placed) - moved_after[0]} orders after a foreign move")
    return found


def income_comes(on: Bench, seed: int) -> Found:
    """O11: what the exchange itself pays at any calls of a run, told at once or later, is no foreign move."""
    dice, found = random.Random(f"income {seed}"), Found()
    made, plan = case(seed, 2)
    exchange = exchange_of(made, Troubles(dice, lost=0.1, reads=0.05, lag_ms=dice.choice((0, 1000, 20_000))))
    killing(exchange, dice, 0.01, 2)
    killed_or_not, orders = exchange.on_call, list(plan.orders())
    moments = {dice.randrange(1, 8 * len(orders)) for _ in range(dice.randrange(1, 4))}
    coins, calls, paid = sorted({*exchange.balances, "REWARDCOIN"}), [0], dict[str, Decimal]()

    def on_call(name: str) -> None:
        calls[0] += 1
        if calls[0] in moments:
            asset, amount = dice.choice(coins), Decimal(dice.randrange(1, 10**6)).scaleb(-8)
            exchange.pay(asset, amount, dice.choice((0, 0, 500, 30_000)))
            paid[asset] = paid.get(asset, ZERO) + amount
            found.counts[f"paid at {name}"] += 1
            found.counts["payments"] += 1
        killed_or_not(name)

    exchange.on_call = on_call
    walk = begun(on, plan, exchange).go()
    # A plan may be too small for any order; then it fails undisturbed too, or other coins would be left.
    found.judge(seed, walk, orders, ("complete", "failed"))
    found.like_undisturbed(on, seed, walk, paid)
    return found


def fills_once(on: Bench, seed: int) -> Found:
    """O4: trades of one order in pages that overlap, repeat, come in any order and are cut off; they count once."""
    dice, found = random.Random(f"O4 {seed}"), Found()
    _, plan = case(seed % 50, 1)
    order = plan.orders()[0]
    first = dice.choice((1, 2**53 - 3, 10**18)) + seed * 100
    # Another symbol has the same trade ids: they are other trades.
    symbols = [order.symbol, "OTHERUSDT"]
    ledger = [
        AccountTrade(
            fill=Fill(symbol, str(first + number), _amount(dice), _amount(dice), _amount(dice), "BNB"),
            order_id=str(seed),
            quote_quantity=_amount(dice),
            buyer=dice.random() < 0.5,
            maker=False,
            at_ms=1_790_000_000_000 + dice.randrange(3),
        )
        for symbol in symbols
        for number in range(dice.randrange(1, 9))
    ]
    walk = begun(on, plan, exchange_of(case(seed % 50, 1)[0]))
    account_id = walk.plan.account_id
    for _ in range(dice.randrange(0, 4)):
        page = dice.choices(ledger, k=dice.randrange(1, 2 * len(ledger)))
        cut_off = dice.random() < 0.3
        try:
            with on.store.write(on.epoch) as unit:
                unit.runs.add_fills(account_id, walk.run_id, 1, page)
                if cut_off:
                    raise KilledError
        except KilledError:
            found.counts["pages cut off"] += 1
        found.counts["pages"] += 1
    whole = dice.sample(ledger, len(ledger))
    with on.store.write(on.epoch) as unit:
        unit.runs.add_fills(account_id, walk.run_id, 1, whole + dice.choices(ledger, k=3))
        unit.runs.end(walk.run_id, "complete", None, "", 0)
    booked = walk.journal().fills
    for column, name in (("quantity", "quantity"), ("commission", "commission")):
        told = sum((getattr(trade.fill, name) for trade in ledger), ZERO)
        kept = sum((Decimal(row[column]) for row in booked), ZERO)
        if told != kept:
            found.failures.append(f"seed {seed}: {column} {kept} booked of {told}")
    if len(booked) != len(ledger):
        found.failures.append(f"seed {seed}: {len(booked)} fills of {len(ledger)}")
    found.counts.update({"streams": 1, "trades": len(ledger)})
    return found


def _amount(dice: random.Random) -> Decimal:
    return Decimal(dice.randrange(1, 10**12)).scaleb(-8)


def repeated(promise: Callable[[Bench, int], Found], on: Bench, first: int, count: int) -> Found:
    """One promise so many times."""
    found = Found()
    for seed in range(first, first + count):
        found.add(promise(on, seed))
    return found


def legs_at_lag(on: Bench, first: int, legs: int, lag_s: int) -> Found:
    """O3 until so many legs were walked at a lag."""
    found, seed = Found(), first
    while found.counts["legs"] < legs:
        found.add(nothing_doubled(on, seed, lag_s))
        seed += 1
    return found
