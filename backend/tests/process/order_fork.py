"""The program's command line, begun again at every line of standard input by a process that has only imported it.

What runs is what `python -m backend ...` runs, in a process of its own; the second of importing is spent once.
`python -m backend.tests.process.order_fork LOG ARGUMENTS...` answers each line with the number of the new process.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from backend.__main__ import main


def begin(log: str, arguments: list[str]) -> NoReturn:
    """Be the program, from here to its end."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, target)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        main(arguments, prog_name="backend", standalone_mode=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(code)


if __name__ == "__main__":
    # Who was killed is forgotten at once: nobody waits for it here.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        number = os.fork()
        if number == 0:
            begin(sys.argv[1], sys.argv[2:])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
