"""The order of the tests, the engine of their databases, and what all of them together must have reached and none
may leave behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.api.contract import Contract
from backend.tests.database_places import drop_below
from backend.tests.empty_database import empty_template
from backend.tests.leaks import LEAKED, LEFT
from backend.tests.postgresql import GIVEN, RUN, NoServerError, given_server, running_server
from backend.tests.reached import REACHED, Operation, whole

# The longest files first: one that is begun last leaves the other workers without work.
FIRST: Final = (
    "backend/tests/process/test_real_prices.py",
    "backend/tests/api/test_fuzz.py",
    "backend/tests/simulator/conformance/",
    "backend/tests/process/",
)


# What is closed when the tests are over.
OPENED: Final = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="make every database of the tests on PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    """With `--postgresql` all processes of this run find a server by the environment."""
    config.stash[OPENED] = ExitStack()
    if not config.getoption("--postgresql") or hasattr(config, "workerinput"):
        return
    os.environ[RUN] = str(os.getpid())
    try:
        server = config.stash[OPENED].enter_context(running_server())
    except NoServerError as error:
        raise pytest.UsageError(f"No test ran on PostgreSQL: {error}") from error
    os.environ[GIVEN] = server.address.render_as_string(hide_password=False)
    empty_template()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """What only a server can show runs where there is one."""
    return True if collection_path.name == "on_postgresql" and given_server() is None else None


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash.get(OPENED, ExitStack()).close()


@pytest.fixture(autouse=True)
def _databases_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test made on a server goes with it; on SQLite it is a file of its folder."""
    served = given_server() is not None and "tmp_path" in request.fixturenames
    folder = request.getfixturevalue("tmp_path") if served else None
    yield
    if folder is not None:
        drop_below(folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if given_server() is not None:
        other = [item for item in items if item.get_closest_marker("of_sqlite")]
        items[:] = [item for item in items if item not in other]
        config.hook.pytest_deselected(items=other)
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
