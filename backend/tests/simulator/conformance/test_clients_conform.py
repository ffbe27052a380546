"""python-binance, ccxt and the official SDK, each unmodified in a program of its own, see exactly what is there."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from backend.tests.simulator.conformance.expected import PYTHON_BINANCE, SDK, UNIFIED, expected
from backend.tests.simulator.conformance.stage import PAST_DAYS, Stage, Toured, clients_python
from backend.tests.simulator.harness import SimulatorProcess

pytestmark = pytest.mark.process
LEAST_CALLS: Final = 60
CHAPTERS: Final = {
    "python_binance": "market,account,histories,futures,orders,errors",
    "ccxt": "market,account,histories,futures,orders,unified,errors",
    "sdk_spot": "market,account,orders,errors",
}
# What a client tells in its own words: the kind of error that it makes of the exchange's text.
OWN_WORDS: Final[dict[str, dict[str, Any]]] = {
    "python_binance": PYTHON_BINANCE,
    "ccxt": UNIFIED
    | {
        "refused: PERCENT_PRICE_BY_SIDE": "InvalidOrder",
        "refused: balance": "InsufficientFunds",
        "refused: maker would take": "OrderImmediatelyFillable",
        "refused: market closed": "MarketClosed",
        "refused: line dropped": "NetworkError",
    },
    "sdk_spot": SDK
    | {f"refused: {name}": "HTTP 500" for name in ("500", "disconnected", "unexpected answer")}
    | {f"refused: {name}": "HTTP 503" for name in ("503", "overloaded", "back end timed out", "maintenance")}
    | {"refused: line dropped": "NetworkError"},
}


@pytest.fixture(scope="module", params=list(CHAPTERS))
def toured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toured]:
    """One client's tour of an exchange of its own; the limits are exhausted after the calls were counted."""
    clients_python()
    client: str = request.param
    folder = tmp_path_factory.mktemp(client)
    started = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=PAST_DAYS)
    with SimulatorProcess(folder / "data", ["--start-time", started.strftime("%Y-%m-%dT%H:%M:%SZ")]) as simulator:
        stage = Stage(simulator, folder)
        stage.set_up()
        wanted = expected(stage, spot_only=client == "sdk_spot") | OWN_WORDS[client]
        seen = stage.tour(client, CHAPTERS[client])
        calls, kinds = stage.calls()
        seen |= stage.tour(client, "limits")
        yield Toured(client, seen, calls, kinds, wanted)


def test_everything_seen_is_what_is_there(toured: Toured) -> None:
    wrong = {name: (value, toured.expected.get(name)) for name, value in toured.seen.items()}
    assert {name: pair for name, pair in wrong.items() if pair[0] != pair[1]} == {}


def test_nothing_was_left_out(toured: Toured) -> None:
    assert toured.expected.keys() - toured.seen.keys() == set()


def test_at_least_sixty_calls_were_answered(toured: Toured) -> None:
    assert toured.calls >= LEAST_CALLS
    assert len(toured.seen) >= LEAST_CALLS
    assert toured.kinds >= 15
