"""The ledger file: whole steps or nothing, and what a kill tears."""

from decimal import Decimal
from pathlib import Path

import pytest

from backend.exchange.simulator.folder import FolderInUse
from backend.exchange.simulator.journal import LEDGER_NAME, Journal
from backend.exchange.simulator.records import (
    AccountOpened,
    ClockSet,
    Deposit,
    Fill,
    FiltersSet,
    Genesis,
    LedgerFormatError,
    Order,
    Pinned,
    Record,
    Reward,
    StatusSet,
    Transfer,
    Withdrawal,
)

ONE = Decimal("1.00000001")
EVERY_KIND: list[Record] = [
    Genesis(7, "calm", 0),
    ClockSet(1, 2, Decimal("0.5")),
    Pinned(1, "BTCUSDT", "free"),
    StatusSet(1, "BTCUSDT", "HALT"),
    FiltersSet(1, "BTCUSDT", '[{"filterType": "MAX_NUM_ORDERS", "maxNumOrders": 5}]'),
    AccountOpened("名", "k", "s", "HMAC", 1, 2, {"enableReading": True}),
    Deposit("k", "1", 2, "spot", "币", ONE, "ETH", 1, "a", "t"),
    Withdrawal("k", "1", 2, "BTC", ONE, Decimal(0), "BTC", 6, "a", "t"),
    Reward("k", "1", 2, "BNB", ONE, "airdrop"),
    Transfer("k", "1", 2, "spot", "funding", "BNB", ONE),
    Order("k", 9, "c", "BTCUSDT", "BTC", "USDT", "BUY", 2, 3, ONE, Decimal(0), ONE, ONE, "FILLED",
          (Fill(8, ONE, ONE, ONE, Decimal("0.001"), "BNB"),)),
]  # fmt: skip


def test_every_kind_of_record_comes_back_as_it_was(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(EVERY_KIND)
    journal.close()
    assert Journal(tmp_path).steps == [EVERY_KIND]


def test_a_torn_last_line_is_cut_off_and_the_file_goes_on(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(EVERY_KIND[:1])
    journal.append(EVERY_KIND[1:])
    journal.close()
    file = tmp_path / LEDGER_NAME
    whole = file.read_bytes()
    first_line = whole.index(b"\n") + 1
    for torn in (first_line + 1, len(whole) - 1):
        file.write_bytes(whole[:torn])
        again = Journal(tmp_path)
        assert again.steps == [EVERY_KIND[:1]]
        again.append(EVERY_KIND[2:3])
        again.close()
        last = Journal(tmp_path)
        assert last.steps == [EVERY_KIND[:1], EVERY_KIND[2:3]]
        last.close()


def test_a_damaged_line_in_the_middle_is_refused_by_its_number(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(EVERY_KIND[:1])
    journal.close()
    with (tmp_path / LEDGER_NAME).open("ab") as stream:
        stream.write(b'[{"record":"Nonsense"}]\n')
    with pytest.raises(LedgerFormatError, match="line 2"):
        Journal(tmp_path)


def test_a_folder_serves_one_simulator_at_a_time(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(FolderInUse):
        Journal(tmp_path)
    journal.close()
    Journal(tmp_path).close()
