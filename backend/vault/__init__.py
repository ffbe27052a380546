"""Secrets at rest: the ring of master keys, where it lies, and what is sealed with it."""
