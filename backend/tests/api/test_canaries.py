"""No secret comes through: planted values are searched for in logs, database, write-ahead log, backups and answers.

Each is first seen at its work (`canary_acts`); with redaction switched off the same search finds every one of them.
"""

from __future__ import annotations

import gzip
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import structlog

from backend import logs
from backend.bootstrap import Container
from backend.config import load_settings
from backend.core.redaction import Redactor, Secrets
from backend.tests.apart import read_apart
from backend.tests.api import canary_acts as acts
from backend.tests.api.guarded import Browser
from backend.tests.api.installation import Installation, simulator_settings
from backend.tests.canaries import Canaries, SeesThrough
from backend.tests.database_places import stored_bytes
from backend.tests.postgresql import given_server

WAIT_S: Final = 120.0


class Echo(BaseHTTPRequestHandler):
    """An exchange that knows the time and nothing else: it says what it was asked, key and signed query included."""

    seen: Final[list[str]] = []

    def do_GET(self) -> None:
        said = f"{self.path} {self.headers.get('X-MBX-APIKEY', '')}"
        self.seen.append(said)
        clock = self.path.startswith("/api/v3/time")
        body = b'{"serverTime":1780000000000}' if clock else f"<html>Bad gateway: {said}</html>".encode()
        self.send_response(200 if clock else 502)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def echo() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def exercised(folder: Path, canaries: Canaries, redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every secret do its work, and run the program into trouble with all of them at hand."""
    Echo.seen.clear()
    acts.plant(canaries, monkeypatch)
    with echo() as url, TemporaryDirectory() as seals, acts.places(Path(seals), canaries, monkeypatch) as to:
        settings = simulator_settings(url, folder) | {
            "BINANCE_API_KEY": canaries["api_key"],
            "BINANCE_API_SECRET": canaries["api_secret"],
            "COINMARKETCAP_API_KEY": canaries["coinmarketcap_key"],
            "MASTER_KEY": canaries["master_key"],
            "SECRET_KEY": canaries["secret_key"],
            "METRICS_TOKEN": canaries["metrics_token"],
            "ALERT_ALLOWED_HOSTS": to.hosts,
            "LOG_LEVEL": "DEBUG",
        }
        installation = Installation(settings, folder)
        observing = installation.container.observing
        observing.keep_log("portfolio", redactor)
        with installation:
            _wait_for_failure(installation)
            owner = acts.let_in(installation, canaries)
            acts.keep_ranks_key(installation, owner, canaries, folder)
            acts.send_messages(owner, canaries, to)
            acts.read_metrics_from_afar(installation, canaries)
            _ask(installation, owner, canaries, monkeypatch)
            _log(canaries)
            observing.keeper.flush()
            acts.back_up(owner, Container(load_settings(settings, folder / "absent.env")), folder / "usb")
            acts.keep_every_answer(owner, canaries)
            for path in ("/api/logs/lines?limit=1000", "/api/logs/export"):
                canaries.keep(path, owner.client.get(path).data)
            # While the database is open: what was written last stands in its write-ahead log.
            for file in folder.glob("portfolio.db*"):
                canaries.keep(f"{file.name} while it is open", read_apart(file))
            if given_server() is not None:
                canaries.keep("portfolio.db, the rows of the server", stored_bytes(folder / "portfolio.db"))
    logs.configure("CRITICAL")
    assert any(canaries["api_key"] in said for said in Echo.seen), "the key was never in use"
    signed = [acts.signed_with(canaries["api_secret"], said) for said in Echo.seen if "signature=" in said]
    assert signed, "nothing was signed"
    assert all(signed), "something else than the secret signs"


def _wait_for_failure(installation: Installation) -> None:
    feed, deadline = installation.container.feed, monotonic() + WAIT_S
    while not any(
        item["kind"] == "sync_failed" for item in installation.api.read("/api/portfolio/overview")["attention"]
    ):
        assert monotonic() < deadline, "the exchange was never asked"
        feed.after(feed.catch_up(), 0.5)


def _ask(installation: Installation, owner: Browser, canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that carry secrets where none is expected, one of which runs into a defect."""
    client = installation.api.app.test_client()
    headers = {
        "Authorization": f"Bearer {canaries['token']}",
        "Cookie": f"session={canaries['session']}",
        "X-CSRF-Token": canaries["token"],
    }
    body = {"username": "admin", "password": canaries["password"], "smtp": {"password": canaries["smtp_password"]}}
    for path in ("/api/auth/login", "/api/portfolio/refresh", "/api/settings", "/api/rebalancing/plan"):
        canaries.keep(f"too much for {path}", client.post(path, json=body, headers=headers).data)
    client.get(f"/api/portfolio/overview?token={canaries['token']}", headers=headers)
    client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.9"}, headers=headers)

    def fails(_self: object, _account: int | None) -> None:
        password = canaries["smtp_password"]
        raise RuntimeError(f"smtp login of me:{password} failed; session={canaries['session']}", canaries["password"])

    services = installation.api.app.extensions["portfolio"]
    with monkeypatch.context() as patched:
        patched.setattr(type(services.portfolio), "balances", fails)
        answer = owner.client.get("/api/portfolio/balances", headers={"X-CSRF-Token": canaries["token"]})
    assert answer.status_code == 500
    canaries.keep("an unexpected error", answer.data)


def _log(canaries: Canaries) -> None:
    """Each secret as a field, in the words, in an exception, and by a library."""
    ours = structlog.wrap_logger(logging.getLogger("backend.services.canary"))
    for kind, value in canaries.values.items():
        ours.warning("as a field", **{kind: value})
        ours.warning(f"{kind}: {value} in the words")
        ours.warning("deep", detail={"asked": [{"with": value}]})
        logging.getLogger("library").warning("connecting with %s", value)
        try:
            raise ConnectionError(f"https://u:{value}@host/path?signature={value}", {"X-MBX-APIKEY": value})
        except ConnectionError as error:
            ours.error("failed", exc_info=error)


def redactor_of(canaries: Canaries) -> Redactor:
    known = Secrets()
    known.remember(*canaries.values.values())
    return Redactor(known)


def test_no_planted_secret_is_found_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    canaries = Canaries.hatched("redacted")
    exercised(tmp_path, canaries, redactor_of(canaries), monkeypatch)
    assert canaries.found(tmp_path) == set()


def test_the_same_search_finds_every_one_of_them_with_redaction_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    canaries = Canaries.hatched("open")
    exercised(tmp_path, canaries, SeesThrough(), monkeypatch)
    found = canaries.found(tmp_path)
    for place in ("logs/portfolio.jsonl", "/api/logs/lines?limit=1000", "/api/logs/export"):
        assert {kind for kind, where in found if where == place} == set(canaries.values), place
    for start in ("portfolio.db", "backups/portfolio-", "usb/portfolio-"):
        assert {kind for kind, where in found if where.startswith(start)} == set(canaries.values), start


def test_looks_and_names_alone_catch_what_nobody_made_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that nobody registered: the words of the exchange and of the requests give none away."""
    kinds = ("api_key", "api_secret", "token", "session")
    canaries = Canaries.hatched("unknown")
    exercised(tmp_path, canaries, Redactor(None), monkeypatch)
    lines = [json.loads(line) for line in (tmp_path / "logs" / "portfolio.jsonl").read_text("utf-8").splitlines()]
    own = [line for line in lines if line["logger"] not in ("backend.services.canary", "library")]
    assert any(line["event"] == "refresh failed" for line in own)
    told = json.dumps(own)
    assert [kind for kind in kinds if canaries[kind] in told] == []


def test_the_search_sees_every_form_and_every_file(tmp_path: Path) -> None:
    canaries = Canaries.hatched("forms")
    password = canaries["password"]
    (tmp_path / "deep").mkdir()
    written = {
        "plain.log": password.encode(),
        "deep/address": quote(password, safe="").encode(),
        "deep/backup.gz": gzip.compress(b"x" + password.encode()),
        "json": json.dumps({"p": password}).encode(),
        "wide": password.encode("utf-16-le"),
        "nothing": b"Canary pass/ and no more",
    }
    for name, content in written.items():
        (tmp_path / name).write_bytes(content)
    with ZipFile(tmp_path / "packed.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("portfolio.db", "x" * 99 + password)
    written["packed.zip"] = b""
    canaries.keep("an answer", password.encode())
    expected = {("password", name) for name in (*written, "an answer") if name != "nothing"}
    assert canaries.found(tmp_path) == expected
