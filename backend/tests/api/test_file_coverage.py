"""Days that an export tells of a history are no gap of it; taken back, they are one again."""

from __future__ import annotations

from typing import Any, Final

import pytest

from backend.core.import_coverage import EDGE, FIRST, IMPORT
from backend.tests.api.installation import Installation
from backend.tests.api.statement_files import HISTORY, HISTORY_NAME, commit, open_file
from backend.tests.builders import ms

INCOME: Final = (
    "Time,Type,Amount,Asset,Symbol,Transaction ID\n"
    "24-03-05 10:00:00,FUNDING_FEE,-0.5,USDT,BTCUSDT,1\n24-03-09 10:00:00,COMMISSION,-0.1,USDT,BTCUSDT,2\n"
)
FIAT: Final = (
    "Date(UTC),Coin,Amount,Status,Payment Method,Indicated Amount,Fee,Order ID\n"
    "2024-03-07 10:00:00,EUR,99,Successful,BankAccount,100,1,7\n"
)


@pytest.fixture
def account(empty: Installation) -> int:
    """An account whose histories reach back to May only, and that began in March."""
    with empty.container.store.write() as unit:
        made = unit.accounts.ensure("simulator", "main", "reference")
        names = ("trade", "p2p", "futures_usdm", "futures_coinm", "margin_interest", "fiat_deposit", "fiat_withdrawal",
                 "transfer_funding_spot", "transfer_funding_futures_usdm")  # fmt: skip
        for name in names:
            unit.ledger.set_cursor(made.id, EDGE, name, ms("2024-05-01T00:00:00Z"))
            for end in ("since", "until"):
                unit.ledger.set_cursor(made.id, name, end, ms("2024-05-01T00:00:00Z"))
        unit.ledger.set_cursor(made.id, IMPORT, FIRST, ms("2024-03-01T08:00:00Z"))
    return made.id


def coverage(running: Installation) -> dict[str, Any]:
    return {item["source"]: item for item in running.api.read("/api/imports/coverage")["items"]}


def days(item: Any, what: str) -> list[tuple[str, str]]:
    return [(one["from"][:10], one["to"][:10]) for one in item[what]]


def test_a_transaction_history_tells_its_days_for_the_wallets_it_names_until_it_is_taken_back(
    empty: Installation, account: int
) -> None:
    before = coverage(empty)
    assert (before["trade"]["complete"], before["trade"]["files"]) == (False, [])
    preview = open_file(empty.api, HISTORY)
    commit(empty.api, preview)
    found = coverage(empty)
    # One line is of no known operation: whatever happened that day, this file does not tell it.
    assert days(found["trade"], "files") == [("2024-03-01", "2024-03-03"), ("2024-03-04", "2024-05-22")]
    assert (found["trade"]["complete"], days(found["trade"], "gaps")) == (False, [("2024-03-03", "2024-03-04")])
    # Whatever left spot for another wallet is a line of spot.
    assert days(found["transfer_funding_spot"], "files") == days(found["trade"], "files")
    assert found["transfer_funding_futures_usdm"]["files"] == []
    # No line of the funding wallet or of futures; and no export tells of interest.
    for name in ("p2p", "futures_usdm", "margin_interest"):
        assert (found[name]["files"], found[name]["reason"]) == ([], "beyond_horizon")
    empty.api.post(f"/api/imports/{preview['import_id']}/undo")
    assert coverage(empty) == before


@pytest.mark.parametrize(("content", "name", "told", "not_told", "file"), [
    (INCOME, "futures(UTC+2).csv", "futures_usdm", "futures_coinm", ("2024-03-05", "2024-03-10")),
    (INCOME.replace("BTCUSDT", "BTCUSD_PERP"), "f(UTC+2).csv", "futures_coinm", "futures_usdm",
     ("2024-03-05", "2024-03-10")),
    (FIAT, "deposit.csv", "fiat_deposit", "fiat_withdrawal", ("2024-03-07", "2024-03-08")),
    (FIAT, "withdraw.csv", "fiat_withdrawal", "fiat_deposit", ("2024-03-07", "2024-03-08")),
])  # fmt: skip
def test_an_export_of_one_kind_tells_that_kind(
    empty: Installation, account: int, content: str, name: str, told: str, not_told: str, file: tuple[str, str]
) -> None:
    commit(empty.api, open_file(empty.api, content, name))
    found = coverage(empty)
    assert days(found[told], "files") == [file]
    assert found[not_told]["files"] == []
    gaps = days(found[told], "gaps")
    assert gaps[0][1] == file[0]
    assert gaps[1] == (file[1], "2024-05-01")


def test_files_that_follow_each_other_are_one_stretch(empty: Installation, account: int) -> None:
    commit(empty.api, open_file(empty.api, INCOME, HISTORY_NAME))
    later = INCOME.replace("24-03-05", "24-03-10").replace("24-03-09", "24-03-20").replace(",1\n", ",3\n")
    commit(empty.api, open_file(empty.api, later.replace(",2\n", ",4\n"), HISTORY_NAME))
    assert days(coverage(empty)["futures_usdm"], "files") == [("2024-03-05", "2024-03-21")]


def test_what_a_later_file_tells_too_stays_when_the_earlier_one_is_taken_back(
    empty: Installation, account: int
) -> None:
    first = open_file(empty.api, INCOME, HISTORY_NAME)
    commit(empty.api, first)
    longer = INCOME + "24-03-15 10:00:00,COMMISSION,-0.2,USDT,BTCUSDT,5\n"
    commit(empty.api, open_file(empty.api, longer, HISTORY_NAME))
    assert days(coverage(empty)["futures_usdm"], "files") == [("2024-03-05", "2024-03-16")]
    empty.api.post(f"/api/imports/{first['import_id']}/undo")
    assert days(coverage(empty)["futures_usdm"], "files") == [("2024-03-05", "2024-03-16")]
