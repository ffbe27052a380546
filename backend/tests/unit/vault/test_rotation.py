"""A change of master keys: all is sealed anew, wherever it is cut off, and what is not is opened by the old key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backend.core.errors import SealBroken
from backend.vault.key_file import NAME
from backend.vault.vault import Vault

SECRETS = [f"secret-{n}" for n in range(6)]
OLD, NEW = "old-master-key-given-by-the-user-000001", "new-master-key-given-by-the-user-000002"


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Texts:
    """Sealed texts in a list. `dies_after`: so many were replaced when the process ends."""

    rows: list[str]
    dies_after: int | None = None
    replaced: int = 0

    def places(self) -> Sequence[Place]:
        return [Place(self, n, text) for n, text in enumerate(self.rows)]

    @contextmanager
    def undisturbed(self) -> Iterator[Sequence[str]]:
        if self.dies_after == self.replaced:
            raise Killed
        yield list(self.rows)


@dataclass
class Place:
    texts: Texts = field(repr=False)
    n: int
    sealed: str

    def replace(self, resealed: str) -> bool:
        if self.texts.dies_after == self.texts.replaced:
            raise Killed
        if self.texts.rows[self.n] != self.sealed:
            return False
        self.texts.rows[self.n] = resealed
        self.texts.replaced += 1
        return True


def sealed(vault: Vault) -> list[str]:
    return [vault.ring.seal(secret, f"row:{n}") for n, secret in enumerate(SECRETS)]


def opened(vault: Vault, rows: Sequence[str]) -> list[str]:
    return [vault.ring.unseal(text, f"row:{n}") for n, text in enumerate(rows)]


def keys_in(folder: Path) -> list[str]:
    return (folder / NAME).read_text("ascii").split()


@pytest.mark.parametrize("dies_after", range(len(SECRETS) + 1))
def test_cut_off_anywhere_everything_opens_and_the_next_one_ends_it(tmp_path: Path, dies_after: int) -> None:
    texts = Texts(sealed(Vault(tmp_path, NAME, ())), dies_after)
    (old,) = keys_in(tmp_path)
    with pytest.raises(Killed):
        Vault(tmp_path, NAME, ()).rotate(texts)
    assert opened(Vault(tmp_path, NAME, ()), texts.rows) == SECRETS
    assert keys_in(tmp_path)[1:] == [old]
    texts.dies_after = None
    done = Vault(tmp_path, NAME, ()).rotate(texts)
    assert (done.resealed, done.lost, done.dropped) == (len(SECRETS) - dies_after, 0, 1)
    assert opened(Vault(tmp_path, NAME, ()), texts.rows) == SECRETS
    (new,) = keys_in(tmp_path)
    assert new != old


def test_a_program_that_runs_opens_and_seals_with_the_new_key(tmp_path: Path) -> None:
    running = Vault(tmp_path, NAME, ())
    texts = Texts(sealed(running))
    Vault(tmp_path, NAME, ()).rotate(texts)
    assert opened(running, texts.rows) == SECRETS
    assert opened(Vault(tmp_path, NAME, ()), sealed(running)) == SECRETS


def test_what_was_written_meanwhile_is_left_alone(tmp_path: Path) -> None:
    vault = Vault(tmp_path, NAME, ())
    texts = Texts(sealed(vault))
    places = texts.places()
    texts.rows[0] = vault.ring.seal("newer", "row:0")
    assert not places[0].replace("older")
    vault.rotate(texts)
    assert opened(vault, texts.rows) == ["newer", *SECRETS[1:]]


def test_with_a_setting_the_first_key_seals_and_the_file_goes_once_nothing_needs_it(tmp_path: Path) -> None:
    texts = Texts(sealed(Vault(tmp_path, NAME, ())))
    done = Vault(tmp_path, NAME, (OLD,)).rotate(texts)
    assert (done.resealed, done.waits_for_setting) == (len(SECRETS), False)
    assert not (tmp_path / NAME).exists()
    done = Vault(tmp_path, NAME, (NEW, OLD)).rotate(texts)
    assert (done.resealed, done.waits_for_setting) == (len(SECRETS), True)
    assert opened(Vault(tmp_path, NAME, (NEW,)), texts.rows) == SECRETS
    with pytest.raises(SealBroken):
        opened(Vault(tmp_path, NAME, (OLD,)), texts.rows)


def test_what_no_key_opens_stays_and_is_counted(tmp_path: Path) -> None:
    texts = Texts(sealed(Vault(tmp_path, NAME, ())))
    (tmp_path / NAME).unlink()
    before = list(texts.rows)
    done = Vault(tmp_path, NAME, ()).rotate(texts)
    assert (done.resealed, done.lost) == (0, len(SECRETS))
    assert texts.rows == before
