"""Quantities that our filter code lets pass are let pass by the exchange's; those it drops would be refused.

Ours: exchangeInfo read by `exchange/binance/rules_parse.py`, rounded and dropped by `core/rebalancing/filters.py`. The
judge: the simulator's reading of parameters and its own filters (`params.py`, `symbols.py`, `matching.py`).
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, Final

import click

from backend.core.model.amounts import MONEY, ZERO, plain
from backend.core.model.trading_rules import SymbolRules
from backend.core.rebalancing.filters import FilteredOrder, filter_order
from backend.core.rebalancing.order_bounds import OrderBounds, market_order_bounds
from backend.exchange.binance.rules_parse import symbol_rules
from backend.exchange.simulator.listing import own_listing
from backend.exchange.simulator.matching import Refused, Wanted, executed_quantity
from backend.exchange.simulator.messages import ExchangeError, Request
from backend.exchange.simulator.rest.params import Params
from backend.exchange.simulator.symbols import Listed, SymbolBook
from soak.harness import ROOT, Run, Tally, go, report

RECORDED: Final = ROOT.parent / "shared" / "binance" / "exchange-info"
FULL_COUNT: Final = 1_000_000
MADE_UP: Final = 300  # symbols with rules that the recorded ones do not have
# Dividers of quantities that are no power of ten, as the exchange has had them.
STEPS: Final = ("0.00000001", "0.00000007", "0.0001", "0.0005", "0.025", "0.05", "0.25", "0.1", "1", "3", "10", "250")
DROPPED_FOR: Final = {
    "min_qty": ("LOT_SIZE", "MARKET_LOT_SIZE", "quantity"),
    "min_notional": ("NOTIONAL", "MIN_NOTIONAL"),
}


@dataclass(frozen=True)
class Subject:
    """One symbol as our code and as the exchange understands it."""

    rules: SymbolRules
    bounds: OrderBounds
    listed: Listed


def subjects(recorded: Path = RECORDED) -> tuple[list[Subject], list[str]]:
    """Every symbol of the recorded spot listings, of the simulator's own and of made-up ones; and where from."""
    listings: dict[str, Sequence[dict[str, Any]]] = {"own listing": own_listing()}
    for file in sorted(recorded.glob("spot-*.json.gz")) if recorded.is_dir() else ():
        listings[file.name] = json.loads(gzip.decompress(file.read_bytes()))["symbols"]
    listings["made up"] = [made_up(random.Random(number), number) for number in range(MADE_UP)]
    found = []
    for entries in listings.values():
        book = SymbolBook(entries)
        for rules in symbol_rules({"symbols": list(entries)}):
            listed = book.ever(rules.symbol.name)
            assert listed is not None  # both read the same entries
            found.append(Subject(rules, market_order_bounds(rules), listed))
    return found, [f"{name} ({len(entries):,})" for name, entries in listings.items()]


def made_up(dice: random.Random, number: int) -> dict[str, Any]:
    """A symbol with odd rules: minima off the step, steps that are no power of ten, both notional rules or none."""
    step = Decimal(dice.choice(STEPS))
    smallest = step * dice.choice((1, 1, 2, 5)) + dice.choice((ZERO, step / 2))
    filters: list[dict[str, Any]] = [
        {
            "filterType": "LOT_SIZE",
            "minQty": plain(smallest),
            "maxQty": plain(step * 10 ** dice.randrange(3, 9)),
            "stepSize": plain(step),
        }
    ]
    if dice.random() < 0.7:
        rough = step * dice.choice((0, 1, 2, 3)) if dice.random() < 0.5 else ZERO
        largest = plain(step * 10 ** dice.randrange(3, 9))
        filters.append(
            {"filterType": "MARKET_LOT_SIZE", "minQty": plain(rough), "maxQty": largest, "stepSize": plain(rough)}
        )
    least = plain(Decimal(dice.choice(("0.0001", "5", "10", "12.5"))))
    if dice.random() < 0.6:
        bounds = {"minNotional": least, "maxNotional": "9000000", "applyMaxToMarket": False, "avgPriceMins": 5}
        filters.append({"filterType": "NOTIONAL", "applyMinToMarket": dice.random() < 0.8} | bounds)
    if dice.random() < 0.4:
        market = dice.random() < 0.8
        filters.append({"filterType": "MIN_NOTIONAL", "minNotional": least, "applyToMarket": market, "avgPriceMins": 5})
    return {
        "symbol": f"ODD{number}USDT",
        "status": "TRADING",
        "baseAsset": f"ODD{number}",
        "quoteAsset": "USDT",
        "permissions": ["SPOT"],
        "filters": filters,
    }


def wished(dice: random.Random, bounds: OrderBounds, price: Decimal) -> Decimal:
    """A quantity somebody may wish for: near a minimum, on or beside a step, any size, with up to 18 decimals."""
    with localcontext(MONEY):
        notional = bounds.min_notional / price if bounds.min_notional else bounds.step
        base = dice.choice((bounds.min_qty, notional, bounds.step * dice.randrange(1, 10**6), bounds.step))
        match dice.randrange(4):
            case 0:
                quantity = base + dice.choice((-1, 0, 0, 1)) * bounds.step * Decimal(dice.randrange(0, 3)) / 2
            case 1:
                quantity = (base / bounds.step).to_integral_value() * bounds.step
            case 2:
                quantity = base * Decimal(repr(10 ** dice.uniform(-3, 5)))
            case _:
                quantity = base * Decimal(dice.randrange(90, 130)) / 100
        quantity = max(ZERO, quantity).quantize(Decimal("1e-18"))
        return quantity if bounds.max_qty is None else min(quantity, bounds.max_qty)


def any_price(dice: random.Random) -> Decimal:
    """Between 1e-8 and a million, with at most eight decimals."""
    return max(Decimal("1e-8"), Decimal(repr(10 ** dice.uniform(-8, 6))).quantize(Decimal("1e-8")))


def refused_by_exchange(listed: Listed, quantity: Decimal, price: Decimal) -> str:
    """Send the quantity as text; the name of what refuses it, empty when the order is taken."""
    try:
        sent = Params(Request("POST", "/", f"quantity={plain(quantity)}".encode(), b"", {}, "")).decimal("quantity")
        executed = executed_quantity(listed, Wanted("BUY", sent, None), price)
    except ExchangeError as error:
        return "quantity" if error.code == -1013 else error.text
    except Refused as refusal:
        return refusal.text.removeprefix("Filter failure: ")
    return "" if executed == quantity else "another quantity"


def judged(subject: Subject, quantity: Decimal, price: Decimal, ours: FilteredOrder) -> tuple[str, str]:
    """What happened to a case, and the sentence that accuses it; empty when all is well."""
    refused = refused_by_exchange(subject.listed, ours.quantity, price)
    case = f"{subject.listed.symbol}: {plain(quantity)} at {plain(price)} became {plain(ours.quantity)}"
    with localcontext(MONEY):
        lost = quantity - ours.quantity
    if not ZERO <= lost < subject.bounds.step:
        return "wrongly rounded", f"{case}, more than a step of {plain(subject.bounds.step)} off"
    if ours.dropped is None:
        return ("sent and refused", f"{case} and was refused: {refused}") if refused else ("sent and taken", "")
    if refused not in DROPPED_FOR[ours.dropped]:
        return "dropped without need", f"{case} and was dropped for {ours.dropped}; the exchange: {refused or 'taken'}"
    return f"dropped for {ours.dropped}, rightly", ""


def cases(found: Sequence[Subject], dice: random.Random, count: int) -> Tally:
    """So many quantities through our filters and the exchange's."""
    tally = Tally()
    for _ in range(count):
        subject, price = dice.choice(found), any_price(dice)
        bounds = subject.bounds
        quantity = wished(dice, bounds, price)
        ours = filter_order(quantity, price, bounds.step, bounds.min_qty, bounds.min_notional)
        what, sentence = judged(subject, quantity, price, ours)
        tally.counts[what] += 1
        if sentence:
            tally.failures.append(sentence)
    return tally


@click.command("filters")
@click.option("--count", default=FULL_COUNT, show_default=True, help="How many quantities.")
@click.option("--seed", default=1, show_default=True, help="The dice; the same seed gives the same quantities.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Quantities through our filters and the exchange's own (O7): none refused, none dropped without need."""
    found, origins = subjects()
    run = Run("filters", seed, count)
    tally = go(run, lambda dice, cases_: cases(found, dice, cases_))
    context.exit(report(run, tally, symbols=len(found), listings=", ".join(origins)))
