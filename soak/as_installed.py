"""Hides what developers alone have installed, by being imported: the program is to be what `make start` makes.

structlog imports `rich` where it is there, and a process keeps what it has imported.
"""

from __future__ import annotations

import sys
from typing import Final

TOOLS: Final = ("pygments", "rich")

for _name in TOOLS:
    # Of such an entry Python says that there is no such module.
    sys.modules[_name] = None  # type: ignore[assignment]
