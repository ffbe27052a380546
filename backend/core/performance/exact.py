"""The precision in which money is computed before anything is rounded for the eye."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context
from typing import Final

# 50 digits: prices and quantities have at most 8 decimals and some 20 digits together, so sums and products are exact
# and only divisions round, 30 digits below the smallest unit the exchange knows.
EXACT: Final = Context(prec=50, rounding=ROUND_HALF_EVEN)
