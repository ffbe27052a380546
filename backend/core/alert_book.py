"""AlertBook: what was told, what is watched, and where messages go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.core.alerts.channels import PURPOSE, ChannelWish, check_channel, secret_is_kept
from backend.core.alerts.kinds import MOST_PRICES, TERMS, refused_limit
from backend.core.alerts.plan_text import PLAN, decode_plan, encode_plan
from backend.core.errors import BadInputError, NotAllowedError
from backend.core.model.alerts import (
    CHANNELS,
    Alert,
    AlertPlan,
    AlertRule,
    ChannelName,
    Delivery,
    QuietHours,
    StoredChannel,
)
from backend.core.model.display_zone import DISPLAY_ZONE, decode_zone
from backend.core.portfolio_view import wanted_accounts

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork
    from backend.core.secret_ports import Sealer

# Why no channel can be used: in the demo nothing leaves this machine; without a vault no secret can be kept.
Blocked = Literal["demo", "no_vault"]
DEMO: Final = "demo"
MINUTES_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Alerts, the newest first, with the names of their accounts; `unread`: of all there are."""

    alerts: Sequence[Alert]
    next_cursor: int | None
    unread: int
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as it may be shown: without its secret. `last`: what became of the newest message."""

    name: ChannelName
    set: bool
    enabled: bool
    settings: Mapping[str, str]
    last: Delivery | None


@dataclass(frozen=True, slots=True)
class ChannelsView:
    """All channels. `allowed_hosts`: those that the installation allows beside Telegram's."""

    blocked: Blocked | None
    allowed_hosts: Sequence[str]
    items: Sequence[ChannelView]


class AlertBook:
    """Reads and writes alerts of one environment over a store."""

    def __init__(
        self,
        store: Store,
        environment: str,
        zone: str,
        allowed_hosts: Collection[str],
        sealer: Sealer | None,
        now_ms: Callable[[], int],
    ) -> None:
        """
        Args:
            zone: of quiet hours where none is set, and none is chosen for the display.
            sealer: None: there is no vault, and no channel can be set.
            now_ms: this machine's clock.
        """
        self._store = store
        self._environment = environment
        self._zone = zone
        self._allowed = allowed_hosts
        self._sealer = sealer
        self._now_ms = now_ms

    def page(self, account_id: int | None, limit: int, before: int | None, unread: bool) -> AlertPage:
        """Alerts, the newest first: of one account and of the market, or all.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            accounts = wanted_accounts(unit, self._environment, None)
            wanted_accounts(unit, self._environment, account_id)
            found = unit.alerts.page(self._environment, account_id, limit + 1, before, unread)
            shown = found[:limit]
            return AlertPage(
                alerts=shown,
                next_cursor=shown[-1].id if len(found) > limit else None,
                unread=unit.alerts.unread(self._environment),
                names={one.id: one.name for one in accounts},
            )

    def mark_read(self, ids: Sequence[int] | None, up_to: int | None) -> int:
        """Mark some as read, or all up to a number; returns how many are left unread."""
        with self._store.write() as unit:
            if unit.alerts.mark_read(self._environment, ids, up_to):
                unit.events.emit("alert", None, {"read": True})
            return unit.alerts.unread(self._environment)

    def plan(self) -> AlertPlan:
        """What is watched."""
        with self._store.read() as unit:
            return self._plan(unit)

    def set_plan(self, plan: AlertPlan) -> AlertPlan:
        """Put what is watched in the place of what was. A rule that is new, or was switched off, begins armed.

        Raises:
            BadInputError: names the field that cannot be used.
        """
        _check_rules(plan.rules)
        _check_quiet(plan.quiet)
        with self._store.write() as unit:
            unit.settings.set(PLAN + self._environment, encode_plan(plan))
            kept = self._plan(unit)
            unit.alerts.arm(self._environment, [rule.key for rule in kept.rules if rule.enabled])
            unit.audit.record("alerts.rules", details={"rules": [rule.key for rule in kept.rules if rule.enabled]})
            unit.events.emit("alert", None, {"by": "settings"})
        return kept

    def channels(self) -> ChannelsView:
        """Where messages go."""
        with self._store.read() as unit:
            return self._channels(unit)

    def set_channel(self, wish: ChannelWish) -> ChannelsView:
        """Put a channel in the place of the one there is. Its secret can be left out where it goes to the same place.

        Raises:
            BadInputError: names the field that cannot be used.
            NotAllowedError: no channel can be used here.
        """
        sealer = self._usable()
        check_channel(wish, self._allowed)
        with self._store.write() as unit:
            before = next((one for one in unit.alert_channels.all(self._environment) if one.name == wish.name), None)
            if wish.secret is not None:
                sealed = sealer.seal(wish.secret, PURPOSE + wish.name)
            elif before is not None and secret_is_kept(wish.name, before.settings, wish.settings):
                sealed = before.sealed
            else:
                raise BadInputError("It is needed: it would go to another place than until now", "secret")
            channel = StoredChannel(wish.name, wish.enabled, dict(wish.settings), sealed)
            unit.alert_channels.keep(self._environment, channel)
            unit.audit.record("alerts.channel", subject=wish.name, details={"enabled": wish.enabled})
            unit.events.emit("alert", None, {"by": "settings"})
            return self._channels(unit)

    def drop_channel(self, name: ChannelName) -> ChannelsView:
        """Forget a channel with its secret."""
        with self._store.write() as unit:
            unit.alert_channels.drop(self._environment, name)
            unit.audit.record("alerts.forget_channel", subject=name)
            unit.events.emit("alert", None, {"by": "settings"})
            return self._channels(unit)

    def check_testable(self, name: ChannelName) -> None:
        """
        Raises:
            NotAllowedError: the channel is not set, switched off, or none can be used here.
        """
        self._usable()
        with self._store.read() as unit:
            found = [one for one in unit.alert_channels.all(self._environment) if one.name == name and one.enabled]
        if not found:
            raise NotAllowedError("Set this channel, and switch it on, before it is tested")

    def _usable(self) -> Sealer:
        if self._environment == DEMO:
            raise NotAllowedError("In the demo alerts are told in the dashboard alone")
        if self._sealer is None:
            raise NotAllowedError("There is no vault to keep the secret of a channel in")
        return self._sealer

    def _plan(self, unit: UnitOfWork) -> AlertPlan:
        zone = decode_zone(unit.settings.get(DISPLAY_ZONE), self._zone)
        return decode_plan(unit.settings.get(PLAN + self._environment), zone.name)

    def _channels(self, unit: UnitOfWork) -> ChannelsView:
        stored = {one.name: one for one in unit.alert_channels.all(self._environment)}
        last = unit.alert_outbox.last(self._environment)
        blocked: Blocked | None = "no_vault" if self._sealer is None else None
        return ChannelsView(
            blocked="demo" if self._environment == DEMO else blocked,
            allowed_hosts=sorted(self._allowed),
            items=[_view(name, stored.get(name), last.get(name)) for name in CHANNELS],
        )


def _view(name: ChannelName, stored: StoredChannel | None, last: Delivery | None) -> ChannelView:
    if stored is None:
        return ChannelView(name, False, False, {}, last)
    return ChannelView(name, True, stored.enabled, stored.settings, last)


def _check_rules(rules: Sequence[AlertRule]) -> None:
    keys = [rule.key for rule in rules]
    for at, rule in enumerate(rules):
        if TERMS[rule.kind].of_asset != bool(rule.asset):
            raise BadInputError("A price is of an asset, and nothing else is", f"rules.{at}.asset")
        reason = refused_limit(rule.kind, rule.limit)
        if reason is not None:
            raise BadInputError(reason, f"rules.{at}.limit")
        if keys.index(rule.key) != at:
            raise BadInputError("The same rule stands there twice", f"rules.{at}.kind")
    if sum(bool(rule.asset) for rule in rules) > MOST_PRICES:
        raise BadInputError(f"At most {MOST_PRICES} prices", "rules")


def _check_quiet(quiet: QuietHours) -> None:
    if not (0 <= quiet.start_minute < MINUTES_A_DAY and 0 <= quiet.end_minute < MINUTES_A_DAY):
        raise BadInputError("A time of the day is meant", "quiet_hours")
    try:
        ZoneInfo(quiet.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInputError("This is no time zone, such as Europe/Paris", "quiet_hours.time_zone") from None
