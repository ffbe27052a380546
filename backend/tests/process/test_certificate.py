"""The real program certifies a whole history against the exchange's own ledger, and names a fill that is missing.

The judge is the simulator's ledger and its answers; nothing is imported from the program under test.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.forks import run
from backend.tests.leaks import SECRET
from backend.tests.process.certificates import by_coin, changed_by, compared, owned, owned_in, wallet_faults
from backend.tests.process.harness import Product, simulator, wait_for
from backend.tests.process.omitting import Omitting

KEY: Final = "key"
NOON = "2026-06-01T12:00:30Z"
# Whoever searches for a missing fill asks every pair of its coins, within the minute's weight.
WITHIN_S = 300.0


def certified(product: Product) -> Any:
    """The certificate once the first import is compared."""
    return wait_for(lambda: compared(product), "the certificate of the first import", WITHIN_S, 0.5)


@pytest.mark.process
def test_a_whole_history_is_exact_for_every_coin_and_one_fill_less_is_named_by_coin_and_amount(tmp_path: Path) -> None:
    with simulator(tmp_path / "exchange", "--start-time", NOON) as exchange:
        exchange.open_account(KEY, SECRET, balances={}, created_at="2026-01-01T00:00:00Z")
        exchange.control("/sim/history", {"api_key": KEY, "days": 60, "seed": 11, "trades": 60, "flows": 12})
        truth = owned(exchange.control(f"/sim/ledger?api_key={KEY}"))
        with Product.on_simulator(tmp_path / "whole", exchange.url, KEY, SECRET) as product:
            found = certified(product)
            assert found["complete"] is True
            assert by_coin(found, "replayed") == by_coin(found, "reported") == truth
            assert by_coin(found, "difference") == {}
            assert wallet_faults(found, owned_in(exchange.control(f"/sim/ledger?api_key={KEY}"))) == []
        seen: list[int] = []

        def tenth(fill: dict[str, Any]) -> bool:
            if fill["id"] not in seen:
                seen.append(fill["id"])
            return seen.index(fill["id"]) == 9

        with Omitting(exchange.url, tenth) as between:
            product = Product.on_simulator(tmp_path / "short", between.url, KEY, SECRET)
            with product:
                found = certified(product)
            (fill,) = between.omitted.values()
        assert (found["complete"], found["reason"]) == (False, "differences")
        assert by_coin(found, "difference") == changed_by(fill)
        assert by_coin(found, "reported") == truth
    code, told, _ = run(["certificate", "--json"], product.environment)
    assert code == 1
    assert by_coin(json.loads(told), "difference") == changed_by(fill)
