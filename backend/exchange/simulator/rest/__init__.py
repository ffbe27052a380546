"""Binance's REST paths: one module per family, one table of routes."""
