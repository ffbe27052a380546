"""The search through what the tests leave behind: it finds each kind of secret in each kind of file, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from backend.tests.leaks import PASSWORD, SECRET, leaks

MASTER = "a-master-key-that-was-made-0123456789"
TOKEN = "bpm_" + "Zz09_-x" * 6 + "q"


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: what is planted here would be found at the end of the run."""
    with TemporaryDirectory(prefix="leaks-") as name:
        yield Path(name)


def test_a_secret_is_found_wherever_it_should_not_stand(folder: Path) -> None:
    exchange, program = folder / "exchange", folder / "program"
    for made in (exchange, program):
        made.mkdir()
    for holder, text in (
        (exchange / "ledger.jsonl", SECRET),
        (exchange / "accounts", SECRET),
        (program / "secret.key", f"{MASTER}\n"),
        (program / "accounts.toml", SECRET),
    ):
        holder.write_text(text, "utf-8")
    (program / "harmless.log").write_text(f"{SECRET[:-1]} {TOKEN[:-1]} {TOKEN}-planted", "utf-8")
    assert leaks(folder) == []
    for name, text in (("key.log", SECRET), ("wal", PASSWORD), ("master.log", MASTER), ("token.log", TOKEN)):
        (program / name).write_bytes(b"\0" * 9 + text.encode())
    with ZipFile(program / "backup.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("portfolio.db", "x" * 99 + SECRET)
    assert sorted(leaks(folder)) == [
        "a master key in program/master.log",
        "a secret in program/backup.zip",
        "a secret in program/key.log",
        "a secret in program/wal",
        "a token in program/token.log",
    ]
    assert not any(one in sentence for sentence in leaks(folder) for one in (SECRET, PASSWORD, MASTER, TOKEN))
