"""Exports that overlap, and exports by the command line: what two files tell counts once, and stays until both go."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from backend.import_command import import_command
from backend.tests.api.installation import Installation
from backend.tests.api.statement_files import (
    HISTORY,
    HISTORY_NAME,
    IMPORTS,
    WITHDRAWALS,
    WITHDRAWALS_NAME,
    commit,
    ledger,
    open_file,
    undo,
    withdrawn,
)
from backend.tests.builders import ms


@pytest.fixture
def account(empty: Installation) -> int:
    """An account that nobody reads, so that only what is imported is in its ledger."""
    with empty.container.store.write() as unit:
        made = unit.accounts.ensure("simulator", "main", "reference")
    return made.id


def command_line(running: Installation, *args: str) -> Result:
    made = running.container.accounts.create
    return CliRunner().invoke(
        import_command(lambda: running.container.imports, lambda name: made(name, None)), list(args)
    )


def test_the_command_line_imports_what_overlaps_once_and_names_each_line_left_out(
    empty: Installation, account: int, tmp_path: Path
) -> None:
    paths = []
    for name, text in ((HISTORY_NAME, HISTORY), (WITHDRAWALS_NAME, WITHDRAWALS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / name))
    looked = command_line(empty, "--dry-run", *paths)
    assert (looked.exit_code, ledger(empty, account)) == (1, [])
    done = command_line(empty, *paths, "--account", "main")
    assert done.output == looked.output
    assert done.exit_code == 1
    assert f"{HISTORY_NAME}: 4 new, 1 already there, 1 that move nothing, 1 refused" in done.output
    assert "  line 7: operation_unknown: Moon Landing Bonus" in done.output
    assert len(ledger(empty, account)) == 3
    assert withdrawn(empty, account) == [(Decimal("-0.01"), "out"), (Decimal("-0.0012"), "fee")]
    again = command_line(empty, paths[1])
    assert (again.exit_code, len(ledger(empty, account))) == (0, 3)


def test_the_command_line_says_what_it_must_be_told(empty: Installation, account: int, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(HISTORY, encoding="utf-8")
    asked = command_line(empty, str(path))
    assert (asked.exit_code, ledger(empty, account)) == (1, [])
    assert "say --timezone" in asked.output
    beside = tmp_path / WITHDRAWALS_NAME
    beside.write_text(WITHDRAWALS, encoding="utf-8")
    # What one file leaves open holds up no other.
    assert command_line(empty, str(path), str(beside)).exit_code == 1
    assert len(ledger(empty, account)) == 1
    command_line(empty, str(path), "--timezone", "+02:00")
    assert ledger(empty, account)[0].at_ms == ms("2024-03-01T08:00:00Z")
    for wrong in (("--account", "other"), ("--timezone", "Mars/Olympus")):
        refused = command_line(empty, str(path), *wrong)
        assert refused.exit_code == 2
        assert "Error: There is no" in refused.output
    broken = tmp_path / "exports.zip"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert command_line(empty, str(broken)).exit_code == 2
    assert command_line(empty, str(tmp_path / "not there.csv")).exit_code == 2


FIRST_QUARTER: Final = (
    "Time,Type,Amount,Asset,Symbol,Transaction ID\n"
    "24-01-05 10:00:00,FUNDING_FEE,-1,USDT,BTCUSDT,1\n"
    "24-02-05 10:00:00,FUNDING_FEE,-2,USDT,BTCUSDT,2\n24-03-05 10:00:00,FUNDING_FEE,-4,USDT,BTCUSDT,3\n"
)
FROM_FEBRUARY: Final = (
    FIRST_QUARTER.replace("24-01-05 10:00:00,FUNDING_FEE,-1,USDT,BTCUSDT,1\n", "")
    + "24-04-05 10:00:00,FUNDING_FEE,-8,USDT,BTCUSDT,4\n"
)
PLAIN: Final = "User ID,Time,Account,Operation,Coin,Change,Remark\n"
DEPOSITS: Final = [f"1,24-0{month}-05 10:00:00,Spot,Deposit,USDT,{2 ** (month - 1)},\n" for month in range(1, 5)]


@pytest.mark.parametrize(("first", "second", "name"), [
    (FIRST_QUARTER, FROM_FEBRUARY, "futures(UTC+0).csv"),
    # Rows without an id of the exchange's are counted.
    (PLAIN + "".join(DEPOSITS[:3]), PLAIN + "".join(DEPOSITS[1:]), "history(UTC+0).csv"),
    (PLAIN + "".join(DEPOSITS[:3]), PLAIN + "".join(DEPOSITS[:0:-1]), "history(UTC+0).csv"),
])  # fmt: skip
def test_months_that_two_files_tell_stay_until_both_are_taken_back(
    empty: Installation, account: int, first: str, second: str, name: str
) -> None:
    def left() -> int:
        return int(abs(sum((leg.amount for event in ledger(empty, account) for leg in event.legs), Decimal(0))))

    one = open_file(empty.api, first, name)
    commit(empty.api, one)
    other = open_file(empty.api, second, name)
    assert (other["counts"]["new"], other["counts"]["known"]) == (1, 2)
    commit(empty.api, other)
    assert left() == 15
    assert undo(empty.api, one) == 1
    # January is gone; February and March are told by the other file as well.
    assert left() == 14
    item = empty.api.read(f"{IMPORTS}/{other['import_id']}")["item"]
    assert (item["written"], item["known"], item["first_at"][:7]) == (3, 0, "2024-02")
    again = open_file(empty.api, first, name)
    assert (again["counts"]["new"], again["counts"]["known"]) == (1, 2)
    commit(empty.api, again)
    assert left() == 15
    assert undo(empty.api, other) == 1
    assert left() == 7
    assert undo(empty.api, again) == 3
    assert ledger(empty, account) == []


def test_equal_rows_stay_as_often_as_the_remaining_file_tells_them(empty: Installation, account: int) -> None:
    one = open_file(empty.api, PLAIN + DEPOSITS[0] * 2, "history(UTC+0).csv")
    commit(empty.api, one)
    three = open_file(empty.api, PLAIN + DEPOSITS[0] * 3, "history(UTC+0).csv")
    commit(empty.api, three)
    assert len(ledger(empty, account)) == 3
    assert undo(empty.api, one) == 0
    assert len(ledger(empty, account)) == 3
    assert undo(empty.api, three) == 3
    assert ledger(empty, account) == []
