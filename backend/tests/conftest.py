"""The order of the tests, what all of them together must have reached, and what none of them may leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from backend.tests.api.contract import Contract
from backend.tests.leaks import LEAKED, LEFT
from backend.tests.reached import REACHED, Operation, whole

# The longest files first: one that is begun last leaves the other workers without work.
FIRST: Final = (
    "backend/tests/process/test_real_prices.py",
    "backend/tests/api/test_fuzz.py",
    "backend/tests/simulator/conformance/",
    "backend/tests/process/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((rank for rank, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))
    )


@pytest.fixture(scope="session", autouse=True)
def _left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Begun first and so ended last: by then everything that tests started has ended."""
    yield
    LEFT.search(tmp_path_factory.getbasetemp())


@pytest.hookimpl(optionalhook=True)  # of xdist, where it hands out the tests
def pytest_testnodedown(node: Any) -> None:
    REACHED.take(getattr(node, "workeroutput", {}))
    LEFT.take(getattr(node, "workeroutput", {}))


@pytest.hookimpl(trylast=True)  # the workers have told by then
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    REACHED.send(session.config)
    LEFT.send(session.config)
    if LEFT.found:
        session.exitstatus = LEAKED
    elif exitstatus == pytest.ExitCode.OK and _missing(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """An operation that nothing proves to work at all fails a whole run, and is named at its end; so is a leak."""
    if LEFT.found:
        terminalreporter.section("secrets that stand where they should not")
        for sentence in LEFT.found:
            terminalreporter.line(sentence)
    missing = _missing(config)
    if missing:
        terminalreporter.section("operations that no test got a 2xx from")
        for method, path in missing:
            terminalreporter.line(f"{method} {path}")


def _missing(config: pytest.Config) -> list[Operation]:
    is_worker = hasattr(config, "workerinput")
    return REACHED.missing(Contract.committed().operations) if whole(config) and not is_worker else []
