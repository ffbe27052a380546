"""python-binance, ccxt and the official SDK, each unmodified in a program of its own, see exactly what is there."""

import subprocess
import time
from pathlib import Path
from typing import Any, Final

import pytest

from backend.exchange.simulator.contracts import FUNDING_MS
from backend.tests.simulator.conformance.expected import PYTHON_BINANCE, UNIFIED, expected
from backend.tests.simulator.conformance.stage import Stage, Toured, python_of, simulator_in
from scripts.bootstrap import CLIENTS

pytestmark = pytest.mark.process
LEAST_CALLS: Final = 60
CHAPTERS: Final = {
    "python-binance": "market,account,histories,futures,orders,errors",
    "ccxt": "market,account,histories,futures,orders,unified,errors",
    "sdk-spot": "market,account,websocket,orders,errors",
}
MODULES: Final = {"python-binance": "binance", "ccxt": "ccxt", "sdk-spot": "binance_sdk_spot"}
FIND: Final = "import importlib.util as u; print([one for one in {} if u.find_spec(one)])"
# What a client tells in its own words: the kind of error that it makes of the exchange's text.
OWN_WORDS: Final[dict[str, dict[str, Any]]] = {
    "python-binance": PYTHON_BINANCE,
    "ccxt": UNIFIED
    | {
        "refused: PERCENT_PRICE_BY_SIDE": "InvalidOrder",
        "refused: balance": "InsufficientFunds",
        "refused: margin balance": "InsufficientFunds",
        "refused: maker would take": "OrderImmediatelyFillable",
        "refused: market closed": "MarketClosed",
        "refused: line dropped": "NetworkError",
        "refused: no answer in time": "RequestTimeout",
    },
    "sdk-spot": {f"refused: {name}": "HTTP 500" for name in ("500", "disconnected", "unexpected answer")}
    | {f"refused: {name}": "HTTP 503" for name in ("503", "overloaded", "back end timed out", "maintenance")}
    | {f"refused: {name}": "NetworkError" for name in ("line dropped", "no answer in time")},
}


@pytest.fixture(scope="module", params=list(CHAPTERS))
def toured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Toured:
    """One client's tour of an exchange of its own; the limits are exhausted after the calls were counted."""
    client: str = request.param
    python_of(client)
    found = None
    while found is None:
        found = _tour(client, tmp_path_factory.mktemp(client))
    return found


def _tour(client: str, folder: Path) -> Toured | None:
    """What was seen; None when a funding instant passed meanwhile, which changes the futures wallet, thrice a day."""
    with simulator_in(folder) as simulator:
        stage = Stage(simulator, folder)
        funding = int(time.time() * 1000) // FUNDING_MS
        stage.set_up()
        wanted = expected(stage, spot_only=client == "sdk-spot") | OWN_WORDS[client]
        seen = stage.tour(client, CHAPTERS[client])
        calls, kinds = stage.calls()
        seen |= stage.tour(client, "limits")
        if int(time.time() * 1000) // FUNDING_MS != funding:
            return None
        return Toured(client, seen, calls, kinds, wanted)


def test_everything_seen_is_what_is_there(toured: Toured) -> None:
    wrong = {name: (value, toured.expected.get(name)) for name, value in toured.seen.items()}
    assert {name: pair for name, pair in wrong.items() if pair[0] != pair[1]} == {}


def test_nothing_was_left_out(toured: Toured) -> None:
    assert toured.expected.keys() - toured.seen.keys() == set()


def test_at_least_sixty_calls_were_answered(toured: Toured) -> None:
    assert toured.calls >= LEAST_CALLS
    assert len(toured.seen) >= LEAST_CALLS
    assert toured.kinds >= 15


def test_every_client_has_an_environment_of_its_own() -> None:
    assert set(CHAPTERS) == set(CLIENTS)
    for client in CLIENTS:
        others = [other for other in MODULES if other != client]
        found = subprocess.run(
            [python_of(client), "-c", f"import {MODULES[client]}; {FIND.format([MODULES[one] for one in others])}"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert found.stdout.strip() == "[]"
