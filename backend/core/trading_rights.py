"""Whether an order may be sent at all: switch, arming, rights of the key, clocks. Asked right before each send."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.errors import BadInputError, NotAllowedError, NotFoundError, RunRefusedError
from backend.core.exchange_clock import trading_refused
from backend.core.model.accounts import KEY_GONE, Account, SyncState
from backend.core.model.keys import KEY_LOST, TRADE

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork
    from backend.core.trade_ports import ArmingRule

SWITCH: Final = "trading.kill_switch"
MINUTE_MS: Final = 60_000
KILL_SWITCH: Final = "kill-switch"
DISARMED: Final = "trading-disarmed"
EXPIRED: Final = "arming-expired"
CLOCK: Final = "clock-apart"
KEY_RIGHTS: Final = "key-rights"
SWITCH_WORDS: Final = "The kill switch is on: nothing is sent until it is lifted"
DISARMED_WORDS: Final = "The account is not armed: arm it for as long as it shall trade"
NO_KEY: Final = "no-key"
KEY_READS_ONLY: Final = "key-reads-only"


@dataclass(frozen=True, slots=True)
class SwitchState:
    """`by_switch` since when, on this machine's clock (None: off); `by_file`: the file lies in the data folder."""

    by_switch_ms: int | None
    by_file: bool

    @property
    def on(self) -> bool:
        return self.by_switch_ms is not None or self.by_file


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps an account from trading: a code, and words that say what to change."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an account trades: it may if its key may, and it does while it is armed.

    `until_ms`: when the arming ends, on this machine's clock (None: it is not armed, or always). `bar`: why no order
    is sent for it now, the kill switch aside; None: nothing stands in the way.
    """

    allowed: bool
    armed: bool
    until_ms: int | None
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class SwitchView:
    """The switch, and how many orders were on their way when it was looked at."""

    state: SwitchState
    in_flight: int


class TradingRights:
    """Kill switch and arming of one installation.

    `file_there`: whether the file that stops everything lies in the data folder. `now_ms`: this machine's clock.
    `own_time`: the exchange keeps a time of its own, as a simulator does, so the distance to it says nothing.
    `tells_rights`: the exchange says what a key may do, so a key of which it says nothing does not trade.
    """

    def __init__(
        self,
        store: Store,
        environment: str,
        rule: ArmingRule,
        file_there: Callable[[], bool],
        now_ms: Callable[[], int],
        own_time: bool,
        tells_rights: bool,
    ) -> None:
        self._store = store
        self._environment = environment
        self._own_time = own_time
        self._tells_rights = tells_rights
        self._rule = rule
        self._file_there = file_there
        self._now_ms = now_ms

    def refusal(self, unit: UnitOfWork, account_id: int) -> RunRefusedError | None:
        """Why an account may send no order now; None: it may."""
        if self.switch(unit).on:
            return RunRefusedError(KILL_SWITCH, SWITCH_WORDS)
        account = self._account(unit, account_id)
        if not self.standing(unit, account).armed:
            if self._rule == "by_hand" and unit.arming.until(account_id) is not None:
                return RunRefusedError(EXPIRED, "The time for which the account was armed is over: arm it again")
            return RunRefusedError(DISARMED, DISARMED_WORDS)
        sync = unit.accounts.sync_state(account_id)
        barred = self.rights_bar(unit, account, sync)
        if barred is not None:
            return RunRefusedError(KEY_RIGHTS, barred.detail)
        if self._own_time:
            return None
        apart = trading_refused(sync.clock_offset_ms)
        return None if apart is None else RunRefusedError(CLOCK, apart)

    def switch(self, unit: UnitOfWork) -> SwitchState:
        stored = unit.settings.get(SWITCH)
        since = None if stored is None else json.loads(stored)["since"]
        return SwitchState(since, self._file_there())

    def state(self) -> SwitchState:
        with self._store.read() as unit:
            return self.switch(unit)

    def throw(self) -> SwitchState:
        """Stop everything; what is on its way to the exchange is not called back."""
        return self._set(self._now_ms())

    def lift(self) -> SwitchState:
        """Let orders be sent again.

        Raises:
            RunRefusedError: the file in the data folder still stops them.
        """
        found = self._set(None)
        if found.by_file:
            words = "The switch is off, but the file KILL_SWITCH still stands in the data folder: take it away"
            raise RunRefusedError(KILL_SWITCH, words)
        return found

    def standing(self, unit: UnitOfWork, account: Account) -> Standing:
        """Whether an account may trade, and does now."""
        sync = unit.accounts.sync_state(account.id)
        barred = key_missing(account, sync) or self.rights_bar(unit, account, sync)
        until_ms = None
        if account.keyless:
            armed = False
        elif self._rule == "always":
            armed = True
        else:
            until_ms = unit.arming.until(account.id)
            armed = until_ms is not None and self._now_ms() < until_ms
        return Standing(
            allowed=barred is None,
            armed=armed,
            until_ms=until_ms if armed else None,
            bar=barred or (None if armed else Bar(DISARMED, DISARMED_WORDS)),
        )

    def standing_of(self, account_id: int) -> Standing:
        """The same, of an account by its number.

        Raises:
            NotFoundError: there is no such account.
        """
        with self._store.read() as unit:
            return self.standing(unit, self._account(unit, account_id))

    def standings(self) -> tuple[Mapping[int, Standing], float | None]:
        """Of every account, and for how many seconds that stays true without a change."""
        with self._store.read() as unit:
            accounts = unit.accounts.in_environment(self._environment)
            found = {one.id: self.standing(unit, one) for one in accounts}
        ends = [one.until_ms for one in found.values() if one.until_ms is not None]
        return found, (min(ends) - self._now_ms()) / 1000 if ends else None

    def arm(self, account_id: int, minutes: int, confirmation: str) -> Standing:
        """Let an account trade for a time.

        Raises:
            NotFoundError: there is no such account.
            BadInputError: the confirmation is not its name, or it has no key to trade with.
            NotAllowedError: its key has a right too many or too few.
        """
        with self._store.write() as unit:
            account = self._account(unit, account_id)
            if confirmation.strip() != account.name:
                raise BadInputError(f"Type the name of the account, {account.name}", "confirmation")
            if account.keyless:
                raise BadInputError(f"{account.name} has no key: it cannot trade", "account_id")
            barred = self.rights_bar(unit, account, unit.accounts.sync_state(account_id))
            if barred is not None:
                raise NotAllowedError(barred.detail)
            if self._rule == "by_hand":
                unit.arming.set(account_id, self._now_ms() + minutes * MINUTE_MS)
            told = {"minutes": minutes if self._rule == "by_hand" else None}
            unit.audit.record("trading.arm", account_id=account_id, subject=account.name, details=told)
            unit.events.emit("run", account_id, {"armed": True})
            return self.standing(unit, account)

    def disarm(self, account_id: int) -> Standing:
        """End it; a run under way sends nothing more.

        Raises:
            NotFoundError: there is no such account.
        """
        with self._store.write() as unit:
            account = self._account(unit, account_id)
            unit.arming.set(account_id, None)
            unit.audit.record("trading.disarm", account_id=account_id, subject=account.name)
            unit.events.emit("run", account_id, {"armed": False})
            return self.standing(unit, account)

    def rights_bar(self, unit: UnitOfWork, account: Account, sync: SyncState) -> Bar | None:
        """Which right of its keys, one too many or too few, keeps an account from trading; None: none that is known.

        Neither of its keys may take coins away; what sends the orders is its trade key, where it has one.
        """
        known, name = sync.permissions, account.name
        trade = unit.account_keys.find(account.id, TRADE)
        if (known is not None and known.can_withdraw) or (trade and trade.rights and trade.rights.can_withdraw):
            words = "take these rights from it at the exchange, or make a key without them, and refresh"
            return Bar(KEY_RIGHTS, f"The key of {name} may withdraw or transfer coins: {words}")
        if trade is not None:
            known = trade.rights
        if known is not None and known.can_trade is False:
            words = f"The key of {name} may not trade: give it the right to trade spot, and no other"
            return Bar(KEY_READS_ONLY, words)
        told = known is not None and known.can_trade is not None and known.can_withdraw is not None
        if self._tells_rights and not told:
            words = f"The exchange has not told yet what the key of {name} may do: refresh, and look at the key there"
            return Bar(KEY_RIGHTS, words)
        if self._tells_rights and known is not None and known.ip_restricted is not True:
            words = "restrict it to this machine's address at the exchange, and check it again"
            return Bar(KEY_RIGHTS, f"The key of {name} works from any address: {words}")
        return None

    def _account(self, unit: UnitOfWork, account_id: int) -> Account:
        account = next((one for one in unit.accounts.in_environment(self._environment) if one.id == account_id), None)
        if account is None:
            raise NotFoundError(f"There is no account {account_id} in the {self._environment} environment")
        return account

    def _set(self, since_ms: int | None) -> SwitchState:
        with self._store.write() as unit:
            if since_ms is None or self.switch(unit).by_switch_ms is None:
                unit.settings.set(SWITCH, json.dumps({"since": since_ms}))
            unit.audit.record("kill_switch.lift" if since_ms is None else "kill_switch.throw")
            unit.events.emit("run", None, {"kill_switch": since_ms is not None})
            return self.switch(unit)


def key_missing(account: Account, sync: SyncState) -> Bar | None:
    """Why there is no key to ask the exchange with; None: there is one."""
    if account.keyless:
        return Bar(NO_KEY, f"{account.name} has no key: it lives from statements and cannot trade")
    if sync.error_code in (KEY_GONE, KEY_LOST):
        return Bar(KEY_GONE, f"The key of {account.name} is not here any more, or cannot be opened: enter it again")
    return None
