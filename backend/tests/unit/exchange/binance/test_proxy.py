"""HTTPS_PROXY: calls to the real exchange go through it, those to a simulator never; its refusal is told in words."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.core.errors import ExchangeUnavailableError
from backend.exchange.factory import AccountKeys, ExchangeAccess, ExchangeSettings
from backend.tests.fakes import MemoryBudgets

KEYS = AccountKeys("main", "key", "secret")


class Proxy(socketserver.ThreadingTCPServer):
    """Notes whom it is asked to connect to, and refuses."""

    daemon_threads = True
    asked: list[str]


class Refusal(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Proxy)
        self.server.asked.append(self.rfile.readline().decode().strip())
        self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    with Proxy(("127.0.0.1", 0), Refusal) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_address[1]}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield server
        server.shutdown()


def refusal(environment: str, folder: Path) -> str:
    """What is said when the exchange's clock is asked for."""
    url = "http://127.0.0.1:9" if environment == "simulator" else ""
    access = ExchangeAccess(ExchangeSettings(environment, [KEYS], url, 5.0, folder, "calm"), MemoryBudgets())
    access.stop()  # no retries
    with pytest.raises(ExchangeUnavailableError) as told:
        access.connect(access.accounts()[0].reference).server_time_ms()
    return str(told.value)


@pytest.mark.parametrize(
    ("environment", "host"), [("live", "api.binance.com:443"), ("testnet", "testnet.binance.vision:443")]
)
def test_calls_to_the_real_exchange_go_through_the_proxy(
    proxy: Proxy, tmp_path: Path, environment: str, host: str
) -> None:
    words = refusal(environment, tmp_path)
    assert [line.split()[:2] for line in proxy.asked] == [["CONNECT", host]]
    assert "HTTPS_PROXY" in words


def test_a_simulator_on_this_machine_is_asked_directly(proxy: Proxy, tmp_path: Path) -> None:
    assert "cannot be reached" in refusal("simulator", tmp_path)
    assert proxy.asked == []
