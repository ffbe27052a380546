"""The simulator: its engine in memory, and the real process over HTTP."""
