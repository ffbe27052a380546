"""Hashes are computed where the server says: beside its green threads under gevent, on the spot elsewhere."""

from __future__ import annotations

import runpy
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest
from argon2 import PasswordHasher

from backend.core.heavy_work import HeavyWork
from backend.services.password_hashes import Argon2Passwords

GUNICORN: Final = Path(__file__).resolve().parents[4] / "deploy" / "gunicorn.conf.py"


class Watched(PasswordHasher):
    """Notes the threads that hash."""

    def __init__(self) -> None:
        super().__init__(1, 8, 1)
        self.threads: set[int] = set()

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.threads.add(threading.get_native_id())
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.threads.add(threading.get_native_id())
        return super().verify(hash, password)


@pytest.mark.parametrize(("worker", "aside"), [("gevent", True), ("gthread", False)])
def test_a_worker_of_green_threads_hashes_in_threads_of_the_system(worker: str, aside: bool) -> None:
    work, hasher = HeavyWork(), Watched()
    hashes = Argon2Passwords(hasher, run=work)

    def compute_by(run: HeavyWork) -> None:
        work.run_by = run

    application = SimpleNamespace(watch=lambda _serves: None, compute_by=compute_by)
    begun = SimpleNamespace(wsgi=application, cfg=SimpleNamespace(worker_class_str=worker), alive=True)
    runpy.run_path(str(GUNICORN))["post_worker_init"](begun)

    assert hashes.matches(hashes.hashed("one"), "one")
    assert not hashes.matches(None, "one")
    assert (threading.get_native_id() in hasher.threads) is not aside
