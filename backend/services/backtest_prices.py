"""Candles of the past for backtests: asked for once, then kept with the other prices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from backend.core.rebalancing.backtest_inputs import UNIT, Ints, PriceTable
from backend.services.past_prices import TOGETHER
from backend.services.price_looks import PriceLook, price_looks

if TYPE_CHECKING:
    from backend.core.model.market import Candle, CandleAsk
    from backend.core.model.trading_rules import SymbolRules
    from backend.core.model.valuation import PricePoint
    from backend.core.ports import Store
    from backend.core.rebalancing.backtest_request import BacktestRequest


class CandleSource(Protocol):
    """What backtests ask the exchange. Each call may raise `ExchangeError`; none needs a key."""

    def set_purpose(self, purpose: Literal["live", "import"]) -> None: ...
    def server_time_ms(self) -> int: ...
    def trading_rules(self) -> Sequence[SymbolRules]: ...
    def candle_answers(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]: ...


def stored_table(store: Store, request: BacktestRequest, at_ms: Ints, symbols: Mapping[str, str]) -> PriceTable:
    """The closes that are in the database, at instants on the grid of the request.

    A candle that is missing leaves no price: the one before it is not taken for it.

    Args:
        symbols: the pair of each asset.
    """
    wanted: list[int] = at_ms.tolist()
    step = request.step_ms
    return PriceTable(
        at_ms, {asset: _closes(_known(store, symbol, wanted), wanted, step) for asset, symbol in symbols.items()}
    )


class BacktestPrices:
    """Fills the database with closes, of which it asks the exchange for those that are not there."""

    def __init__(self, store: Store, source: CandleSource, epoch: int) -> None:
        self._store = store
        self._source = source
        self._epoch = epoch

    def table(
        self,
        request: BacktestRequest,
        at_ms: Ints,
        symbols: Mapping[str, str],
        progress: Callable[[float], bool],
    ) -> PriceTable | None:
        """`stored_table`, after what is missing was asked for: by hours also where the grid is coarser, so that what is
        kept tells how old a price is.

        Args:
            progress: told how much of what was missing is there, a ratio; False calls it off.

        Returns:
            None where it was called off; what was read until then is kept.

        Raises:
            ExchangeError: the exchange did not answer; what was read before is kept.
        """
        wanted: list[int] = at_ms.tolist()
        looks: list[PriceLook] = []
        for symbol in symbols.values():
            known = _known(self._store, symbol, wanted)
            missing = [at for at in wanted if at not in known]
            looks += price_looks(symbol, missing, ())
        for start in range(0, len(looks), TOGETHER):
            if not progress(start / len(looks)):
                return None
            self._ask(looks[start : start + TOGETHER])
        return stored_table(self._store, request, at_ms, symbols)

    def _ask(self, looks: Sequence[PriceLook]) -> None:
        self._source.set_purpose("import")
        answers = self._source.candle_answers([look.ask for look in looks])
        with self._store.write(self._epoch) as unit:
            unit.prices.add(point for look, answer in zip(looks, answers, strict=True) for point in look.points(answer))


def _known(store: Store, symbol: str, wanted: Sequence[int]) -> Mapping[int, PricePoint]:
    with store.read() as unit:
        return unit.prices.known(symbol, wanted)


def _closes(known: Mapping[int, PricePoint], wanted: Sequence[int], step: int) -> Ints:
    units = np.zeros(len(wanted), dtype=np.int64)
    for row, at in enumerate(wanted):
        point = known.get(at)
        if point is None or point.price is None or point.candle_end_ms is None:
            continue
        # The last trade by the instant; where it is older than the candle, there is no such candle.
        if point.candle_end_ms > at - step:
            units[row] = int(point.price / UNIT)
    return units
