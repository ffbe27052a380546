"""An account that lives from statements, priced by the public market: all of it as with a key, and marked."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from werkzeug.test import TestResponse

from backend.command_line import main
from backend.tests.api.installation import KEY, NO_HURRY, Installation, simulator_settings
from backend.tests.database_places import settings_of
from backend.tests.leaks import SECRET
from backend.tests.simulator.harness import SimulatorProcess

SAMPLES: Final = Path(__file__).parents[4] / "shared/binance-exports/constructed-account-a"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the exports of ../shared are not here")
LAST_LINE: Final = "2026-04-02T09:00:00Z"
BOUGHT: Final = (
    "User ID,Time,Account,Operation,Coin,Change,Remark\n"
    "1,26-03-01 10:00:00,Spot,Deposit,USDT,5000,\n"
    "1,26-04-02 09:00:00,Spot,Transaction Buy,BTC,0.02,\n"
    "1,26-04-02 09:00:00,Spot,Transaction Spend,USDT,-1242.583,\n"
)
SOLD_TOO: Final = (
    "User ID,Time,Account,Operation,Coin,Change,Remark\n"
    "1,26-03-01 10:00:00,Spot,Deposit,USDT,5000,\n"
    "1,26-04-02 09:00:00,Spot,Transaction Sold,ETH,-1.5,\n"
    "1,26-04-02 09:00:00,Spot,Transaction Revenue,USDT,3000,\n"
)


def without_key(url: str, folder: Path) -> dict[str, str]:
    told = {"DATA_DIR": str(folder), "BINANCE_SIMULATOR_URL": url, "WITHOUT_KEY": "true"}
    return {**told, **settings_of(folder), **NO_HURRY}


def body(answer: TestResponse) -> Any:
    return answer.json


def made(running: Installation, name: str = "Paper") -> int:
    answer = running.api.post("/api/accounts", json={"name": name})
    assert answer.status_code == 201, answer.text
    return int(body(answer)["item"]["id"])


def imported(running: Installation, account: int, **file: Any) -> int:
    """Import a file and wait for its figures; returns the number of the import."""
    preview = running.api.post("/api/imports", json={"account": account, **file})
    assert preview.status_code == 201, preview.text
    number = int(body(preview)["import_id"])
    answer = running.api.post(f"/api/imports/{number}/commit")
    assert answer.status_code == 200, answer.text
    running.settled()
    return number


def history(text: str) -> dict[str, str]:
    return {"name": "Transaction-History(UTC+0).csv", "content": text}


def quantities(running: Installation, account: int) -> dict[str, Decimal]:
    rows = running.api.read("/api/portfolio/balances", account=account)["balances"]
    return {row["asset"]: Decimal(row["total"]) for row in rows}


def account_of(running: Installation, account: int) -> Any:
    return next(one for one in running.api.read("/api/accounts")["items"] if one["id"] == account)


def zipped(folder: Path) -> str:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in sorted(folder.glob("*.csv")):
            archive.writestr(file.name, file.read_bytes())
    return base64.b64encode(content.getvalue()).decode()


@needs_samples
def test_seven_exports_give_balances_flows_and_a_return_since_the_first_flow(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    expected = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
    with Installation(without_key(exchange.url, tmp_path), tmp_path) as running:
        account = made(running)
        imported(running, account, name="all.zip", content_base64=zipped(SAMPLES))
        wanted: dict[str, Decimal] = {}
        for wallet in ("spot_balances", "futures_balances"):
            for asset, amount in expected[wallet].items():
                wanted[asset] = wanted.get(asset, Decimal(0)) + Decimal(amount)
        assert quantities(running, account) == {asset: amount for asset, amount in wanted.items() if amount}
        flows = running.api.read("/api/performance/cashflows", limit=50)["items"]
        told = {(flow["timestamp"], flow["asset"], abs(Decimal(flow["quantity"]))) for flow in flows}
        assert told == {(one["time"], one["coin"], Decimal(one["amount"])) for one in expected["external_flows"]}
        window = running.api.read("/api/performance/twr/0")
        assert window["start"] == expected["external_flows"][0]["time"]
        assert window["twr_percent"] is not None
        # The first doubt of the window: nobody read what its futures were worth while they were open.
        assert (window["status"], window["reason"]) == ("estimated", "unrealized_unknown")
        assert running.api.read("/api/performance/twr-history", days=0)["gaps"] == []
        attribution = running.api.read("/api/performance/attribution", days=0)
        assert attribution["findings"] == []


def test_every_figure_of_now_says_that_it_is_from_statements_and_of_when(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    with Installation(without_key(exchange.url, tmp_path), tmp_path) as running:
        account = made(running)
        imported(running, account, **history(BOUGHT))
        overview = running.api.read("/api/portfolio/overview")
        assert (overview["status"], overview["reason"], overview["pnl_reason"]) == (
            "estimated",
            "from_statements",
            "from_statements",
        )
        assert {row["timestamp"] for row in running.api.read("/api/portfolio/balances")["balances"]} == {LAST_LINE}
        assert account_of(running, account)["last_statement_at"] == LAST_LINE
        rows = running.api.read("/api/performance/snapshots", limit=1000)["items"]
        marked = {row["timestamp"] for row in rows if row["reason"] == "from_statements"}
        assert marked == {row["timestamp"] for row in rows if row["timestamp"] > LAST_LINE}
        assert running.api.read("/health")["sync_status"] == "healthy"
        assert overview["attention"] == []


def test_an_import_taken_back_empties_the_account_again(exchange: SimulatorProcess, tmp_path: Path) -> None:
    with Installation(without_key(exchange.url, tmp_path), tmp_path) as running:
        account = made(running)
        number = imported(running, account, **history(BOUGHT))
        assert running.api.post(f"/api/imports/{number}/undo").status_code == 200
        overview = running.api.read("/api/portfolio/overview", account=account)
        assert (overview["total_value_usd"], overview["reason"]) == (None, "no_statements")
        assert running.api.read("/api/performance/snapshots", account=account)["items"] == []
        assert running.api.read("/api/performance/cashflows", account=account)["items"] == []
        imported(running, account, **history(BOUGHT))
        assert quantities(running, account) == {"USDT": Decimal("3757.417"), "BTC": Decimal("0.02")}


def test_coins_sold_that_were_never_bought_are_named_and_never_below_nothing(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    with Installation(without_key(exchange.url, tmp_path), tmp_path) as running:
        account = made(running)
        preview = running.api.post("/api/imports", json={"account": account, **history(SOLD_TOO)})
        position = running.container.feed.catch_up()
        assert running.api.post(f"/api/imports/{body(preview)['import_id']}/commit").status_code == 200
        while not running.api.read("/api/performance/snapshots", account=account)["items"]:
            running.container.feed.after(position, 0.5)
        assert quantities(running, account) == {"USDT": Decimal(8000)}
        overview = running.api.read("/api/portfolio/overview")
        kinds: Mapping[str, Any] = {item["kind"]: item["params"] for item in overview["attention"]}
        assert kinds["unreconciled"]["assets"] == ["ETH"]
        assert overview["net_deposits_status"] == "estimated"
        snapshots = running.api.read("/api/performance/snapshots", limit=1000)["items"]
        assert min(Decimal(row["total_value_usd"]) for row in snapshots) >= 0


def test_a_restart_keeps_it_and_the_certificate_says_that_there_is_no_key(
    exchange: SimulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = without_key(exchange.url, tmp_path)
    with Installation(settings, tmp_path) as running:
        account = made(running)
        imported(running, account, **history(BOUGHT))
        before = quantities(running, account)
    with Installation(settings, tmp_path) as running:
        running.refresh()
        assert quantities(running, account) == before
        certificate = running.api.read("/api/imports/certificate")
        assert (certificate["complete"], certificate["status"], certificate["reason"]) == (
            False,
            "unavailable",
            "no_key",
        )
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    answer = CliRunner().invoke(main, ["certificate"])
    assert (answer.exit_code, "Paper: no key" in answer.output) == (1, True)


def test_a_key_can_be_given_up_and_given_back(
    exchange: SimulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Installation(simulator_settings(exchange.url, tmp_path), tmp_path) as running:
        account = account_of(running, running.settled()["accounts"][0]["id"])
        number = account["id"]
        assert (account["key"], account["deletable"]) == ("stored", True)
        before = quantities(running, number)
    with Installation(without_key(exchange.url, tmp_path), tmp_path) as running:
        # The settings hold it no more; it is kept here.
        assert account_of(running, number)["key"] == "stored"
        answer = running.api.send("DELETE", f"/api/accounts/{number}/key")
        assert answer.status_code == 200, answer.text
        assert account_of(running, number)["key"] == "gone"
        assert attention(running, "key_gone")
        read_at = running.api.read("/api/portfolio/overview")["as_of"]
        answer = running.api.send(
            "DELETE", f"/api/accounts/{number}", query_string={"data": "keep", "name": account["name"]}
        )
        assert answer.status_code == 200, answer.text
        running.settled()
        assert quantities(running, number) == before
        kept = account_of(running, number)
        assert (kept["key"], kept["last_statement_at"]) == ("none", read_at)
        overview = running.api.read("/api/portfolio/overview")
        assert (overview["reason"], overview["attention"]) == ("from_statements", [])
        assert running.api.read("/health")["sync_status"] == "healthy"
        pair = {"api_key": KEY, "api_secret": SECRET}
        answer = running.api.send("PUT", f"/api/accounts/{number}/key", json=pair)
        assert answer.status_code == 200, answer.text
    with Installation(simulator_settings(exchange.url, tmp_path), tmp_path) as running:
        running.refresh()
        running.settled()
        back = account_of(running, number)
        assert (back["key"], back["last_statement_at"], back["has_read_key"]) == ("stored", None, True)
        assert running.api.read("/api/imports/certificate")["complete"] is True
        assert quantities(running, number) == before
        # Beside one that is certified, one without a key takes nothing from the whole.
        made(running)
        assert running.api.read("/api/imports/certificate")["complete"] is True
        for name, value in simulator_settings(exchange.url, tmp_path).items():
            monkeypatch.setenv(name, value)
    command = CliRunner().invoke(main, ["certificate"])
    assert (command.exit_code, "Paper: no key" in command.output) == (0, True), command.output


def attention(running: Installation, kind: str) -> bool:
    return any(item["kind"] == kind for item in running.api.read("/api/portfolio/overview")["attention"])


def test_beside_an_account_with_a_key_the_sum_says_what_it_rests_on(exchange: SimulatorProcess, tmp_path: Path) -> None:
    assert KEY
    with Installation(simulator_settings(exchange.url, tmp_path), tmp_path) as running:
        alone = running.settled()
        assert alone["status"] == "exact"
        account = made(running)
        assert running.api.read("/api/portfolio/overview")["status"] == "exact"
        imported(running, account, **history(BOUGHT))
        both = running.api.read("/api/portfolio/overview")
        assert (both["status"], both["reason"]) == ("estimated", "from_statements")
        assert Decimal(both["total_value_usd"]) > Decimal(alone["total_value_usd"]) + 3757
        answer = running.api.send(
            "DELETE", f"/api/accounts/{account}", query_string={"data": "delete", "name": "Paper"}
        )
        assert answer.status_code == 200, answer.text
        after = running.api.read("/api/portfolio/overview")
        assert (after["status"], len(after["accounts"])) == ("exact", 1)
