"""ConversionBook: single conversions with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.errors import BadInputError
from backend.core.portfolio_view import wanted_accounts
from backend.core.rebalancing.score import net_change

if TYPE_CHECKING:
    from backend.core.model.runs import Run
    from backend.core.model.strategies import Conversion
    from backend.core.ports import Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class ConversionView:
    """As it was asked for and planned, its run, and what its fills moved; None: nothing was filled."""

    wish: Conversion
    run: Run
    spent: Decimal | None
    received: Decimal | None


class ConversionBook:
    """Reads conversions of one environment over a store."""

    def __init__(self, store: Store, environment: str) -> None:
        self._store = store
        self._environment = environment

    def page(
        self, account_id: int | None, limit: int, before: int | None
    ) -> tuple[Sequence[ConversionView], int | None]:
        """The newest first, and the cursor of the page behind them (None: it was the last).

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            accounts = [one.id for one in wanted_accounts(unit, self._environment, account_id)]
            found = unit.conversions.page(accounts, limit + 1, before)
            views = [view for one in found[:limit] if (view := _view(unit, one)) is not None]
        return views, found[limit - 1].run_id if len(found) > limit else None

    def confirm(self, account_id: int, confirmation: str | None) -> None:
        """Refuse to convert for real without the account's name, before anything is asked of the exchange.

        Raises:
            NotFoundError: no such account in this environment.
            BadInputError: it is not the account's name.
        """
        with self._store.read() as unit:
            (account,) = wanted_accounts(unit, self._environment, account_id)
        if (confirmation or "").strip() != account.name:
            raise BadInputError(f"Type the name of the account, {account.name}", "confirmation")


def _view(unit: UnitOfWork, wish: Conversion) -> ConversionView | None:
    run = unit.runs.find(wish.run_id)
    if run is None:
        return None
    fills = unit.runs.fills(run.id)
    moved = net_change([leg.planned for leg in unit.runs.legs(run.id)], fills)
    if not fills:
        return ConversionView(wish, run, None, None)
    return ConversionView(wish, run, -moved.get(wish.given, Decimal(0)), moved.get(wish.taken, Decimal(0)))
