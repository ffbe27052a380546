"""The whole way through on real prices: exchange, import, snapshots, API, against figures computed a second time.

One recorded history here; five more by `python -m soak prices`. One of these is lived through in seconds: what happens
while all wallets are read then lies weeks after the reading: that one needs a machine that is quick and at rest.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from backend.tests.process.made_up import write_market
from backend.tests.process.price_run import MARKET_DATA, agrees, agrees_on_recorded_prices
from backend.tests.process.reference import DAY, iso
from backend.tests.process.scripts import ACROSS_GAPS, IN_MANY_WALLETS, MADE_UP
from backend.tests.simulator.harness import ROOT

pytestmark = pytest.mark.process

needs_shared = pytest.mark.skipif(not MARKET_DATA.is_dir(), reason="the recorded prices (../shared) are not here")


@needs_shared
def test_every_figure_agrees_with_candles_and_ledger(tmp_path: Path) -> None:
    agreed = agrees_on_recorded_prices(ACROSS_GAPS, tmp_path)
    coins = {asset for row in agreed.rows for asset in row.held} - {"USDT"}
    assert agreed.rows[-1].at - agreed.rows[0].at >= 90 * DAY
    assert len(coins) >= 5
    assert len(agreed.flows) >= 20
    assert iso(agreed.rows[-1].at) > ACROSS_GAPS.joined


def test_every_figure_agrees_on_made_up_candles(tmp_path: Path) -> None:
    write_market(tmp_path / "candles", seed=5)
    agreed = agrees(MADE_UP, tmp_path, tmp_path / "candles")
    assert any(not row.held for row in agreed.rows[1:])
    assert len(agreed.flows) >= 20


def test_every_figure_agrees_with_money_in_many_wallets(tmp_path: Path) -> None:
    write_market(tmp_path / "candles", seed=6)
    agreed = agrees(IN_MANY_WALLETS, tmp_path, tmp_path / "candles")
    assert {"reward", "transfer", "interest", "borrow", "futures_commission", "realized_pnl"} <= agreed.kinds


def test_the_check_imports_nothing_of_the_program() -> None:
    """All modules it is made of, whatever they import of each other, and nothing but tests among them."""
    seen: set[str] = set()
    waiting = ["backend.tests.process.test_real_prices"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting += [found for found in _imported(name) if found.split(".")[0] == "backend" and found not in seen]
    assert {"backend.tests.process.reference", "backend.tests.process.agreement"} < seen
    assert all(name.startswith("backend.tests.") for name in seen), sorted(seen)
    assert not any(name.startswith("backend") for name in _imported("backend.tests.process.reference"))


def _imported(module: str) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names
