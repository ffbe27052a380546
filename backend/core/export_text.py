"""What every list that leaves as a file has in common: text that no spreadsheet runs, and the mark of its encoding."""

from __future__ import annotations

import re
from typing import Final

# The byte order mark lets spreadsheets read a CSV as UTF-8.
MARK: Final = "\ufeff"
CSV_LINE_END: Final = "\r\n"
# Spreadsheets run text that starts like a formula; plain numbers with a sign are left alone.
FORMULA: Final = frozenset("=+-@\t\r")
NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")


def disarmed(text: str) -> str:
    """A cell that no spreadsheet runs: what starts like a formula begins with an apostrophe."""
    return f"'{text}" if text[:1] in FORMULA and not NUMBER.fullmatch(text) else text
