"""An account whose rows say what a test needs, and who judges them. No exchange but one that tells prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, cast

from sqlalchemy import text

from backend.core.alerts.facts import Surroundings
from backend.core.alerts.kinds import TERMS
from backend.core.alerts.plan_text import PLAN, encode_plan
from backend.core.model.accounts import Account, KeyPermissions
from backend.core.model.alerts import Alert, AlertKind, AlertPlan, AlertRule, ChannelName, QuietHours
from backend.core.model.holdings import Balance
from backend.core.model.instants import HOUR_MS, MINUTE_MS
from backend.core.model.runs import NewRun, RunState
from backend.core.model.valuation import PricedBalance, Valuation
from backend.core.model.wallets import WalletState
from backend.core.performance.snapshot_chain import Grid, extend
from backend.core.ports import Exchange, Store
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.alert_keeper import AlertKeeper
from backend.services.run_journal import RunJournal
from backend.services.session_manager import Session
from backend.tests.builders import T0, pair, point
from backend.tests.fakes import FakeExchange

D = Decimal
NO_QUIET: Final = QuietHours()
HOURLY: Final = Grid(HOUR_MS)
FULL: Final = KeyPermissions(True, True, False, True)
ALL_CHANNELS: Final[frozenset[ChannelName]] = frozenset({"webhook", "telegram", "email"})


def priced(asset: str, quantity: str, price: str | None, reason: str | None = None) -> PricedBalance:
    balance = Balance("spot", asset, D(quantity), D(0))
    value = None if price is None else balance.valued * D(price)
    told = "no_price" if price is None else reason
    return PricedBalance(balance, None if price is None else D(price), value, None, told)


@dataclass
class AlertCase:
    """`now_ms`: of the exchange, `wall`: the machine's clock. `market`: prices by symbol, beside what is held."""

    store: SqlStore
    lease: SqlLease
    account: Account
    wall: list[int]
    now_ms: int = T0 + 26 * HOUR_MS
    market: dict[str, str] = field(default_factory=dict)
    keeper: AlertKeeper = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = keeper_of(self.store, self.wall)
        with self.store.write() as unit:
            values = {"as_of": T0, "refreshed_machine": T0, "import_complete": True, "permissions": FULL}
            unit.accounts.update_sync(self.account.id, **values)
            rows = [point(T0 + hour * HOUR_MS, "1000") for hour in range(27)]
            unit.snapshots.append(extend(self.account.id, None, rows, [], HOURLY))
        self.hold(priced("USDT", "1000", "1"))
        self.keeper.take(self.epoch)

    @property
    def epoch(self) -> int:
        return self.lease.acquire() or 0

    def watch(self, *rules: AlertRule, quiet: QuietHours = NO_QUIET) -> None:
        """Only these rules, over every channel that is set."""
        wanted = [replace(rule, channels=ALL_CHANNELS) for rule in rules]
        off = [AlertRule(kind, None, False) for kind in KINDS if kind not in {rule.kind for rule in rules}]
        with self.store.write() as unit:
            plan = AlertPlan((*wanted, *off), quiet)
            unit.settings.set(PLAN + "simulator", encode_plan(plan))

    def hold(self, *lines: PricedBalance, wallets: tuple[WalletState, ...] = ()) -> None:
        """The balances of now."""
        with self.store.write() as unit:
            unit.balances.replace(self.account.id, Valuation.of(self.now_ms, lines, wallets=wallets))
            states = {"wallets": wallets, "unpriced": [one.balance.asset for one in lines if one.price is None]}
            unit.accounts.update_sync(self.account.id, as_of=self.now_ms, **states)

    def sync(self, **changes: Any) -> None:
        with self.store.write() as unit:
            unit.accounts.update_sync(self.account.id, **changes)

    def judge(self) -> list[Alert]:
        """One refresh that worked, and all that was told until now, oldest first."""
        minute = self.now_ms - MINUTE_MS
        listed = [pair(name.removesuffix("USDT"), "USDT") for name in self.market]
        exchange = FakeExchange(self.now_ms, listed, {name: {minute: price} for name, price in self.market.items()})
        self.keeper.refreshed(Session(self.account, cast(Exchange, exchange)), self.epoch)
        self.keeper.take(self.epoch)
        return self.alerts()

    def alerts(self) -> list[Alert]:
        return alerts_of(self.store)

    def run(self, state: RunState, code: str | None = None, dry_run: bool = False) -> int:
        """A run that ended so, as the collector writes it."""
        epoch = self.epoch
        with self.store.write(epoch) as unit:
            count = len(unit.runs.page([self.account.id], 1000, None))
            new = NewRun(self.account.id, "simulator", f"plan-{count}", "0" * 64, dry_run, "user", D(0), self.now_ms)
            number = unit.runs.create(new, [], epoch)
        RunJournal(self.store, epoch, number).end(state, code, "in words", self.now_ms)
        return number

    def sql(self, statement: str, **values: Any) -> None:
        with self.store.write() as unit:
            unit.connection.execute(text(statement), values)


def keeper_of(store: Store, wall: Sequence[int]) -> AlertKeeper:
    """Who judges; `wall`: the machine's clock."""
    return AlertKeeper(store, Surroundings("simulator", "USDT", HOUR_MS), "UTC", lambda: wall[0])


def alerts_of(store: Store) -> list[Alert]:
    """All alerts, oldest first."""
    with store.read() as unit:
        return list(unit.alerts.page("simulator", None, 1000, None, False))[::-1]


KINDS: Final[Sequence[AlertKind]] = [kind for kind, terms in TERMS.items() if not terms.of_asset]
