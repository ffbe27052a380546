"""Three unmodified clients, each in a program of its own, go through the simulator and tell what they saw."""
