"""The program: `python -m backend start`."""

from backend import early_stop, heap  # noqa: F401  # early_stop acts by being imported

with heap.without_collecting():
    from backend.command_line import main

if __name__ == "__main__":
    main()
