"""Accounts apart (W9): every operation x role x foreign account, and x rows of a foreign account: nothing leaks.

The account is of another environment and has a row in every table. What takes its id, or the id of one of its rows, is
asked so with a request that is right but for that; every other read is asked as it stands, and must not show the mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile, is_zipfile

import pytest

from backend.api.access import ACCESS
from backend.bootstrap_first import now_ms
from backend.core.errors import NotFoundError
from backend.core.sign_in.model import ORDER, Scope
from backend.core.trade_ports import TradingExchange
from backend.services.run_start import RunStarter, StartOrder
from backend.tests.api.contract import Contract
from backend.tests.api.guarded import Browser, bearer, guarded
from backend.tests.api.installation import Installation
from backend.tests.foreign_rows import MARK, NUMBER, plant, remaining, tables

ROLES: Final = ("none", "read", "trade", "admin")
SPEC: Final = Contract.committed().spec
STREAM: Final = ("GET", "/api/events")
# What the paths of rows are asked with; `days` and `session_id`, `token_id` are of no account.
ROWS: Final = ("account_id", "address_id", "flow_id", "import_id", "job_id", "lot_id", "run_id")
IDS: Final[Mapping[str, object]] = dict.fromkeys(ROWS, NUMBER) | {"plan_id": MARK}
HASH: Final = "0" * 64
PAIR: Final = {"from": "BTC", "to": "USDT", "amount": "1", "account": NUMBER}
FLOW: Final = {"timestamp": "2026-05-30T10:00:00Z", "type": "DEPOSIT", "amount_usd": "10", "account": NUMBER}
HALVES: Final = {"BTC": 50, "USDT": 50}
# Right requests of what takes a foreign id; without a body where there is none.
BODIES: Final[Mapping[tuple[str, str], Any]] = {
    ("POST", "/api/imports"): {"name": "a.csv", "content": "Date,Type,Amount\n", "account": NUMBER},
    ("PUT", "/api/imports/{import_id}"): {"answers": {"time_zone": "UTC"}},
    ("POST", "/api/performance/cashflows"): FLOW,
    ("PUT", "/api/performance/cashflows/{flow_id}"): {"description": "mine"},
    ("POST", "/api/performance/cashflows/{flow_id}/move"): {"other": NUMBER, "decision": "move"},
    ("POST", "/api/performance/cashflows/{flow_id}/address"): {"decision": "flow"},
    ("POST", "/api/performance/cashflows/{flow_id}/decision"): {"decision": "flow"},
    ("PUT", "/api/portfolio/lots/{lot_id}"): {"cost_usd": "10"},
    ("POST", "/api/rebalancing/plan"): {"account": NUMBER},
    ("POST", "/api/rebalancing/execute"): {"plan_id": MARK, "hash": HASH, "dry_run": True},
    ("POST", "/api/rebalancing/convert"): PAIR | {"dry_run": True},
    ("POST", "/api/rebalancing/convert/plan"): PAIR,
    ("POST", "/api/rebalancing/backtest"): {
        "allocations": HALVES, "from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z", "account": NUMBER,
        "strategies": [{"kind": "hold"}],
    },
    ("POST", "/api/rebalancing/allocation"): {"allocations": HALVES},
    ("PUT", "/api/rebalancing/settings"): {"dry_run": True},
    ("PUT", "/api/accounts/{account_id}"): {"name": "mine"},
    ("PUT", "/api/accounts/{account_id}/key"): {"api_key": "a-key-of-mine", "api_secret": "a-secret-of-mine"},
    ("POST", "/api/accounts/{account_id}/arm"): {"minutes": 5, "confirmation": MARK},
    ("PATCH", "/api/addresses/{address_id}"): {"label": "mine"},
}  # fmt: skip
QUERIES: Final[Mapping[tuple[str, str], Mapping[str, object]]] = {
    ("DELETE", "/api/accounts/{account_id}"): {"data": "delete", "name": MARK},
    ("DELETE", "/api/accounts/{account_id}/key"): {"kind": "read"},
    ("GET", "/api/portfolio/export"): {"what": "trades", "format": "json"},
    ("GET", "/api/performance/explain"): {"metric": "twr", "days": 30},
    ("GET", "/api/reports"): {"period": "2026-05"},
}
# It names a row of an account in its body alone, and the collector looks whose that is.
EXECUTE: Final = ("POST", "/api/rebalancing/execute")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with guarded(tmp_path_factory.mktemp("foreign"), EXCHANGE_TIMEOUT="0.05") as running:
        yield running


@pytest.fixture(scope="module")
def tokens(installation: Installation) -> dict[str, str]:
    browser = Browser(installation)
    assert browser.set_up().status_code == 200
    with installation.container.store.write() as unit:
        unit.accounts.ensure("simulator", "mine", "digest of mine")
    plant(installation.container.engine)
    return {role: browser.token(role) for role in ROLES[1:]}


def takes_an_account(method: str, path: str) -> bool:
    """Whether an operation can be asked for an account, or for something that one has."""
    described = SPEC["paths"][path][method.lower()]
    named = {one["name"] for one in described.get("parameters", ()) if one["in"] == "query"}
    body = BODIES.get((method, path), {})
    own = any(f"{{{name}}}" in path for name in IDS)
    return own or bool(named & {"account", "accounts"}) or "account" in body or (method, path) == EXECUTE


def foreign_request(method: str, path: str) -> tuple[str, dict[str, object], Any]:
    """Where, with which query and body: right but for whose it is."""
    described = SPEC["paths"][path][method.lower()]
    named = {one["name"] for one in described.get("parameters", ()) if one["in"] == "query"}
    where = re.sub(r"\{(\w+)\}", lambda found: str(IDS.get(found[1], 30)), path)
    query: dict[str, object] = dict(QUERIES.get((method, path), {}))
    query |= {name: NUMBER for name in ("account", "accounts") if name in named}
    return where, query, BODIES.get((method, path))


def may(role: str, method: str, path: str) -> bool:
    scope = ACCESS[method, path].scope
    return scope is None or (role != "none" and scope in ORDER[: ORDER.index(Scope(role)) + 1])


def test_a_foreign_account_and_its_rows_leak_to_no_role(installation: Installation, tokens: dict[str, str]) -> None:
    before = remaining(installation.container.engine)
    assert {name for name, rows in before.items() if rows} == {table.name for table in tables()}
    browser, asked, leaks = Browser(installation), Counter[str](), []
    for method, path in sorted(ACCESS):
        if (method, path) in (STREAM, EXECUTE) or not takes_an_account(method, path):
            continue
        where, query, body = foreign_request(method, path)
        for role in ROLES:
            headers = {} if role == "none" else bearer(tokens[role])
            answer = browser.client.open(where, method=method, query_string=query, json=body, headers=headers)
            # Whoever may do it to an own account is told that there is no such thing, and not that something else was
            # wrong with the request: that would prove nothing.
            wanted = {404} if may(role, method, path) else {401} if role == "none" else {403}
            if answer.status_code not in wanted or MARK in answer.text:
                leaks.append((method, path, role, answer.status_code, answer.text[:200]))
            asked[role] += 1
    assert not leaks, "\n".join(map(str, leaks))
    assert remaining(installation.container.engine) == before
    assert asked["none"] == asked["admin"] >= 60


def test_no_run_is_begun_of_a_foreign_plan(installation: Installation, tokens: dict[str, str]) -> None:
    """What the collector does with `POST /api/rebalancing/execute`, whoever asks."""
    container, before = installation.container, remaining(installation.container.engine)
    starter = RunStarter(container.store, "simulator", no_client, container.rights, now_ms, 30.0)
    for dry_run in (True, False):
        with pytest.raises(NotFoundError):
            starter.start(StartOrder(MARK, HASH, dry_run, MARK, "user"), 1)
    assert remaining(container.engine) == before


def no_client(_reference: str) -> TradingExchange:
    raise AssertionError("a client was asked for")


def test_what_is_asked_for_no_account_tells_nothing_of_a_foreign_one(
    installation: Installation, tokens: dict[str, str]
) -> None:
    browser, leaks, asked = Browser(installation), [], 0
    for method, path in sorted(ACCESS):
        if method != "GET" or (method, path) == STREAM or any(f"{{{name}}}" in path for name in IDS):
            continue
        for role in ROLES:
            headers = {} if role == "none" else bearer(tokens[role])
            query = QUERIES.get((method, path), {})
            answer = browser.client.get(path.replace("{days}", "30"), query_string=query, headers=headers)
            # Nobody collects here, which what asks the collector says.
            told = _words(answer.data)
            if MARK in told or answer.status_code == 500:
                leaks.append((path, role, answer.status_code, told[:200]))
            asked += 1
    assert not leaks, "\n".join(map(str, leaks))
    assert asked >= 4 * 50


def _words(content: bytes) -> str:
    """What stands in an answer, and in the files of one that is an archive."""
    if not is_zipfile(BytesIO(content)):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_every_operation_is_asked_in_one_of_these_ways_or_touches_no_account() -> None:
    """So that a new one that takes an account does not go unasked: its body says `account`, its path names a row."""
    bodies = {
        (method.upper(), path)
        for path, operations in SPEC["paths"].items()
        for method, described in operations.items()
        if "account" in _fields_of_body(described)
    }
    assert {one for one in bodies if "account" not in BODIES.get(one, {})} == set()
    placed = {(method, path) for method, path in ACCESS if set(re.findall(r"\{(\w+)\}", path)) & set(IDS)}
    assert all(takes_an_account(*one) for one in placed)
    of_nobody = {"days", "session_id", "token_id"}
    assert {name for _, path in ACCESS for name in re.findall(r"\{(\w+)\}", path)} == set(IDS) | of_nobody


def _fields_of_body(described: Mapping[str, Any]) -> set[str]:
    schema = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    return set(SPEC["components"]["schemas"].get(name, {}).get("properties", {}))
