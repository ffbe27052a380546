"""Run pytest, and the few tests that failed once more, alone: docs/decisions/0032-a-second-look.md.

What failed, and what passed only the second time, is kept for the last lines of `make test`: a log is often read
from its end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
REPORT: Final = ROOT / ".pytest_cache" / "second_look.json"
AT_MOST: Final = 6
SOME_FAILED: Final = 1  # pytest's exit code; any other is no matter of single tests


def main(arguments: Sequence[str]) -> int:
    """Return pytest's exit code for `arguments`, after a second look at `AT_MOST` failed tests or fewer."""
    REPORT.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="pytest-cache-") as cache:
        code = _pytest(cache, *arguments)
        failed = _failed(cache)
        still = failed
        if code == SOME_FAILED and 0 < len(failed) <= AT_MOST:
            print(f"--- a second look at {len(failed)} failed, alone", flush=True)
            code = _pytest(cache, "-rfE", *failed)
            still = [name for name in failed if name in _failed(cache)]
    if failed:
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(json.dumps({"failed": still, "second": [name for name in failed if name not in still]}))
    return code


def told() -> str:
    """Return the lines on the last run: the failed tests, and those that passed only when run again."""
    if not REPORT.exists():
        return ""
    report: dict[str, list[str]] = json.loads(REPORT.read_text())
    lines = [f"pytest failed: {name}" for name in report["failed"]]
    lines += [f"pytest passed only the second time, alone: {name}" for name in report["second"]]
    return "".join(f"{line}\n" for line in lines)


def _pytest(cache: str, *arguments: str) -> int:
    argv = [sys.executable, "-m", "pytest", "-o", f"cache_dir={cache}", *arguments]
    return subprocess.run(argv, cwd=ROOT, env=os.environ, stdin=subprocess.DEVNULL, check=False).returncode


def _failed(cache: str) -> list[str]:
    noted = Path(cache) / "v" / "cache" / "lastfailed"
    return sorted(json.loads(noted.read_text())) if noted.exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
