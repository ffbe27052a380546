"""Made-up histories: no flow invented, none missed, and figures that no move between own wallets changes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.histories.judge import Mover, chain, figures, played, truth_of, wrong_flows, wrong_returns
from backend.tests.histories.maker import made

FLOWS: Final = range(16)
TRUTH: Final = range(6)
MOVES: Final = range(3)


@pytest.mark.parametrize("number", FLOWS)
def test_no_flow_is_invented_and_none_is_missed(number: int, tmp_path: Path, database: Path) -> None:
    script = made(f"flows {number}", tmp_path, held_positions=True)
    with played(script, tmp_path / "played", database) as one:
        assert wrong_flows(one) == []


@pytest.mark.parametrize("number", TRUTH)
def test_returns_are_what_ledger_and_candles_of_the_exchange_give(number: int, tmp_path: Path, database: Path) -> None:
    script = made(f"truth {number}", tmp_path, held_positions=False)
    with played(script, tmp_path / "played", database) as one:
        assert wrong_flows(one) == []
        assert wrong_returns(one, truth_of(one)) == []


@pytest.mark.parametrize("number", MOVES)
def test_no_move_between_own_wallets_changes_a_return_or_a_risk_figure(
    number: int, tmp_path: Path, database: Path
) -> None:
    script = made(f"moves {number}", tmp_path, held_positions=True)
    with played(script, tmp_path / "played", database) as one:
        before = chain(one), figures(one)
    mover = Mover(f"moves {number}", most=60)
    with played(script, tmp_path / "moved", database, mover) as one:
        assert mover.moves > 20
        assert (chain(one), figures(one)) == before
        assert wrong_flows(one) == []
