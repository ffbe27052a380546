"""Values of the past that another program had written down."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# What such a value is called among snapshots, and why it is an estimate: nobody knows what it was made of.
IMPORTED: Final = "imported"


@dataclass(frozen=True, slots=True)
class ImportedValue:
    """The value of an account at an instant, in the reporting currency; see `imports` for `import_id`."""

    account_id: int
    at_ms: int
    value: Decimal
    import_id: int
