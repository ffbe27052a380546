"""Imported first by a program under test: it is killed before the step of its database that DIES_AT names.

A step is a statement or a commit. With DIES_AT=0 it lives, and COUNTED_IN names the file that its steps are told in.
"""

from __future__ import annotations

import atexit
import os
import signal
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event

DIES_AT: Final = int(os.environ["DIES_AT"])
COUNTED_IN: Final = os.environ.get("COUNTED_IN", "")
_steps = count(1)


def _step() -> None:
    if next(_steps) == DIES_AT:
        os.kill(os.getpid(), signal.SIGKILL)


@event.listens_for(Engine, "before_cursor_execute")
def _statement(*_: Any) -> None:
    _step()


@event.listens_for(Engine, "commit")
def _commit(_: Any) -> None:
    _step()


if COUNTED_IN:
    atexit.register(lambda: Path(COUNTED_IN).write_text(str(next(_steps) - 1), "ascii"))
