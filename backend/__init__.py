"""Binance Portfolio Manager: what you own, what it is worth, how well you really did."""

__version__ = "0.1.0"
