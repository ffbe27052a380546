"""Local servers for browser tests and measurements: kept apart from the user's settings, and never left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.config import load_settings
from scripts import servers
from scripts.servers import ServerError, demo_settings, free_port, running, status

SERVE_ONE_PAGE = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


def test_a_server_runs_inside_the_block_and_not_after_it() -> None:
    port = free_port()
    with running(["-c", SERVE_ONE_PAGE, str(port)], {}, port):
        assert status(port, "/health") == 200
    assert status(port, "/health") is None


def test_a_server_is_ended_when_the_block_fails() -> None:
    port = free_port()
    with pytest.raises(ZeroDivisionError), running(["-c", SERVE_ONE_PAGE, str(port)], {}, port):
        raise ZeroDivisionError
    assert status(port, "/health") is None


def test_a_server_that_ends_at_once_is_an_error_with_its_last_words() -> None:
    code = "import sys; sys.exit('PORT=abc is not a number')"
    with pytest.raises(ServerError, match="PORT=abc is not a number"), running(["-c", code], {}, free_port()):
        pass


def test_a_server_that_never_answers_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "READY_WITHIN_S", 0.3)
    code = "import threading; threading.Event().wait()"
    with pytest.raises(ServerError, match="not ready"), running(["-c", code], {}, free_port()):
        pass


def test_the_demo_ignores_the_settings_of_whoever_runs_it(tmp_path: Path) -> None:
    mine = {"BINANCE_API_KEY": "k", "BINANCE_API_SECRET": "s", "DATABASE_URL": "postgresql://mine", "PORT": "80"}
    settings = load_settings(env={**mine, **demo_settings(5055, tmp_path)}, env_file=tmp_path / "absent")
    assert (settings.environment, settings.api_key, settings.port) == ("demo", "", 5055)
    assert settings.database_url == f"sqlite:///{tmp_path}/portfolio.db"
