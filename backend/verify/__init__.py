"""Recomputes what is stored from the raw rows, by plain formulas of its own, and names what differs (docs/proof.md)."""
