"""AlertKeeper: judges the rules, and writes what fires with the messages that tell of it, in one transaction.

A cause has a key, and no two alerts have the same: whatever is killed and started again, each is told once.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.alerts.facts import (
    OF_MARKET,
    OF_SYNC,
    Facts,
    Surroundings,
    held_prices,
    market_measured,
    wanted_prices,
)
from backend.core.alerts.judge import Measured, judged
from backend.core.alerts.kinds import TERMS, threshold
from backend.core.alerts.occurrences import TOPICS, changed_rights, large_enough, occurrence, rights_mark, severity_of
from backend.core.alerts.plan_text import PLAN, decode_plan
from backend.core.errors import ExchangeError
from backend.core.model.alerts import NO_ACCOUNT, AlertPlan, AlertRule, NewAlert, RuleState, Told
from backend.core.model.amounts import ONE, ZERO
from backend.core.model.display_zone import DISPLAY_ZONE, decode_zone
from backend.core.model.holdings import Balance
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.core.performance.day_series import DayCache
from backend.core.valuation import RouteBook, value_balances

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.ports import Store, UnitOfWork
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

# How far the events were looked through, as it is kept.
SEEN: Final = "alerts.seen."
EVENTS_AT_ONCE: Final = 1_000
KEEP_MS: Final = 180 * DAY_MS


@dataclass(frozen=True, slots=True)
class _Level:
    """A rule with what it is measured by, on an account or on the market."""

    rule: AlertRule
    account: int
    measured: Measured
    limit: Decimal

    def changes(self, unit: UnitOfWork, environment: str) -> Sequence[tuple[str, RuleState, Decimal | None]]:
        states = unit.alerts.states(environment, self.rule.key, self.account)
        at = threshold(self.rule, self.limit)
        return judged(states, RuleState(self.rule.key, self.account), self.measured, at)


class AlertKeeper:
    """Works under the lease. Thread-safe: accounts are refreshed side by side. `now_ms`: this machine's clock."""

    def __init__(self, store: Store, around: Surroundings, zone: str, now_ms: Callable[[], int]) -> None:
        """`zone`: of quiet hours where none is set, and none is chosen for the display."""
        self._store = store
        self._around = around
        self._zone = zone
        self._now_ms = now_ms
        self._routes = RouteBook(around.reporting)
        self._days = DayCache()
        self._lock = threading.Lock()
        self._seen: int | None = None

    def plan(self, unit: UnitOfWork) -> AlertPlan:
        """What the user set, or the program's own."""
        zone = decode_zone(unit.settings.get(DISPLAY_ZONE), self._zone)
        return decode_plan(unit.settings.get(PLAN + self._around.environment), zone.name)

    def refreshed(self, session: Session, epoch: int) -> None:
        """Judge an account that was just read.

        Raises:
            LeaseLostError: another collector works now; nothing was written.
        """
        account = session.account
        with self._lock, self._store.read() as unit:
            rules = [rule for rule in self.plan(unit).rules if rule.enabled]
            levels = list(self._levels(unit, account, rules))
            valuation = unit.balances.latest(account.id)
        prices = held_prices(() if valuation is None else valuation.lines, self._around.reporting)
        levels += self._of_market(rules, {**prices, **self._asked(session, rules, prices)})
        self._write(levels, account, rules, epoch)

    def failed(self, account: Account, epoch: int) -> None:
        """Judge an account that could not be read: figures are not known, only that.

        Raises:
            LeaseLostError: another collector works now; nothing was written.
        """
        with self._lock, self._store.read() as unit:
            rules = [rule for rule in self.plan(unit).rules if rule.enabled and rule.kind in OF_SYNC]
            levels = list(self._levels(unit, account, rules))
        self._write(levels, account, (), epoch)

    def take(self, epoch: int) -> None:
        """Take up what others told of since the last look.

        The first look of all only notes where it begins: what lies before was told when it happened.

        Raises:
            LeaseLostError: another collector works now; nothing was written.
        """
        name = SEEN + self._around.environment
        with self._store.read() as unit:
            stored = unit.settings.get(name)
            newest = unit.events.newest_id()
            since = None if stored is None else max(int(stored), self._seen or 0)
            events = [] if since is None else unit.events.after(since, EVENTS_AT_ONCE)
            accounts = {one.id for one in unit.accounts.in_environment(self._around.environment)}
        found = [
            (number, account, told)
            for number, topic, account, payload in events
            if topic in TOPICS and (account is None or account in accounts)
            if (told := occurrence(topic, payload)) is not None
        ]
        last = events[-1][0] if events else (newest if since is None else since)
        # What was looked through in vain is so again after a restart: that costs less than a write a second.
        if found or since is None or last - int(stored or 0) >= EVENTS_AT_ONCE:
            with self._store.write(epoch) as unit:
                plan = self.plan(unit)
                for number, account, told in found:
                    self._tell_occurrence(unit, plan, f"event:{number}", account, told)
                unit.settings.set(name, str(last))
        self._seen = last

    def tidy(self, epoch: int) -> None:
        """Forget old alerts that were read; to be called before old events are forgotten."""
        self.take(epoch)
        with self._store.write(epoch) as unit:
            unit.alerts.forget_old(self._now_ms() - KEEP_MS)

    def _levels(self, unit: UnitOfWork, account: Account, rules: Sequence[AlertRule]) -> Iterator[_Level]:
        facts = Facts(unit, account, self._around, self._days)
        for rule in rules:
            if TERMS[rule.kind].nature != "level" or rule.kind in OF_MARKET:
                continue
            measured = facts.measured(rule)
            if measured is not None:
                yield _Level(rule, account.id, measured, facts.band() if rule.limit is None else rule.limit)

    def _of_market(self, rules: Sequence[AlertRule], prices: Mapping[str, Decimal]) -> Iterator[_Level]:
        for rule in rules:
            if rule.kind in OF_MARKET and rule.limit is not None:
                measured = market_measured(rule, prices, self._around.reporting)
                if measured is not None:
                    yield _Level(rule, NO_ACCOUNT, measured, rule.limit)

    def _asked(
        self, session: Session, rules: Sequence[AlertRule], known: Mapping[str, Decimal]
    ) -> Mapping[str, Decimal]:
        """Prices of coins that rules name and the account does not hold."""
        missing = wanted_prices(rules, self._around.reporting) - known.keys()
        if not missing:
            return {}
        exchange = session.exchange
        try:
            routes = self._routes.routes(exchange.symbols())
            tickers = exchange.tickers(routes.symbols_of(missing))
        except ExchangeError as error:
            # Not known now: what stands, stands.
            log.debug("prices for alerts not read", account=session.account.name, code=error.code)
            return {}
        coins = [Balance(Wallet.SPOT.value, asset, ONE, ZERO) for asset in sorted(missing)]
        priced = value_balances(coins, routes, {one.symbol: one for one in tickers}, 0)
        return held_prices(priced.lines, self._around.reporting)

    def _write(self, levels: Sequence[_Level], account: Account, rules: Sequence[AlertRule], epoch: int) -> None:
        """Write what changes, judged again in the transaction that writes it: another account may have been first."""
        environment = self._around.environment
        with self._store.read() as unit:
            moving = [level for level in levels if level.changes(unit, environment)]
            watched = next((rule for rule in rules if rule.kind == "key_rights"), None)
            rights = watched is not None and self._rights(unit, account, watched) is not None
        if not moving and not rights:
            return
        with self._store.write(epoch) as unit:
            plan = self.plan(unit)
            for level in moving:
                for verdict, state, measure in level.changes(unit, environment):
                    unit.alerts.keep_state(environment, state)
                    if verdict == "fires":
                        told = Told(level.rule.kind, state.subject, measure, level.limit, *self._why(unit, level))
                        self._tell(unit, plan, level.rule, _key(state), state.account_id or None, told)
            changed = None if watched is None else self._rights(unit, account, watched)
            if watched is not None and changed is not None:
                state, told_rights = changed
                unit.alerts.keep_state(environment, state)
                if told_rights is not None:
                    self._tell(unit, plan, watched, _key(state), account.id, told_rights)

    def _why(self, unit: UnitOfWork, level: _Level) -> tuple[str | None, str]:
        """Of a refresh that fails: how."""
        if level.rule.kind not in OF_SYNC:
            return None, ""
        sync = unit.accounts.sync_state(level.account)
        return sync.error_code, sync.error or ""

    def _rights(self, unit: UnitOfWork, account: Account, rule: AlertRule) -> tuple[RuleState, Told | None] | None:
        """What is to be kept of a key's rights, and told; None: they are what they were, or not known."""
        now = rights_mark(unit.accounts.sync_state(account.id).permissions)
        states = unit.alerts.states(self._around.environment, rule.key, account.id)
        state = states[0] if states else RuleState(rule.key, account.id)
        if not now or now == state.mark:
            return None
        told = changed_rights(state.mark, now)
        return replace(state, mark=now, times=state.times + (told is not None)), told

    def _tell_occurrence(self, unit: UnitOfWork, plan: AlertPlan, key: str, account: int | None, told: Told) -> None:
        rule = next((one for one in plan.rules if one.kind == told.kind and one.enabled), None)
        if rule is None or not large_enough(told, rule.limit):
            return
        if told.kind == "run_finished" and told.run_id is not None:
            run = unit.runs.find(told.run_id)
            if run is None or run.dry_run:
                return
        self._tell(unit, plan, rule, key, account, told)

    def _tell(
        self, unit: UnitOfWork, plan: AlertPlan, rule: AlertRule, key: str, account: int | None, told: Told
    ) -> None:
        """Write an alert, and a message for each of its channels that is there; once for a key."""
        environment, now_ms = self._around.environment, self._now_ms()
        severity = severity_of(told, TERMS[told.kind].severity)
        number = unit.alerts.add(NewAlert(environment, account, key, severity, now_ms, told))
        if number is None:
            return
        for channel in unit.alert_channels.all(environment):
            if channel.enabled and channel.name in rule.channels:
                unit.alert_outbox.put(number, channel.name, secrets.token_hex(16), now_ms)
        unit.events.emit("alert", account, {"alert": number})
        log.info("alert", kind=told.kind, account=account, severity=severity)


def _key(state: RuleState) -> str:
    """Of the time that a state has fired."""
    return f"{state.rule}|{state.account_id}|{state.subject}|{state.times}"
