"""One history kept in one account, and the same one spread over two with coins that move between them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.accounts import Account
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import MINUTE_MS
from backend.core.model.valuation import SnapshotRow
from backend.core.own_moves import settle_moves
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView
from backend.core.ports import Exchange
from backend.services.session_manager import Session
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.turns import always
from backend.services.whole_keeper import WholeKeeper
from backend.tests.builders import T0, deposit, trade, withdrawal
from backend.tests.integration.services.late_flows_case import DAYS, NOW, SETTINGS, Bench

D = Decimal
ENVIRONMENT = "simulator"


@dataclass
class Together:
    """Accounts of one environment and what stands for all of them."""

    bench: Bench
    keeper: WholeKeeper = field(init=False)

    def __post_init__(self) -> None:
        store = self.bench.store
        self.keeper = WholeKeeper(store, "USDT", 3600, ShadowKeeper(store, "USDT"), None, lambda: 0.0)

    def follow(self, account: int, go_on: Callable[[], bool] = always) -> bool:
        """What is done behind a refresh of an account; whether there is more."""
        session = Session(Account(account, "x", ENVIRONMENT), cast(Exchange, self.bench.exchange))
        return self.keeper.update(session, self.bench.epoch, go_on)

    def bring_up(self, *accounts: int) -> None:
        """Refresh the accounts, pair what moved between them, and let the whole follow."""
        for account in accounts:
            self.bench.build(account)
        self.settle()
        self.follow(accounts[0])

    def settle(self) -> None:
        with self.bench.store.write() as unit:
            settle_moves(unit, ENVIRONMENT)

    @property
    def whole(self) -> int:
        with self.bench.store.read() as unit:
            found = unit.wholes.of(ENVIRONMENT)
        assert found is not None
        return found

    def rows(self) -> list[SnapshotRow]:
        return self.bench.rows(self.whole)

    def tracker(self) -> PerformanceTracker:
        portfolio = PortfolioView(self.bench.store, SETTINGS, lambda: NOW)
        return PerformanceTracker(self.bench.store, portfolio, SETTINGS, lambda: NOW)


def alone(bench: Bench, name: str, events: Sequence[LedgerEvent]) -> int:
    """An account of another environment: in no sum with the others."""
    with bench.store.write() as unit:
        account = unit.accounts.ensure("live", name, name).id
        unit.ledger.add(account, events)
    bench.build(account)
    return account


def moved(asset: str, amount: str, at_ms: int, arrives_ms: int, name: str) -> tuple[LedgerEvent, LedgerEvent]:
    """Both sides of a move, told by one transaction."""
    sent = replace(withdrawal(asset, amount, at_ms, f"{name}-sent"), transaction=name)
    return sent, replace(deposit(asset, amount, arrives_ms, f"{name}-got"), transaction=name)


def split(dice: random.Random) -> tuple[list[LedgerEvent], dict[str, list[LedgerEvent]]]:
    """A history of one account, and the same one over two, some of whose coins are on their way for a while."""
    one = [deposit("USDT", "20000", T0 + 1), deposit("BTC", "0.9", T0 + 1)]
    two: dict[str, list[LedgerEvent]] = {"a": list(one), "b": []}
    for number, (asset, amount) in enumerate((("BTC", "0.25"), ("USDT", "6000"))):
        at_ms = T0 + (number + 2) * 3_600_000 + dice.randrange(3) * 1_234_567
        sent, got = moved(asset, amount, at_ms, at_ms + dice.choice((0, 5_000, 9_000_000)), f"m{number}")
        two["a"].append(sent)
        two["b"].append(got)
    for number in range(14):
        at_ms = T0 + dice.randrange(24 * 60, DAYS * 24 * 60) * MINUTE_MS + dice.randrange(2) * 1_234
        kind = dice.randrange(6)
        if kind == 0:
            asset, amount = dice.choice(("USDT", "ETH")), str(dice.randrange(1, 900))
            event = deposit(asset, amount, at_ms, f"d{number}")
        elif kind == 1:
            event = withdrawal("USDT", str(dice.randrange(1, 200)), at_ms, f"w{number}", "1")
        elif kind == 2:
            legs = (Leg("ETH", D(dice.randrange(1, 5)), "in"),)
            event = LedgerEvent(RECONCILIATION, f"u{number}", EventKind.UNEXPLAINED, at_ms, legs)
        elif kind == 3:
            giver, taker = dice.sample(("a", "b"), 2)
            sent, got = moved("USDT", "40", at_ms, at_ms + dice.choice((0, 70_000, 5_400_000)), f"x{number}")
            two[giver].append(sent)
            two[taker].append(got)
            continue
        else:
            event = trade("BUY", "BTC", "0.01", "USDT", "300", at_ms, number)
        one.append(event)
        two[dice.choice(("a", "b"))].append(event)
    return _booked(one), {name: _booked(events) for name, events in two.items()}


def _booked(events: Sequence[LedgerEvent]) -> list[LedgerEvent]:
    return sorted(events, key=lambda event: (event.at_ms, event.source, event.external_id))


def without_names(rows: Sequence[SnapshotRow]) -> list[Mapping[str, object]]:
    """Rows as they are, but for whose they are."""
    names = [name for name in SnapshotRow.__dataclass_fields__ if name not in ("id", "account_id")]
    return [{name: getattr(row, name) for name in names} for row in rows]
