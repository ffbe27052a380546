"""Staking of ether and SOL as ledger events: a coin goes on as the token that stands for it, and back.

Nothing is sold and nothing crosses a border: principal of Earn, its lots go on with date and cost. Rewards are in the
rate of the tokens, or told among dividends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import ZERO
from backend.core.model.history import MovementSource, StakingSwap
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.wallets import Wallet
from backend.exchange.binance import history_parse
from backend.exchange.binance.movement_reader import QUARTER_MS, MovementPath, Told, not_happened, under_sapi
from backend.exchange.binance.swaps import swap

if TYPE_CHECKING:
    from backend.exchange.binance.client import Endpoints

DONE: Final = "SUCCESS"
NOT_DONE: Final = "FAILED"
WEIGHT: Final = 150
# The tokens stand in spot, and are told there.
STAKED: Final = frozenset({Wallet.SPOT, Wallet.STAKING})
ETHER: Final = frozenset({"ETH", "BETH", "WBETH"})
SOL: Final = frozenset({"SOL", "BNSOL"})


def staking_paths(endpoints: Endpoints) -> Sequence[MovementPath]:
    """What an environment with these addresses tells of staking."""
    return list(_paths()) if endpoints.sapi else ()


def _paths() -> Iterator[MovementPath]:
    for name, coins, path, read in (
        ("eth_staking", ETHER, "eth-staking/eth/history/stakingHistory", history_parse.stakings),
        ("eth_redemption", ETHER, "eth-staking/eth/history/redemptionHistory", history_parse.stakings),
        ("beth_wrap", ETHER, "eth-staking/wbeth/history/wrapHistory", history_parse.wraps),
        ("beth_unwrap", ETHER, "eth-staking/wbeth/history/unwrapHistory", history_parse.wraps),
        ("sol_staking", SOL, "sol-staking/sol/history/stakingHistory", history_parse.stakings),
        ("sol_redemption", SOL, "sol-staking/sol/history/redemptionHistory", history_parse.stakings),
    ):
        source = MovementSource(name, STAKED, QUARTER_MS, dear=True, assets=coins)
        told = _reader(name, lambda answer, rows=read: rows(answer).rows)  # type: ignore[misc]  # bound per path
        yield MovementPath(source, "sapi_ip", WEIGHT, under_sapi(path), told, "pages")


def _reader(name: str, parse: Callable[[object], Sequence[StakingSwap]]) -> Callable[[object], Told]:
    def read(answer: object) -> Told:
        rows = parse(answer)
        return Told([_event(name, row) for row in rows if row.given != ZERO], len(rows))

    return read


def _event(name: str, row: StakingSwap) -> LedgerEvent:
    if row.status != DONE:
        return not_happened(name, row.key, row.at_ms, row.status == NOT_DONE)
    # A redemption takes days; the coins are there when they arrive.
    at_ms = row.arrived_ms or row.at_ms
    event = swap(name, row.key, at_ms, (row.given_asset, row.given), (row.got_asset, row.got), "", ZERO)
    return replace(event, kind=EventKind.RENAME)
