"""The order of the tests, and what all of them together must have reached."""

from __future__ import annotations

from typing import Any, Final

import pytest

from backend.tests.api.contract import Contract
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


@pytest.hookimpl(optionalhook=True)  # of xdist, where it hands out the tests
def pytest_testnodedown(node: Any) -> None:
    REACHED.take(getattr(node, "workeroutput", {}))


@pytest.hookimpl(trylast=True)  # the workers have told by then
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    REACHED.send(session.config)
    if exitstatus == pytest.ExitCode.OK and _missing(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """An operation that nothing proves to work at all fails a whole run, and is named at its end."""
    missing = _missing(config)
    if missing:
        terminalreporter.section("operations that no test got a 2xx from")
        for method, path in missing:
            terminalreporter.line(f"{method} {path}")


def _missing(config: pytest.Config) -> list[Operation]:
    is_worker = hasattr(config, "workerinput")
    return REACHED.missing(Contract.committed().operations) if whole(config) and not is_worker else []
