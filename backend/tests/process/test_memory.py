"""The whole demo, web server, collector and exchange, has a place on a small machine.

`python -m soak memory` does the same with five years behind it and every page asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.harness import Product, wait_for
from backend.tests.process.resident import together
from backend.tests.process.tree import needs_proc

MOST_MB: Final = 300
FIRST_FIGURES_S: Final = 120.0


@needs_proc
@pytest.mark.process
def test_a_demo_with_its_first_figures_takes_less_than_300_mb(tmp_path: Path) -> None:
    # No fork: what a fork shares with the process it is of would count for it.
    with Product(tmp_path, {"DEMO_MODE": "true"}, forked=False) as product:
        wait_for(lambda: product.get("/api/portfolio/overview")["total_value_usd"], "first figures", FIRST_FIGURES_S)
        taken = together(product.pid)
    assert 100 < taken.mb < MOST_MB, taken.told
