"""What rules are judged by, gathered from prepared rows of one account. What is not known is None, never zero."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.core.alerts.falls import comparable, fall_percent, index_now
from backend.core.ledger.certificate import DIFFERENCES, Certificate
from backend.core.model.amounts import MONEY, ONE, ZERO, minus, product, total
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.valuation import FROM_STATEMENTS, LATER_BALANCE, PricedBalance, SnapshotRow, Valuation
from backend.core.rebalancing.chosen import settings_of, targets_of
from backend.core.rebalancing.standing import standing
from backend.core.valuation import DOLLARS

if TYPE_CHECKING:
    from backend.core.alerts.judge import Measured
    from backend.core.model.accounts import Account, SyncState
    from backend.core.model.alerts import AlertKind, AlertRule
    from backend.core.performance.day_series import DayCache
    from backend.core.ports import UnitOfWork

HUNDRED: Final = Decimal(100)
SPANS: Final[Mapping[AlertKind, int]] = {"loss_1h": HOUR_MS, "loss_24h": DAY_MS}
# What is about the market: judged once for all accounts.
OF_MARKET: Final[frozenset[AlertKind]] = frozenset({"price_above", "price_below", "depeg"})
# What is judged also when the exchange does not answer.
OF_SYNC: Final[frozenset[AlertKind]] = frozenset({"sync_failing"})
# Dollars that trade enough to measure others by.
MEASURES: Final = DOLLARS[:3]
# What is said of a price that is of now; also where the quantity is doubted.
OF_NOW: Final = frozenset({None, LATER_BALANCE, FROM_STATEMENTS})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What facts rest on beside the rows of an account. `interval_ms`: between two snapshots."""

    environment: str
    reporting: str
    interval_ms: int


class Facts:
    """One account just after a refresh."""

    def __init__(self, unit: UnitOfWork, account: Account, around: Surroundings, days: DayCache) -> None:
        self._unit = unit
        self._account = account
        self._around = around
        self._days = days
        self.sync: SyncState = unit.accounts.sync_state(account.id)
        self._valuation: Valuation | None = unit.balances.latest(account.id)

    def measured(self, rule: AlertRule) -> Measured | None:
        """What a level of this account is at, by subject; None: nothing of it is known."""
        if rule.kind in OF_SYNC:
            return {"": Decimal(self.sync.failures)}
        valuation = self._valuation
        if valuation is None or self.sync.settling or not self.sync.import_complete:
            return None
        if rule.kind == "balance_anomaly":
            return anomalies(self._unit.proofs.certificate(self._account.id), valuation)
        if valuation.unknown_wallets:
            return None
        if rule.kind in ("position_share", "drift_band"):
            tail = self._tail(valuation)
            if tail is not None and not comparable(tail, valuation.unpriced):
                return None
            return shares(valuation, self._around.reporting) if rule.kind == "position_share" else self._drifts()
        return self._fall(rule.kind, valuation)

    def band(self) -> Decimal:
        """The drift that rebalancing is set to act from."""
        return settings_of(self._unit, self._around.environment, self._account.id).threshold_percent

    def _tail(self, valuation: Valuation) -> SnapshotRow | None:
        return self._unit.snapshots.at_or_before(self._account.id, valuation.at_ms)

    def _fall(self, kind: AlertKind, valuation: Valuation) -> Measured | None:
        tail = self._tail(valuation)
        index = None if tail is None else index_now(tail, valuation.total)
        if tail is None or index is None:
            return None
        fallen = self._from_peak(tail, index, valuation) if kind == "loss_peak" else None
        if kind in SPANS:
            fallen = self._since(valuation.at_ms - SPANS[kind], index, valuation)
        return None if fallen is None else {"": fallen}

    def _since(self, at_ms: int, index: float, valuation: Valuation) -> Decimal | None:
        """Since the newest snapshot that is old enough; one that is far older says nothing of this span."""
        then = self._unit.snapshots.at_or_before(self._account.id, at_ms)
        if then is None or at_ms - then.at_ms > 2 * self._around.interval_ms:
            return None
        return fall_percent(index, then.growth_index) if comparable(then, valuation.unpriced) else None

    def _from_peak(self, tail: SnapshotRow, index: float, valuation: Valuation) -> Decimal | None:
        account = self._account.id
        series = self._days.get(account, self.sync.rebuilds, lambda from_ms: self._unit.daily.series(account, from_ms))
        highs = np.fmax(series.high, series.growth)
        known = np.isfinite(highs)
        peak, at_ms = tail.growth_index, tail.at_ms
        if known.any():
            place = int(np.nanargmax(np.where(known, highs, -math.inf)))
            if highs[place] > peak:
                peak, at_ms = float(highs[place]), int(series.day_ms[place]) + DAY_MS
        then = self._unit.snapshots.at_or_before(account, at_ms)
        if then is None or not comparable(then, valuation.unpriced):
            return None
        return fall_percent(index, peak)

    def _drifts(self) -> Measured | None:
        environment, account = self._around.environment, self._account.id
        percents = targets_of(self._unit, environment, account)
        if self._valuation is None or not percents:
            return {}
        settings = settings_of(self._unit, environment, account)
        lines = standing(self._valuation.lines, percents, settings, self._around.reporting)
        return {one.asset: abs(one.drift) for one in lines if one.drift is not None}


def shares(valuation: Valuation, reporting: str) -> Measured | None:
    """The weight of each asset in percent of all that has a price; the reporting currency is no position."""
    if valuation.total <= ZERO:
        return None
    values: dict[str, list[Decimal]] = {}
    for line in valuation.lines:
        if line.value is not None and line.balance.asset != reporting:
            values.setdefault(line.balance.asset, []).append(line.value)
    with localcontext(MONEY):
        return {asset: total(parts) / valuation.total * HUNDRED for asset, parts in values.items()}


def anomalies(certificate: Certificate | None, valuation: Valuation) -> Measured | None:
    """What the balances have that no event explains, or lack, by coin: its worth; None where nothing was compared.

    What the user has said about a coin explains it. A coin without a price is not known to be worth anything.
    """
    if certificate is None or not (certificate.complete or certificate.reason == DIFFERENCES):
        return None
    prices = {line.balance.asset: line.price for line in valuation.lines if line.price is not None}
    found: dict[str, Decimal | None] = {}
    for one in certificate.assets:
        left = minus(one.difference, one.decided)
        if left != ZERO:
            price = prices.get(one.asset)
            found[one.asset] = None if price is None else abs(product(left, price))
    return found


def held_prices(lines: Sequence[PricedBalance], reporting: str) -> dict[str, Decimal]:
    """Prices of now of what is held, without old ones and those of closed markets; the reporting currency costs 1."""
    return {line.balance.asset: line.price for line in lines if line.price is not None and line.reason in OF_NOW} | {
        reporting: ONE
    }


def wanted_prices(rules: Collection[AlertRule], reporting: str) -> set[str]:
    """Which coins have to have a price for some rules to be judged."""
    wanted = {rule.asset for rule in rules if rule.asset}
    if reporting in DOLLARS and any(rule.kind == "depeg" for rule in rules):
        wanted.update(coin for coin in MEASURES if coin != reporting)
    return wanted


def market_measured(rule: AlertRule, prices: Mapping[str, Decimal], reporting: str) -> Measured | None:
    """What a level of the market is at; a coin without a price is not known."""
    return {rule.asset: prices.get(rule.asset)} if rule.asset else _pegs(prices, reporting)


def _pegs(prices: Mapping[str, Decimal], reporting: str) -> Measured | None:
    """How far each dollar is from one, in percent.

    The reporting currency is measured by the other dollar that it is closest to: where one alone has moved, it is that
    one; where all are apart from the reporting currency, that has moved and they have not.
    """
    others = [prices[coin] for coin in MEASURES if coin != reporting and prices.get(coin, ZERO) > ZERO]
    if reporting not in DOLLARS or not others:
        return None
    with localcontext(MONEY):
        worth = min((ONE / price for price in others), key=lambda one: abs(one - ONE))
        known = {coin: prices[coin] * worth for coin in DOLLARS if coin in prices}
        known[reporting] = worth
        return {coin: abs(one - ONE) * HUNDRED for coin, one in known.items()}
