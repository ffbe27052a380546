"""What a process imports it keeps as long as it lives, so that the ones that live long leave out what they never call.

Asked of interpreters that have imported nothing before.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[3]
# The first visitor of a small machine waits for what is imported before: nothing that the overview can do without.
NOT_OF_THE_FIRST_FIGURES: Final = (
    "apiflask",
    "argon2",
    "backend.bootstrap",
    "backend.exchange",
    "backend.services.collector",
    "binance",
    "cryptography",
    "marshmallow",
    "numpy",
    "prometheus_client",
    "pydantic",
    "requests",
    "segno",
    "sqlalchemy.dialects.postgresql",
    "websockets",
)
# python-binance's asynchronous client, what upgrades a schema, another database's driver, and other commands' parts.
NOT_OF_THE_PROGRAM: Final = (
    "aiohttp",
    "alembic",
    "backend.exchange.simulator.main",
    "backend.openapi",
    "backend.verify",
    "binance.async_client",
    "mako",
    "psycopg",
)
# The exchange knows nothing of the program, and signs with HMAC as long as nobody brings a key of another type.
NOT_OF_THE_EXCHANGE: Final = (
    "Crypto",
    "backend.api",
    "backend.core",
    "backend.db",
    "backend.services",
    "binance",
    "cryptography",
    "flask",
    "pydantic",
    "requests",
    "sqlalchemy",
    "structlog",
)


def imported(words: str) -> set[str]:
    """The modules that an interpreter has after some words of Python."""
    told = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}; {told}"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("entry", "unwanted"),
    [
        ("backend.__main__", NOT_OF_THE_FIRST_FIGURES),
        ("backend.bootstrap", NOT_OF_THE_PROGRAM),
        ("backend.exchange.simulator.cli", NOT_OF_THE_EXCHANGE),
    ],
)
def test_what_lives_long_does_not_import_what_it_never_calls(entry: str, unwanted: tuple[str, ...]) -> None:
    found = imported(f"import {entry}")
    assert entry in found
    assert sorted(found & set(unwanted)) == []


def test_all_of_python_binance_is_there_for_whoever_imports_it_afterwards() -> None:
    found = imported(
        "from backend.exchange.binance.library import Client; import binance;"
        "assert binance.Client is Client; assert binance.AsyncClient"
    )
    assert "binance.async_client" in found
