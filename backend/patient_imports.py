"""Imports that let others go first: one thread imports a large program while others answer with what is there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import PathFinder, SourceFileLoader
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec


@contextmanager
def before_each_import(act: Callable[[], None]) -> Iterator[None]:
    """Call `act` before each module that this thread imports is run. What it raises ends the import."""
    hook = _Before(act, threading.get_ident())
    sys.meta_path.insert(0, hook)
    try:
        yield
    finally:
        sys.meta_path.remove(hook)


class _Before:
    """Finds what one thread imports, as the interpreter would."""

    def __init__(self, act: Callable[[], None], importer: int) -> None:
        self._act = act
        self._importer = importer

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if threading.get_ident() != self._importer:
            return None
        found = PathFinder.find_spec(name, path, target)
        # Finders are asked under the lock of all imports: to wait here would keep every thread from importing.
        if found is not None and type(found.loader) is SourceFileLoader:
            found.loader = _Patient(found.loader, self._act)
        return found


class _Patient(SourceFileLoader):
    """Runs a module after `act`."""

    def __init__(self, loader: SourceFileLoader, act: Callable[[], None]) -> None:
        super().__init__(loader.name, loader.path)
        self._act = act

    def exec_module(self, module: ModuleType) -> None:
        self._act()
        super().exec_module(module)
