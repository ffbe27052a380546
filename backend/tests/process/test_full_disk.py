"""A full disk: no order without a row of the journal, clear words, pages that go on, and all goes on afterwards.

The same code as `python -m soak disk`, where the disk is a small file system; here no file may grow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.full_disk import own_limit
from backend.tests.process.full_disk_run import full_in_mid_run, written_on_a_full_disk
from backend.tests.process.order_promises import Found
from backend.tests.process.order_walks import bench

pytestmark = pytest.mark.of_sqlite(reason="the disk of a file; a server has its own")

RUNS: Final = 8
WRITES: Final = 3


def test_no_order_is_sent_that_the_journal_cannot_name(tmp_path: Path) -> None:
    found = Found()
    with bench(tmp_path) as on:
        for seed in range(RUNS):
            found.add(full_in_mid_run(on, seed, own_limit(tmp_path)))
    assert found.failures == []
    assert found.counts["runs with a refused write"] > RUNS // 2


@pytest.mark.process
def test_pages_go_on_and_writes_say_that_the_disk_is_full(tmp_path: Path) -> None:
    found = written_on_a_full_disk(tmp_path, WRITES, 1)
    assert found.failures == []
    assert found.counts["writes refused"] >= WRITES
