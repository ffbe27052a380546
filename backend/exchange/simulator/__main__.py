"""`python -m backend.exchange.simulator`: the simulator alone."""

from backend.exchange.simulator.cli import simulator_command

simulator_command()
