"""Leaving the demo: its rows stay in the database, and no figure, list, chart, report or export of others has any."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select, text

from backend import bootstrap, bootstrap_first
from backend.db.all_tables import metadata
from backend.db.move_models import own_moves
from backend.tests.api.contract import Contract
from backend.tests.api.installation import KEY, NOON, Installation, open_history, simulator_settings
from backend.tests.database_places import NAME, copy_database
from backend.tests.simulator.harness import SimulatorProcess
from backend.verify.run import verify

OWN, OWN_SECRET = "own", "own-secret"
# They ask the exchange, or never end; and what is of the whole program: its uptime, the database's size, its backups.
ELSEWHERE: Final = {"/api/backups", "/api/portfolio/connection/test", "/api/events", "/health", "/metrics"}
PERIODS: Final = ("2026-05", "2026")
WINDOWS: Final = ("0", "7", "30")
# More must be said to be answered at all.
UNSAID: Final = "unsaid"
OF_A_YEAR: Final = ("disposals", "income")
MOVED: Final = {"asset": "USDT", "amount": "613.25"}
PAID_AT: Final = "2026-05-20T07:00:00Z"
SENT_AT: Final = "2026-05-20T08:00:00Z"
CAME_AT: Final = "2026-05-20T08:09:00Z"


@dataclass(frozen=True)
class Left:
    """A database with the rows of a demo, and of an account of one's own that was read after it. Nobody works there."""

    exchange: SimulatorProcess
    folder: Path

    @property
    def settings(self) -> dict[str, str]:
        keys = {"BINANCE_API_KEY": OWN, "BINANCE_API_SECRET": OWN_SECRET}
        return simulator_settings(self.exchange.url, self.folder) | keys

    def opened(self) -> Installation:
        return Installation(self.settings, self.folder, collecting=False)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """What left the demo's account is what came to the other one."""
    folder = tmp_path_factory.mktemp("left")
    with SimulatorProcess(tmp_path_factory.mktemp("exchange"), ["--start-time", NOON]) as exchange:
        open_history(exchange)
        exchange.control("/sim/deposit", {"api_key": KEY, "at": PAID_AT} | MOVED | {"amount": "700"})
        sent = exchange.control("/sim/withdraw", {"api_key": KEY, "at": SENT_AT, "fee": "1"} | MOVED)
        exchange.open_account(OWN, OWN_SECRET, balances={}, created_at="2026-01-01T00:00:00Z")
        exchange.control("/sim/history", {"api_key": OWN, "days": 30, "seed": 9, "trades": 10, "flows": 5})
        exchange.control("/sim/deposit", {"api_key": OWN, "at": CAME_AT, "tx_id": sent["tx_id"]} | MOVED)
        with Installation(simulator_settings(exchange.url, folder), folder) as running:
            running.settled()
            becomes_the_demo(running)
        found = Left(exchange, folder)
        with Installation(found.settings, folder) as running:
            running.settled()
        yield found


def becomes_the_demo(running: Installation) -> None:
    with running.container.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if "environment" in table.c:
                connection.execute(text(f"UPDATE {table.name} SET environment = 'demo'"))  # names of ours


def answers(running: Installation, **more: str) -> dict[str, Any]:
    """Every answer of every address that can be read."""
    return {
        f"{path} {sorted(asked.items())}": content(running, path, {**asked, **more})
        for path, asked in readable(running.api.contract)
    }


def content(running: Installation, path: str, asked: Mapping[str, str]) -> Any:
    answer = running.api.get(path, query_string=asked)
    if answer.status_code == 422:
        return UNSAID
    assert answer.status_code == 200, f"{path} {asked}: {answer.text}"
    return answer.data if answer.json is None else answer.json


def readable(contract: Contract) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Addresses with each choice of what must be said; what windows there are, where a window can be said."""
    for path, item in contract.spec["paths"].items():
        if "get" not in item or path in ELSEWHERE or "{import_id}" in path:
            continue
        said: dict[str, tuple[str, ...]] = {}
        for one in item["get"].get("parameters", ()):
            choices = choices_of(contract, one)
            if one.get("required") or one["name"] == "days":
                said[one["name"]] = choices
        for values in itertools.product(*said.values()):
            asked = dict(zip(said, values, strict=True))
            found = re.sub(r"\{(\w+)\}", lambda match, asked=asked: asked.pop(match[1]), path)  # type: ignore[misc]
            yield found, asked | ({"year": "2026"} if asked.get("what") in OF_A_YEAR else {})


def choices_of(contract: Contract, parameter: Mapping[str, Any]) -> tuple[str, ...]:
    schema = parameter["schema"]
    if "$ref" in schema:
        schema = contract.spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    fixed = {"days": WINDOWS, "period": PERIODS}
    return fixed.get(parameter["name"]) or tuple(schema.get("enum", ()))


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's clock stands: what an answer says of ages is the same each time."""
    now_ms = bootstrap_first.now_ms()
    for part in (bootstrap, bootstrap_first):
        monkeypatch.setattr(part, "now_ms", lambda: now_ms)


@pytest.mark.usefixtures("still")
def test_every_answer_is_what_it_is_without_the_rows_of_the_demo(left: Left, tmp_path: Path) -> None:
    alone = replace(left, folder=Path(shutil.copytree(left.folder, tmp_path / "alone")))
    copy_database(left.folder / NAME, alone.folder / NAME)
    with alone.opened() as running:
        with running.container.store.write() as unit:
            (demo,) = unit.accounts.in_environment("demo")
            assert unit.snapshots.last(demo.id) is not None
            unit.accounts.remove(demo.id)
        without_it = answers(running)
    with left.opened() as running:
        with_it = answers(running)
    assert sum(body != UNSAID for body in with_it.values()) > 60
    assert {name for name, body in with_it.items() if body != without_it[name]} == set()


def test_the_number_of_its_account_is_not_known(left: Left) -> None:
    with left.opened() as running:
        with running.container.store.read() as unit:
            (demo,) = unit.accounts.in_environment("demo")
        asked = 0
        for path, said in readable(running.api.contract):
            described = running.api.contract.spec["paths"][running.api.described_path("GET", path)]
            if any(one["name"] == "account" for one in described["get"].get("parameters", ())):
                answer = running.api.get(path, query_string={**said, "account": demo.id})
                if answer.status_code == 422:
                    continue
                asked += 1
                assert answer.status_code == 404, f"{path}: {answer.text[:200]}"
        assert asked > 60


def test_what_was_read_after_it_rests_on_its_own_rows_alone(left: Left) -> None:
    ledger = left.exchange.control(f"/sim/ledger?api_key={OWN}")
    owned: dict[str, Decimal] = {}
    for change in ledger:
        owned[change["asset"]] = owned.get(change["asset"], Decimal(0)) + Decimal(change["change"])
    with left.opened() as running:
        rows = running.api.read("/api/portfolio/balances")["balances"]
        assert {row["asset"]: Decimal(row["total"]) for row in rows} == {a: q for a, q in owned.items() if q}
        flows = running.api.read("/api/performance/cashflows", limit=100)["items"]
        (came,) = [one for one in flows if one["quantity"] == MOVED["amount"]]
        with running.container.engine.connect() as connection:
            assert connection.execute(select(own_moves)).all() == []
        # In one environment the two would be a move between own accounts, or be asked about.
        assert (came["move"], came["counted"]) == (None, True)
        report = verify(running.container.store, "simulator", "USDT", None, lambda line: None)
        assert (report.differences, report.skipped) == ([], [])
