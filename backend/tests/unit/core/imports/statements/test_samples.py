"""The exports of ../shared: a whole account in any order, and found files of all generations."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.imports.answers import Answers
from backend.core.imports.statements.entries import Told
from backend.core.imports.statements.statement_file import StatementFile
from backend.core.ledger.replay import final_quantities
from backend.core.model.holdings import LedgerEvent
from backend.tests.builders import ms
from backend.tests.unit.core.imports.statements.told import all_legs, counting, imported, reasons

SAMPLES: Final = Path(__file__).parents[7] / "shared/binance-exports"
ACCOUNT: Final = SAMPLES / "constructed-account-a"
FILES: Final = sorted(ACCOUNT.glob("*.csv"))
pytestmark = pytest.mark.skipif(not ACCOUNT.is_dir(), reason="the exports of ../shared are not here")


def read(path: Path, answers: Answers | None = None) -> Told:
    file = StatementFile.recognised(path.name, path.read_bytes().decode(), answers or Answers())
    assert file is not None
    assert answers is not None or file.questions == []
    return file.told()


def sample(name: str, answers: Answers | None = None) -> Told:
    return read(SAMPLES / name, answers)


def flows(events: list[LedgerEvent]) -> list[dict[str, Any]]:
    """External flows in the words of expected.json."""
    found = []
    for event in events:
        for leg in event.flow_legs():
            fee = next((abs(one.amount) for one in event.legs if one.role == "fee"), None)
            found.append(
                {
                    "time": event.at_ms,
                    "kind": event.kind.value,
                    "coin": leg.asset,
                    "amount": abs(leg.amount),
                    "fee": fee,
                }
            )
    return found


@settings(max_examples=150, deadline=None)
@given(st.permutations(range(14)))
def test_an_account_imported_twice_in_any_order_has_its_balances_and_flows(order: list[int]) -> None:
    expected = json.loads((ACCOUNT / "expected.json").read_text(encoding="utf-8"))
    told = [read(path) for path in FILES]
    assert len(told) == 7
    events = counting(imported([told[number % 7] for number in order]))
    balances = Counter[str]()
    for wallet in ("spot_balances", "futures_balances"):
        for coin, amount in expected[wallet].items():
            balances[coin] += Decimal(amount)  # type: ignore[assignment]  # decimals add up as counts do
    assert final_quantities(events) == {coin: amount for coin, amount in balances.items() if amount}
    assert flows(events) == [
        {
            **{name: flow[name] for name in ("kind", "coin")},
            "time": ms(flow["time"]),
            "amount": Decimal(flow["amount"]),
            "fee": Decimal(flow["fee"]) if "fee" in flow else None,
        }
        for flow in expected["external_flows"]
    ]
    # Split fills of one second, fees in three coins, a conversion and dust: none is lost, none told twice.
    assert len(events) == 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split("-20")[0])
def test_every_file_of_the_account_is_taken_to_its_last_row(path: Path) -> None:
    expected = json.loads((ACCOUNT / "expected.json").read_text(encoding="utf-8"))["rows"]
    told = read(path)
    assert len(told.lines) in expected.values()
    assert set(reasons(told).values()) <= {"own_move"}


def test_the_old_history_of_2017_is_taken_whole() -> None:
    told = sample("transaction-history_utc_quoted_2017.csv")
    assert (len(told.lines), reasons(told)) == (27, {})
    assert ["ETF +6.0E-7"] not in all_legs(told)
    assert ["ETF +0.00000060"] in [[f"{one.asset} {one.amount:+.8f}" for one in e.event.legs] for e in told.entries]
    trades = [legs for legs in all_legs(told) if len(legs) == 3]
    # Two fills of one second, their rows mixed: each has its own amounts and its own fee.
    assert ["ETH +0.49823640", "IOTA -90.00000000", "(ETH -0.00049824)"] in trades
    assert ["ETH +0.05535960", "IOTA -10.00000000", "(ETH -0.00005536)"] in trades


def test_the_thinned_history_of_2023_reports_every_line_it_cannot_take() -> None:
    told = sample("transaction-history_modern_2023-12.csv", Answers(time_zone="UTC"))
    assert len(told.lines) == 53
    found = reasons(told)
    unknown = {n for n, reason in found.items() if reason == "operation_unknown"}
    assert unknown == set()
    # The token came an hour before the ether was taken.
    assert ["WBETH +0.03695537", "ETH -0.038"] in all_legs(told)
    alone = {n for n, reason in found.items() if reason == "counterpart_missing"}
    assert {2 + 1, 2 + 2, 2 + 3, 2 + 4} <= alone
    taken = {n for entry in told.entries for n in entry.lines}
    # Each of the 53 lines is in an event, moves nothing, or is named with its reason.
    assert taken | set(found) == {line.n for line in told.lines}
    assert not taken & set(found)


def test_files_of_one_kind_are_taken() -> None:
    assert all_legs(sample("trade-history_market-type_2020.csv"))[0] == [
        "LTC +1.61",
        "BTC -0.01190273",
        "(LTC -0.00161)",
    ]
    assert all_legs(sample("withdraw-history_2021_ten-columns.csv"))[0] == ["ETH -0.7129831", "(ETH -0.000071)"]
    assert all_legs(sample("eth2-staking-history_2021.csv")) == [["BETH +0.1", "ETH -0.1"]]
    asked = Answers(date_order="mdy")
    assert all_legs(sample("auto-invest-history_2022.csv", asked))[1] == [
        "BTC +0.00200000",
        "USDT -19.99500000",
        "(USDT -0.00500000)",
    ]
