"""Write the lock files anew from requirements*.in, with a hash for every file of every package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.bootstrap import AUDITOR, CLIENTS, COMPARED

ROOT = Path(__file__).resolve().parent.parent
# The development lock reads the runtime lock, so the order matters.
LOCKS = ("requirements", "requirements-dev", *(f"requirements-{name}" for name in (*CLIENTS, *COMPARED, AUDITOR)))
FLAGS = ("--allow-unsafe", "--generate-hashes", "--no-emit-find-links", "--no-emit-index-url", "--strip-extras")


def main() -> int:
    """Compile each lock; exit code of the first that fails, else 0. Versions move only with `--upgrade`."""
    for name in LOCKS:
        print(f"{name}.txt", flush=True)
        command = ["-m", "piptools", "compile", "--quiet", *FLAGS, f"--output-file={name}.txt", f"{name}.in"]
        result = subprocess.run([sys.executable, *command, *sys.argv[1:]], cwd=ROOT, check=False)
        if result.returncode != 0:
            return result.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
