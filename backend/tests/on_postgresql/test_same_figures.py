"""One account, read and computed by the program on SQLite and on PostgreSQL: no figure of any answer differs, nor does
one after a backup came back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend import bootstrap
from backend.bootstrap import Container
from backend.config import load_settings
from backend.db.engine import make_engine
from backend.tests.api.test_reads import FIGURES
from backend.tests.database_places import url_of
from backend.tests.empty_database import lay_database
from backend.tests.histories.in_process import KEY, NOW, URL
from backend.tests.histories.judge import played
from backend.tests.histories.script import Call, Look, Pass, Script
from backend.tests.on_postgresql.drill import backup_of, restored
from backend.tests.postgresql import GIVEN
from backend.tests.process.reference import DAY, HOUR

# As the demo's account: everything that can be staged, with the program looking three times.
WISH: Final = {"days": 8, "seed": 11, "trades": 16, "flows": 4}
OTHERS: Final = {"convert": 3, "reward": 4, "dust": 1, "transfer": 3}
# Numbers of rows have gaps on PostgreSQL, and weight is of requests in a minute: no figures of the account.
NUMBERS: Final = {"id", "trade_id", "flow_id", "import_id", "revision", "weight_used"}
LISTS: Final = ("balances", "positions", "trades", "cash_flows", "snapshots", "ledger")
OF_A_YEAR: Final = ("disposals", "income")
ALSO: Final = (
    "/api/performance/risk?days=0",
    "/api/performance/drawdowns?days=0",
    *(f"/api/portfolio/export?what={name}&format=json" for name in LISTS),
    *(f"/api/portfolio/export?what={name}&format=json&method=fifo&year=2026" for name in OF_A_YEAR),
)


def script() -> Script:
    made = Script("golden", "master", NOW - 9 * DAY)
    made.steps += [Call("history", {"api_key": KEY, **WISH, "others": OTHERS}), Look()]
    made.steps += [Pass(NOW + HOUR), Look(), Pass(NOW + 3 * HOUR), Look()]
    return made


def answers(url: str, folder: Path, patch: pytest.MonkeyPatch, now_ms: int) -> dict[str, Any]:
    """What every read of figures of a database says at an instant."""
    settings = {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "BINANCE_SIMULATOR_URL": URL,
        "BINANCE_API_KEY": KEY,
        "BINANCE_API_SECRET": "secret",
    }
    patch.setattr(bootstrap, "now_ms", lambda: now_ms)
    container = Container(load_settings(settings, folder / "absent.env"))
    client = container.app().test_client()
    found = {}
    for path in (*FIGURES, *ALSO):
        answer = client.get(path, headers={"Host": "localhost"})
        body = json.loads(answer.text, parse_float=Decimal) if answer.is_json else answer.text
        found[path] = (answer.status_code, body)
    container.engine.dispose()
    return found


def differences(one: Any, other: Any, where: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            if key not in NUMBERS:
                yield from differences(one.get(key, "absent"), other.get(key, "absent"), f"{where}.{key}")
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for place, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from differences(first, second, f"{where}[{place}]")
    elif one != other:
        yield f"{where}: {one!r} there, {other!r} here"


def figures_in(body: Any) -> int:
    if isinstance(body, dict):
        return sum(map(figures_in, body.values()))
    return sum(map(figures_in, body)) if isinstance(body, list | tuple) else int(body is not None)


@dataclass
class Golden:
    """What was told on each engine at the instant of the last look, and the backup of the one on PostgreSQL."""

    told: dict[str, dict[str, Any]]
    now_ms: int
    backup: Path


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    folder = tmp_path_factory.mktemp("golden")
    made = Golden({}, 0, folder)
    for name in ("sqlite", "postgresql"):
        with pytest.MonkeyPatch.context() as patch:
            if name == "sqlite":
                patch.delenv(GIVEN)
            assert (GIVEN in os.environ) == (name == "postgresql")
            empty = lay_database(folder / f"{name}.db")
            with played(script(), folder / name, empty) as one:
                database, made.now_ms = one.home.database, int(one.home.clock.now_s * 1000)
                made.told[name] = answers(url_of(database), database.parent, patch, made.now_ms)
                if name == "postgresql":
                    engine = make_engine(url_of(database))
                    made.backup = backup_of(engine, folder)
                    engine.dispose()
    return made


def test_no_figure_of_any_answer_differs(golden: Golden) -> None:
    first, second = golden.told["sqlite"], golden.told["postgresql"]
    wrong = list(differences(first, second, ""))
    assert not wrong, f"{len(wrong)} differences, such as {wrong[:20]}"
    assert all(status == 200 for status, _ in first.values()), {path: one[0] for path, one in first.items()}
    assert figures_in(list(first.values())) > 2_000


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_a_backup_of_postgresql_tells_the_same_on_either_engine(
    golden: Golden, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _ = restored(golden.backup, name, tmp_path)
    engine.dispose()
    url = engine.url.set(drivername=name).render_as_string(hide_password=False)
    told = answers(url, tmp_path, monkeypatch, golden.now_ms)
    wrong = list(differences(golden.told["postgresql"], told, ""))
    assert not wrong, f"{len(wrong)} differences, such as {wrong[:20]}"
