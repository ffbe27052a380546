"""Keys that are given, refused, changed and lost leave no trace in the clear: database, logs, answers, tracebacks."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from backend.core.key_book import KeyBook
from backend.core.rank_key_book import RankKeyBook
from backend.logs import Door
from backend.services.key_looks import KeyLooks
from backend.tests.apart import read_apart
from backend.tests.api.installation import NO_HURRY, NOON, Installation
from backend.tests.canaries import SeesThrough
from backend.tests.database_places import NAME, stored_bytes
from backend.tests.postgresql import given_server
from backend.tests.simulator.harness import SimulatorProcess

KEY, SECRET, MASTER = "canaryKEYkey5d1fA7xQ", "canarySECRETsecret9e2c", "canaryMASTERmaster-0c4be1aa99f27d53"
OTHER_KEY, OTHER_SECRET = "canaryKEYother77b0Z3mW", "canarySECRETother41d8"
RANK_KEY: Final = "canaryRANKkey-0b6f-41d2-9aQz"
CANARIES: Final = (KEY, SECRET, MASTER, OTHER_KEY, OTHER_SECRET, RANK_KEY)
SAFE: Final = {"ipRestrict": True, "enableReading": True, "enableSpotAndMarginTrading": True}


class Listening:
    """Everything that is logged, at every level, with its tracebacks, and with nothing taken out."""

    def __init__(self) -> None:
        self.text = io.StringIO()
        self._handler = Door(SeesThrough(), [lambda line: print(line, file=self.text)])

    def __enter__(self) -> Listening:
        # Not configured anew: loggers that are made already would keep what they were made with.
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(logging.DEBUG)
        root.addHandler(self._handler)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self._handler)
        logging.getLogger().setLevel(self._level)


@pytest.fixture
def bourse(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(tmp_path / "bourse", ["--start-time", NOON]) as process:
        for key, secret in ((KEY, SECRET), (OTHER_KEY, OTHER_SECRET)):
            process.open_account(
                key, secret, balances={"spot": {"USDT": "9"}}, permissions=SAFE, trusted_ips=["127.0.0.1"]
            )
        yield process


def found(canaries: tuple[str, ...], places: dict[str, bytes]) -> list[str]:
    return [
        f"{canary[:12]} in {name}"
        for name, content in places.items()
        for canary in canaries
        if canary.encode() in content
    ]


def files(folder: Path) -> dict[str, bytes]:
    """Every file, and what is inside of backups."""
    contents: dict[str, bytes] = {}
    for file in folder.rglob("*"):
        if file.is_file():
            contents[str(file.relative_to(folder))] = content = read_apart(file)
            if file.suffix == ".zip":
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    contents |= {f"{file.name}: {name}": archive.read(name) for name in archive.namelist()}
    return contents


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("this went wrong")


def test_no_key_no_secret_and_no_master_key_is_found_anywhere(
    bourse: SimulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    settings = {
        "DATA_DIR": str(folder),
        "BINANCE_SIMULATOR_URL": bourse.url,
        "WITHOUT_KEY": "true",
        "MASTER_KEY": MASTER,
        **NO_HURRY,
    }
    answers: dict[str, bytes] = {}
    folder.mkdir()
    with Listening() as listening, Installation(settings, folder) as running:

        def ask(method: str, path: str, **more: Any) -> Any:
            answer = running.api.send(method, path, **more)
            answers[f"{len(answers)} {method} {path}"] = f"{answer.status_code} {answer.headers} {answer.text}".encode()
            return answer

        pair = {"api_key": KEY, "api_secret": SECRET}
        other = {"api_key": OTHER_KEY, "api_secret": OTHER_SECRET}
        accounts = "/api/accounts"
        # Refused by the shape of the request, by us, and by the exchange.
        ask("POST", accounts, json={"name": "A", "api_key": KEY * 20, "api_secret": SECRET})
        ask("POST", accounts, json={"name": "A", "api_key": KEY, "api_secret": SECRET, "surplus": SECRET})
        ask("POST", accounts, json={"name": "A", "api_key": [KEY], "api_secret": {"a": SECRET}})
        ask("POST", accounts, json={"name": "", **pair})
        ask("POST", accounts, json={"name": "A", "api_secret": SECRET})
        ask("POST", accounts, json={"name": "A", "api_key": KEY, "api_secret": OTHER_SECRET})
        ask("POST", accounts, json={"name": "A", "api_key": KEY, "api_secret": f"-----BEGIN {SECRET}"})
        # Faults of ours on both sides, with keys among the locals.
        with monkeypatch.context() as patched:
            patched.setattr(KeyLooks, "do", broken)
            assert ask("POST", accounts, json={"name": "A", **pair}).status_code == 503
        with monkeypatch.context() as patched:
            patched.setattr(KeyBook, "add", broken)
            fault = running.api.app.test_client().post(accounts, json={"name": "A", **pair})
            assert fault.status_code == 500
            answers["a fault"] = f"{fault.headers} {fault.text}".encode()
        # The key of ranks: refused by its shape, by us, by a fault of ours, and kept.
        ranks = "/api/rebalancing/rank-key"
        for body in ({"key": RANK_KEY * 20}, {"key": [RANK_KEY]}, {"key": RANK_KEY, "surplus": RANK_KEY}):
            assert ask("PUT", ranks, json=body).status_code == 422
        assert ask("PUT", ranks, json={"key": f"{RANK_KEY} {RANK_KEY}"}).status_code == 422
        with monkeypatch.context() as patched:
            patched.setattr(RankKeyBook, "set", broken)
            fault = running.api.app.test_client().put(ranks, json={"key": RANK_KEY})
            assert fault.status_code == 500
            answers["a fault about ranks"] = f"{fault.headers} {fault.text}".encode()
        for _ in range(2):
            again = {"Idempotency-Key": "ranks once"}
            assert ask("PUT", ranks, json={"key": RANK_KEY}, headers=again).status_code == 200
        ask("GET", ranks)
        # In use: the exchange takes it.
        made = ask("POST", accounts, json={"name": "A", **pair}, headers={"Idempotency-Key": "once"})
        assert made.status_code == 201, made.text
        assert made.get_json()["item"]["verdict"] == "good"
        ask("POST", accounts, json={"name": "A", **pair}, headers={"Idempotency-Key": "once"})
        number = made.get_json()["item"]["id"]
        running.refresh()
        ask("POST", f"{accounts}/{number}/check")
        ask("PUT", f"{accounts}/{number}/key", json=other)
        ask("PUT", f"{accounts}/{number}/key", json={"kind": "trade", **other})
        for path in (accounts, "/api/logs", "/api/portfolio/overview", "/health", "/api/portfolio/connection/test"):
            ask("GET", path)
        ask("DELETE", f"{accounts}/{number}/key")
        second = ask("POST", accounts, json={"name": "B", **other})
        assert second.status_code == 201, second.text
        assert ask("POST", "/api/backups").status_code == 201
        logged = listening.text.getvalue()
        at_work = files(folder)
        if given_server() is not None:
            # What stands in the file and in its log elsewhere.
            stored = stored_bytes(folder / NAME)
            at_work |= {f"the server: {NAME}": stored, f"the server: {NAME}-wal": stored}
    places = {"the log": logged.encode(), **answers, **at_work, **files(folder)}
    assert any(name.endswith("-wal") for name in at_work)
    assert any(name.endswith(": portfolio.db") for name in places)
    assert "RuntimeError" in logged
    assert found(CANARIES, places) == []
    # What may be seen of a key is there, so the search does find what is there.
    assert found((KEY[-4:],), places)
    assert found(("canaryMASTER",), {"a": MASTER.encode()})
