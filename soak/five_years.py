"""The program with a demo of five years: what `python -m backend` is, but for the length of the demo's past."""

from __future__ import annotations

from typing import Final

from soak import as_installed  # noqa: F401  # acts by being imported, before the program is

# isort: split
from backend.command_line import main
from backend.exchange import demo

DAYS: Final = 1826
SHORTER: Final = demo.HISTORY_DAYS


def lengthen() -> None:
    """Let a demo that is made from now on have five years behind it, as busy as those of the ordinary one."""
    demo.HISTORY_DAYS = DAYS  # type: ignore[misc]
    demo.TRADES = demo.TRADES * DAYS // SHORTER  # type: ignore[misc]
    demo.FLOWS = demo.FLOWS * DAYS // SHORTER  # type: ignore[misc]


if __name__ == "__main__":
    lengthen()
    main()
