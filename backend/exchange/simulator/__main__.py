"""`python -m backend.exchange.simulator`: the simulator alone."""

from backend import heap  # noqa: F401  # acts by being imported
from backend.exchange.simulator.cli import simulator_command

simulator_command()
