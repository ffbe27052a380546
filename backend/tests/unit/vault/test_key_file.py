"""The file of master keys: made once, for its owner alone, and read anew when it changes."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from backend.vault.key_file import KeyFile, VaultError, new_key


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "data" / "secret.key")


def test_nothing_is_made_by_looking(file: KeyFile) -> None:
    assert file.read() == ()
    assert not file.file.parent.exists()


def test_it_is_made_once_and_only_its_owner_may_read_it(file: KeyFile) -> None:
    (key,) = file.make()
    assert stat.S_IMODE(file.file.stat().st_mode) == 0o600
    assert file.make() == [key] == KeyFile(file.file).make()
    assert [one.name for one in file.file.parent.iterdir()] == ["secret.key"]


def test_of_many_who_make_it_at_once_all_have_the_same_key(file: KeyFile) -> None:
    found: list[str] = []
    start = threading.Barrier(8)

    def make() -> None:
        start.wait()
        found.append(KeyFile(file.file).make()[0].id)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_may_read_is_refused_in_words(file: KeyFile, mode: int) -> None:
    file.make()
    os.chmod(file.file, mode)
    with pytest.raises(VaultError, match="chmod 600"):
        file.read()


@pytest.mark.parametrize("content", ["", "short\n", "\n\n"])
def test_a_file_without_keys_is_refused_in_words(file: KeyFile, content: str) -> None:
    file.make()
    file.file.write_text(content, encoding="ascii")
    with pytest.raises(VaultError, match="holds no master keys"):
        file.read()


def test_what_another_program_put_there_is_seen(file: KeyFile) -> None:
    (first,) = file.make()
    second = new_key()
    KeyFile(file.file).put_first(second)
    assert [one.id for one in file.read()] == [second.id, first.id]
    KeyFile(file.file).keep(frozenset({second.id}))
    assert [one.id for one in file.read()] == [second.id]
    KeyFile(file.file).keep(frozenset())
    assert file.read() == ()
