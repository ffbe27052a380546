"""What is used of python-binance, its synchronous client, and the one place that imports it.

The package imports all that it has as soon as it is touched: an asynchronous client, caches of order books, and aiohttp
for them, a twentieth of the program's memory of which nothing is called here. So the package is there as a name, with
its folder, while the parts that are used are imported. Whoever imports it later gets all of it, with these parts in it.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _as_a_name(package: str) -> Iterator[None]:
    """Let the modules of a package be imported without what its `__init__` does."""
    found = None if package in sys.modules else importlib.util.find_spec(package)
    if found is None:
        yield
        return
    sys.modules[package] = importlib.util.module_from_spec(found)
    try:
        yield
    finally:
        del sys.modules[package]


with _as_a_name("binance"):
    from binance.client import Client
    from binance.exceptions import BinanceAPIException, BinanceRequestException

__all__ = ["BinanceAPIException", "BinanceRequestException", "Client"]
