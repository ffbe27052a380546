"""What only a server shows; runs with `pytest --postgresql`."""
