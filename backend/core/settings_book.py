"""SettingsBook: what the user set for this installation, and which coins it hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.errors import BadInputError
from backend.core.model.amounts import ZERO, total
from backend.core.model.display_zone import DISPLAY_ZONE, DisplayZone, encode_zone
from backend.core.model.risk_rate import RISK_FREE, decode_rate, encode_rate
from backend.core.model.view_rules import HiddenReason, HidingRule, decode_rule, encode_rule

if TYPE_CHECKING:
    from backend.core.portfolio_view import PortfolioView
    from backend.core.ports import Store
    from backend.core.views import BalancesView

HIDING: Final = "hidden_coins"


@dataclass(frozen=True, slots=True)
class HiddenCoins:
    """The coins that are hidden, why, and what the ones with a price are worth together, in the currency shown.

    `minimum`: what is worth less is hidden, in the reporting currency.
    """

    minimum: Decimal
    reasons: Mapping[str, HiddenReason]
    value: Decimal
    unpriced: int


class SettingsBook:
    """Reads and writes settings over a store."""

    def __init__(self, store: Store, portfolio: PortfolioView) -> None:
        self._store = store
        self._portfolio = portfolio

    def hiding(self) -> HidingRule:
        """The rule that hides coins."""
        with self._store.read() as unit:
            return decode_rule(unit.settings.get(HIDING))

    def hide(self, rule: HidingRule) -> HidingRule:
        """Put the rule in the place of the one there is."""
        with self._store.write() as unit:
            unit.settings.set(HIDING, encode_rule(rule))
            told = {"minimum_usd": rule.minimum, "unpriced": rule.unpriced, "assets": sorted(rule.named)}
            unit.audit.record("settings.hidden_coins", details=told)
            unit.events.emit("balances", None, {"by": "settings"})
        return rule

    def risk_free_rate(self) -> Decimal:
        """What risk figures are measured against, a fraction a year."""
        with self._store.read() as unit:
            return decode_rate(unit.settings.get(RISK_FREE))

    def set_risk_free_rate(self, rate: Decimal) -> None:
        """Measure risk figures against another rate, a fraction a year.

        Raises:
            ValueError: no rate that there could be.
        """
        with self._store.write() as unit:
            before = decode_rate(unit.settings.get(RISK_FREE))
            unit.settings.set(RISK_FREE, encode_rate(rate))
            told = {"rate_percent": rate * 100, "before_percent": before * 100}
            unit.audit.record("settings.risk_free_rate", details=told)
            unit.events.emit("balances", None, {"by": "settings"})

    def display_zone(self) -> DisplayZone:
        """The zone whose midnight starts "today"."""
        with self._store.read() as unit:
            return self._portfolio.display_zone(unit)

    def set_display_zone(self, name: str | None) -> None:
        """Begin "today" at the midnight of another zone, and show times in it; None: as the settings file says.

        Raises:
            BadInputError: there is no such zone.
        """
        try:
            wanted = encode_zone(name)
        except ValueError:
            words = "This is no time zone, such as Europe/Paris"
            raise BadInputError(words, "display.time_zone") from None
        with self._store.write() as unit:
            before = unit.settings.get(DISPLAY_ZONE)
            unit.settings.set(DISPLAY_ZONE, wanted)
            unit.audit.record("settings.time_zone", details={"time_zone": {"from": before or None, "to": name}})
            unit.events.emit("balances", None, {"by": "settings"})

    def hidden(self, account_id: int | None, shown: BalancesView) -> HiddenCoins:
        """The coins hidden of an account, or of all together.

        Args:
            shown: the same balances in the currency shown; the rule is about the reporting currency.

        Raises:
            NotFoundError: no such account in this environment.
        """
        rule = self.hiding()
        own = _values(self._portfolio.balances(account_id))
        reasons = {asset: why for asset, value in own.items() if (why := rule.reason(asset, value)) is not None}
        values = [value for asset, value in _values(shown).items() if asset in reasons]
        return HiddenCoins(
            rule.minimum, reasons, total([value for value in values if value is not None]), values.count(None)
        )


def _values(view: BalancesView) -> Mapping[str, Decimal | None]:
    """What each coin is worth over all wallets; None where a part of it has no price."""
    found: dict[str, Decimal | None] = {}
    for _, _, line in view.lines:
        asset = line.balance.asset
        before = found.get(asset, ZERO)
        found[asset] = None if before is None or line.value is None else total([before, line.value])
    return found
