"""Which questions about candles tell the prices of many instants, and what their answers say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from backend.core.model.instants import HOUR_MS, MINUTE_MS
from backend.core.model.market import Candle, CandleAsk
from backend.core.model.valuation import PricePoint

CANDLES_A_PAGE: Final = 1000
# Below this many instants on a grid, pages of minutes do as well.
FEW: Final = 3
GRIDS: Final = (("1h", HOUR_MS), ("30m", 30 * MINUTE_MS), ("15m", 15 * MINUTE_MS), ("5m", 5 * MINUTE_MS))


@dataclass(frozen=True, slots=True)
class Ahead:
    """Instants that prices will be asked for later, in order: of whatever is held then, and of single assets."""

    common: Sequence[int] = ()
    own: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def of(self, assets: Collection[str]) -> Sequence[int]:
        """Those of some assets, in order."""
        single = [self.own[asset] for asset in assets if asset in self.own]
        return sorted({*self.common, *(at_ms for instants in single for at_ms in instants)}) if single else self.common


@dataclass(frozen=True, slots=True)
class PriceLook:
    """A question about one pair. `wanted`: the instants it is asked for; `besides`: those it may tell as well."""

    ask: CandleAsk
    wanted: Sequence[int]
    besides: Sequence[int] = ()

    def points(self, answer: Sequence[Candle]) -> list[PricePoint]:
        """What an answer tells: at each instant the close of the last candle that had ended."""
        ends = [candle.end_ms for candle in answer]
        found = []
        for at_ms in (*self.wanted, *self.besides):
            place = bisect_right(ends, at_ms)
            if place:
                last = answer[place - 1]
                found.append(PricePoint(self.ask.symbol, at_ms, last.close, last.end_ms))
            elif self.ask.start_ms is None:
                found.append(PricePoint(self.ask.symbol, at_ms, None, None))
        return found

    def before(self, answer: Sequence[Candle]) -> PriceLook | None:
        """The question for what was wanted and lies before the first candle of a page; None where nothing does."""
        if self.ask.start_ms is None:
            return None
        early = self.wanted if not answer else self.wanted[: bisect_left(self.wanted, answer[0].end_ms)]
        return PriceLook(CandleAsk(self.ask.symbol, "1m", None, early[0]), early) if early else None


def price_looks(symbol: str, instants_ms: Sequence[int], ahead: Sequence[int]) -> list[PriceLook]:
    """The questions for prices at instants, given in order: those on a common grid by pages of its candles, the others
    by pages of minutes where they are close together.

    A page reaches as far as the last instant `ahead` that it has room for.
    """
    found: list[PriceLook] = []
    rest = instants_ms
    for interval, step in GRIDS:
        on_grid = [at_ms for at_ms in rest if at_ms % step == 0]
        if len(on_grid) > FEW:
            found += _pages(symbol, interval, step, on_grid, ahead)
            rest = [at_ms for at_ms in rest if at_ms % step != 0]
    return found + _pages(symbol, "1m", MINUTE_MS, rest, ahead)


def _pages(symbol: str, interval: str, step: int, wanted: Sequence[int], ahead: Sequence[int]) -> list[PriceLook]:
    found = []
    place = 0
    while place < len(wanted):
        # The candle that ended right at the first instant, or in the minute before it, is the first of the page.
        start = wanted[place] // step * step - step
        until = start + CANDLES_A_PAGE * step
        end = bisect_right(wanted, until)
        here = wanted[place:end]
        besides = [at for at in _between(ahead, here[0], until) if _told_by(interval, step, at)]
        place = end
        if len(here) == 1 and not besides:
            found.append(PriceLook(CandleAsk(symbol, "1m", None, here[0]), here))
        else:
            last = max(here[-1], besides[-1] if besides else 0)
            found.append(PriceLook(CandleAsk(symbol, interval, start, last), here, besides))
    return found


def _told_by(interval: str, step: int, at_ms: int) -> bool:
    """Whether an instant is worth a place on a page: hours have pages of their own, which hold more of them."""
    return at_ms % HOUR_MS != 0 if interval == "1m" else at_ms % step == 0


def _between(instants: Sequence[int], first: int, last: int) -> Sequence[int]:
    return instants[bisect_right(instants, first) : bisect_right(instants, last)]
