"""Killed while the past is computed, the program goes on behind the last piece and ends with the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.database_places import NAME
from backend.tests.leaks import SECRET
from backend.tests.process.harness import Product, wait_for
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import rows_if_made

pytestmark = pytest.mark.process

KEY: Final = "key"
KILLS: Final = 3
FLOWS: Final = 56
ROWS: Final = (
    "SELECT timestamp, kind, total_value_usd, growth_index, cum_flows_usd, seq, slots FROM snapshots ORDER BY 1"
)
COMPUTED_S: Final = 90.0


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[SimulatorProcess]:
    """Eight weeks, a flow on each; the clock stands still, so that whoever reads it reads the same."""
    arguments = ["--start-time", "2026-06-01T12:00:30Z", "--speed", "0"]
    with SimulatorProcess(tmp_path / "exchange", arguments) as process:
        process.open_account(KEY, SECRET, balances={"spot": {"USDT": "50000"}}, created_at="2026-04-02T06:00:00Z")
        for day in range(FLOWS):
            at = f"2026-{4 + (day + 2) // 30:02}-{(day + 2) % 30 + 1:02}T0{day % 10}:30:20Z"
            process.control("/sim/deposit", {"api_key": KEY, "asset": "ETH", "amount": f"0.{day + 1:03}", "at": at})
        yield process


def asked(product: Product, query: str) -> Sequence[tuple[Any, ...]]:
    return rows_if_made(product.data / NAME, query)


def reached(product: Product) -> int:
    """How far the rebuild is; 0: it has not begun, or is over."""
    return max((row[0] or 0 for row in asked(product, "SELECT rebuilt_to FROM account_sync")), default=0)


def computed(product: Product) -> bool:
    return bool(asked(product, "SELECT 1 FROM account_sync WHERE import_complete AND dirty_from IS NULL"))


def test_a_rebuild_that_is_killed_again_and_again_goes_on_and_ends_with_the_same_rows(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    killed = Product.on_simulator(tmp_path / "killed", exchange.url, KEY, SECRET)
    pieces, seen = [0], [0]

    def another_piece() -> bool:
        seen.append(reached(killed))
        return seen[-1] > pieces[-1] or computed(killed)

    for _ in range(KILLS):
        killed.launch()
        wait_for(another_piece, "another piece", COMPUTED_S, 0.005)
        killed.kill()
        pieces.append(reached(killed))
        first = asked(killed, "SELECT min(timestamp) FROM snapshot_drafts")
        assert not asked(killed, ROWS), "half a chain is shown"
        assert first, "a kill left nothing behind"
    assert seen == sorted(seen), "a start began anew"
    assert all(pieces[1:]), "the kills fell behind the rebuild"
    untouched = Product.on_simulator(tmp_path / "untouched", exchange.url, KEY, SECRET)
    found = []
    for product in (killed, untouched):
        with product:
            wait_for(partial(computed, product), "the past is computed", COMPUTED_S)
            assert asked(product, "SELECT count(*) FROM snapshot_drafts") == [(0,)]
            found.append(asked(product, ROWS))
    assert len(found[0]) > 24 * (FLOWS - 2)
    assert found[0] == found[1]
