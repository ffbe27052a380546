"""The vault of one installation: its ring out of MASTER_KEY and the key file, and the change of its keys."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from backend.core.errors import SealBroken
from backend.vault.key_file import KeyFile, new_key
from backend.vault.ring import KeyRing, MasterKey, key_of


class SealedPlace(Protocol):
    """One sealed text where it lies."""

    @property
    def sealed(self) -> str: ...
    def replace(self, resealed: str) -> bool:
        """Put another in its place; False where it is not there any more as it was."""


class SealedTexts(Protocol):
    """Every sealed text of the installation, whoever sealed it."""

    def places(self) -> Sequence[SealedPlace]: ...
    def undisturbed(self) -> AbstractContextManager[Sequence[str]]:
        """All of them, while nobody can write any."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did. `lost`: texts that no key here opens; they stay as they are."""

    resealed: int
    lost: int
    dropped: int
    waits_for_setting: bool


class Vault:
    """`given`: the keys of MASTER_KEY, newest first; where there are any, they seal, and the file's only open."""

    def __init__(self, folder: Path, name: str, given: Sequence[str]) -> None:
        self._given = [MasterKey(text) for text in given]
        self._file = KeyFile(folder / name)
        self.ring = KeyRing(self._keys, self._sealing)

    def check(self) -> None:
        """See that the keys can be used.

        Raises:
            VaultError: says what would be right.
        """
        self._file.read()

    def _keys(self) -> Sequence[MasterKey]:
        return [*self._given, *self._file.read()]

    def _sealing(self) -> MasterKey:
        return self._given[0] if self._given else self._file.make()[0]

    def rotate(self, texts: SealedTexts) -> Rotated:
        """Seal everything with a new key, then drop the old ones. One that was cut off goes on where it was.

        With MASTER_KEY the new key is its first, and the user takes the others out of it.

        Raises:
            VaultError: the key file cannot be read or written.
        """
        begun = len(self._keys()) > 1
        if not self._given and not begun:
            self._file.put_first(new_key())
        resealed = 0
        for place in texts.places():
            if not self.ring.is_newest(place.sealed):
                try:
                    resealed += place.replace(self.ring.resealed(place.sealed))
                except SealBroken:
                    continue  # counted below
        with texts.undisturbed() as left:
            in_use = {key_of(one) for one in left}
            before = self._file.read()
            wanted = {key.id for key in before if key.id in in_use}
            if not self._given:
                wanted.add(before[0].id)
            if before and len(wanted) < len(before):
                self._file.keep(frozenset(wanted))
        return Rotated(
            resealed=resealed,
            lost=sum(not self.ring.is_newest(one) for one in left),
            dropped=len(before) - len(wanted),
            waits_for_setting=len(self._given) > 1,
        )
