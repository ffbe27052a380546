"""How old the prices behind a value were: from the end of the last candle before its instant until then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.model.valuation import PricePoint, SnapshotRow
from backend.core.valuation import INTERMEDIATES

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork

NO_PRICE: Final = "no_price"
NOT_STORED: Final = "price_not_stored"
Points = Mapping[int, PricePoint]


@dataclass(frozen=True, slots=True)
class Distance:
    """Seconds from the oldest price of a value to its instant; None: not known, and `reason` says why."""

    seconds: int | None
    reason: str | None = None


def distances(unit: UnitOfWork, rows: Sequence[SnapshotRow], reporting: str) -> Mapping[int, Distance]:
    """By instant, for snapshots of one account: each price took the first way that has stored prices of the instant, as
    prices of the past do; that of a coin that left the listing is the last one stored. Nothing held: 0.
    """
    wanted: dict[str, set[int]] = {}
    for row in rows:
        for asset, held in row.composition.items():
            if asset != reporting and held.price is not None:
                wanted.setdefault(asset, set()).add(row.at_ms)
    ages = {asset: _ages(unit, asset, instants, reporting) for asset, instants in wanted.items()}
    return {row.at_ms: _oldest(row, ages, reporting) for row in rows}


def _oldest(row: SnapshotRow, ages: Mapping[str, Mapping[int, int | None]], reporting: str) -> Distance:
    found = [0]
    for asset, held in row.composition.items():
        if asset == reporting:
            continue
        age = None if held.price is None else ages[asset].get(row.at_ms)
        if age is None:
            return Distance(None, f"{NO_PRICE if held.price is None else NOT_STORED}:{asset}")
        found.append(age)
    return Distance(max(found))


def _ages(unit: UnitOfWork, asset: str, instants: set[int], reporting: str) -> dict[int, int | None]:
    """Age in seconds of the price of a coin at each instant; None where no stored price has one."""
    ways = [[(asset, reporting)]]
    ways += [[(asset, middle), (middle, reporting)] for middle in INTERMEDIATES if middle not in (asset, reporting)]
    found: dict[int, int | None] = {}
    for way in ways:
        missing = [at_ms for at_ms in instants if at_ms not in found]
        if not missing:
            break
        hops = [_of_pair(unit, source, target, missing) for source, target in way]
        for at_ms in missing:
            points = [hop[at_ms] for hop in hops if at_ms in hop]
            if len(points) == len(hops):
                found[at_ms] = max(age for point in points if (age := _age(point, at_ms)) is not None)
    for at_ms in instants - found.keys():
        last = unit.prices.latest(asset + reporting, at_ms)
        found[at_ms] = None if last is None else _age(last, at_ms)
    return found


def _of_pair(unit: UnitOfWork, source: str, target: str, instants: Sequence[int]) -> Points:
    """What is stored of a pair, whichever way round it is listed."""
    direct = _known(unit, source + target, instants)
    missing = [at_ms for at_ms in instants if at_ms not in direct]
    return {**_known(unit, target + source, missing), **direct}


def _known(unit: UnitOfWork, symbol: str, instants: Sequence[int]) -> Points:
    return {
        at_ms: point
        for at_ms, point in unit.prices.known(symbol, instants).items()
        if point.price and point.candle_end_ms is not None
    }


def _age(point: PricePoint, at_ms: int) -> int | None:
    return None if point.candle_end_ms is None else max(at_ms - point.candle_end_ms, 0) // 1000
