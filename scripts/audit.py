"""Ask whether any pinned package has a known weakness: Python's by pip-audit, the dashboard's by `npm audit`.

Both tools call a run clean in which nothing was asked (a package that the index does not know, npm kept offline). So
every pin has to be answered by name and version, and beside them each tool is asked about a package that is known to
be weak: an answer without that one comes from nobody who knows. What is accepted stands in docs/security.md, with why.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from scripts.bootstrap import AUDITOR, venv_python

ROOT: Final = Path(__file__).resolve().parent.parent
REASONS: Final = "docs/security.md"
HEADING: Final = "## Weaknesses that are accepted"
PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
TIMEOUT_S: Final = 900
CLEAN, WEAK, NOT_ASKED = 0, 1, 2


@dataclass(frozen=True, order=True)
class Pin:
    """A package at a version; of Python its name is in the normal form (PEP 503)."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


# Known to be weak since long: who does not say so was not reached.
WEAK_PYTHON: Final = Pin("django", "2.2")
WEAK_NPM: Final = Pin("minimist", "0.0.8")
WEAK_NPM_PLACE: Final = "node_modules/known-to-be-weak"


@dataclass(frozen=True)
class Finding:
    """A weakness: its ids (the first is the one to tell), and in words from which version it is mended."""

    pin: Pin
    ids: tuple[str, ...]
    mended: str

    def __str__(self) -> str:
        others = f" ({', '.join(self.ids[1:])})" if self.ids[1:] else ""
        return f"{self.pin}: {self.ids[0]}{others}, {self.mended}"


@dataclass(frozen=True)
class Answer:
    """What one tool said. `unasked`: a sentence for each reason why something was not asked about."""

    findings: tuple[Finding, ...] = ()
    unasked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Output:
    """What a tool wrote."""

    text: str
    errors: str = ""


@dataclass(frozen=True)
class Accepted:
    """A row of the table of what is accepted."""

    id: str
    package: str
    why: str = field(compare=False)

    def covers(self, finding: Finding) -> bool:
        """Whether it names this weakness of this package, and says why."""
        return bool(self.why) and self.package == finding.pin.name and self.id in finding.ids


# --- Python -----------------------------------------------------------------------------------------------------------


def python_pins(locks: Iterable[str]) -> list[Pin]:
    """Return every pin of the texts of the locks, whatever system it is for."""
    return sorted({Pin(_normal(name), version) for text in locks for name, version in PIN.findall(text)})


def layers(pins: Iterable[Pin]) -> list[list[Pin]]:
    """Share pins out so that no share has a package twice: pip-audit takes no two versions at once."""
    shares: list[dict[str, Pin]] = []
    for pin in pins:
        free = next((share for share in shares if pin.name not in share), None)
        if free is None:
            free = {}
            shares.append(free)
        free[pin.name] = pin
    return [list(share.values()) for share in shares]


def read_pip_audit(output: Output, pins: Sequence[Pin]) -> Answer:
    """Read the JSON of pip-audit, which was asked about `pins` and WEAK_PYTHON."""
    try:
        told = {_normal(one["name"]): one for one in json.loads(output.text)["dependencies"]}
        asked = [(Pin(name, one["version"]), one["vulns"]) for name, one in told.items() if "skip_reason" not in one]
        answered = {pin: [_python_finding(pin, weakness) for weakness in found] for pin, found in asked}
    except (ValueError, KeyError, TypeError):
        return Answer(unasked=(f"pip-audit: {_last_line(output)}",))
    left = [pin for pin in pins if pin not in answered]
    reasons = []
    if left:
        reasons.append(f"pip-audit: {len(left)} of {len(pins)} packages, {left[0]} the first: {_why(told, left[0])}")
    if not answered.get(WEAK_PYTHON):
        reasons.append(f"pip-audit: nothing is said of {WEAK_PYTHON}, which is known to be weak")
    return Answer(tuple(one for pin in pins for one in answered.get(pin, [])), tuple(reasons))


def _python_finding(pin: Pin, weakness: Mapping[str, Any]) -> Finding:
    versions = weakness["fix_versions"]
    mended = f"mended in {', '.join(versions)}" if versions else "not mended yet"
    return Finding(pin, (weakness["id"], *sorted(weakness.get("aliases", []))), mended)


def _why(told: Mapping[str, Mapping[str, Any]], pin: Pin) -> str:
    return str(told.get(pin.name, {}).get("skip_reason", "it is not in the answer"))


def ask_python(pins: Sequence[Pin], python: Path) -> Answer:
    """Ask pip-audit, of the environment of `python`, about every pin."""
    answers = []
    with tempfile.TemporaryDirectory(prefix="audit-") as place:
        for number, share in enumerate(layers(pins)):
            lines = Path(place, f"{number}.txt")
            lines.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in [*share, WEAK_PYTHON]), encoding="utf-8")
            # Nothing is installed, so hashes have no say; markers are gone, for other systems' packages count too.
            flags = ["--disable-pip", "--no-deps", "--vulnerability-service", "pypi", "--progress-spinner", "off"]
            shape = ["--format", "json", "--desc", "off", "--aliases", "on", "--output", "stdout"]
            command = [str(python), "-m", "pip_audit", *flags, *shape, "--requirement", str(lines)]
            answers.append(read_pip_audit(_run(command, Path(place)), share))
    return together(answers)


# --- the dashboard ----------------------------------------------------------------------------------------------------


def with_a_weak_one(package: Mapping[str, Any], lock: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return package.json and package-lock.json with WEAK_NPM beside what they name."""
    name = WEAK_NPM_PLACE.removeprefix("node_modules/")
    wanted = {name: f"npm:{WEAK_NPM.name}@{WEAK_NPM.version}"}
    root = lock["packages"][""]
    more = {
        "": root | {"dependencies": root.get("dependencies", {}) | wanted},
        WEAK_NPM_PLACE: {"name": WEAK_NPM.name, "version": WEAK_NPM.version},
    }
    dependencies = package.get("dependencies", {}) | wanted
    return dict(package) | {"dependencies": dependencies}, dict(lock) | {"packages": lock["packages"] | more}


def read_npm_audit(output: Output, lock: Mapping[str, Any]) -> Answer:
    """Read the JSON of `npm audit`, which was asked about `lock` and WEAK_NPM."""
    placed = {place: one for place, one in lock["packages"].items() if place and not one.get("link")}
    try:
        report = json.loads(output.text)
        seen = report["metadata"]["dependencies"]["total"] - 1
        found = [
            (place, advisory, weak["fixAvailable"])
            for weak in report["vulnerabilities"].values()
            for advisory in weak["via"]
            if isinstance(advisory, dict)  # else it is the name of a package that is told itself
            for place in weak["nodes"]
        ]
        findings = {
            _npm_finding(_npm_pin(place, placed[place]), advisory, fix)
            for place, advisory, fix in found
            if place != WEAK_NPM_PLACE
        }
    except (ValueError, KeyError, TypeError):
        return Answer(unasked=(f"npm audit: {_npm_error(output)}",))
    reasons = []
    if seen < len(placed):
        reasons.append(f"npm audit: {len(placed) - seen} of {len(placed)} packages")
    if not any(place == WEAK_NPM_PLACE for place, _, _ in found):
        reasons.append(f"npm audit: nothing is said of {WEAK_NPM}, which is known to be weak")
    return Answer(tuple(sorted(findings, key=str)), tuple(reasons))


def _npm_pin(place: str, one: Mapping[str, Any]) -> Pin:
    return Pin(one.get("name") or place.rpartition("node_modules/")[2], one["version"])


def _npm_finding(pin: Pin, advisory: Mapping[str, Any], fix: object) -> Finding:
    way = "not mended yet"
    if isinstance(fix, dict):
        way = f"mended with {fix['name']} {fix['version']}"
    elif fix:
        way = "mended by a newer version within the ranges (npm audit fix)"
    return Finding(pin, (advisory["url"].rpartition("/")[2],), f"weak are {advisory['range']}, {way}")


def _npm_error(output: Output) -> str:
    try:
        told = json.loads(output.text)
        if "vulnerabilities" in told:
            return "it is about packages that the lock does not have, or of a form of its own"
        return str(told.get("message") or told["error"]["summary"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return _last_line(output)


def ask_npm(frontend: Path) -> Answer:
    """Ask `npm audit` about every package of the lock; nothing has to be installed."""
    npm = shutil.which("npm")
    if npm is None:
        return Answer(unasked=("npm audit: npm was not found on the PATH",))
    lock = json.loads((frontend / "package-lock.json").read_text(encoding="utf-8"))
    package = json.loads((frontend / "package.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="audit-") as place:
        for name, text in zip(("package.json", "package-lock.json"), with_a_weak_one(package, lock), strict=True):
            Path(place, name).write_text(json.dumps(text), encoding="utf-8")
        # NODE_ENV=production would leave the build tools out.
        kinds = [f"--include={kind}" for kind in ("dev", "optional", "peer")]
        return read_npm_audit(_run([npm, "audit", "--json", "--package-lock-only", *kinds], Path(place)), lock)


# --- both -------------------------------------------------------------------------------------------------------------


def read_accepted(text: str) -> list[Accepted]:
    """Return the rows of the table below HEADING (id, package, why). Without the heading there is none."""
    section = text.partition(f"\n{HEADING}\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip().strip("`") for cell in line.strip("| ").split(" | ")]
        for line in section.splitlines()
        if line.startswith("| ")
    ]
    return [Accepted(row[0], row[1], " | ".join(row[2:])) for row in rows[2:] if len(row) > 1]


def together(answers: Iterable[Answer]) -> Answer:
    """Return several answers as one."""
    kept = list(answers)
    return Answer(
        tuple(finding for one in kept for finding in one.findings), tuple(why for one in kept for why in one.unasked)
    )


def verdict(answer: Answer, accepted: Sequence[Accepted]) -> tuple[int, list[str]]:
    """Return the exit code and the lines to tell. A weakness that was found counts more than what was not asked."""
    weak = [one for one in answer.findings if not any(row.covers(one) for row in accepted)]
    lines = [f"Weak: {one}" for one in weak]
    lines += [f"Accepted ({REASONS}): {one}" for one in answer.findings if one not in weak]
    lines += [f"Not asked: {why}" for why in answer.unasked]
    if not answer.unasked:
        gone = [row for row in accepted if not any(row.covers(one) for one in answer.findings)]
        lines += [f"No longer found, or without a reason in {REASONS}: {row.id} of {row.package}" for row in gone]
    if weak:
        return WEAK, [*lines, f"Weaknesses that {REASONS} does not accept: {len(weak)}."]
    if answer.unasked:
        return NOT_ASKED, [*lines, "Whether the packages have known weaknesses could not be found out."]
    return CLEAN, [*lines, "No weakness is known that is not accepted."]


def main() -> int:
    """Ask about everything; 0 clean, 1 a weakness is known, 2 not all could be asked about."""
    pins = python_pins(path.read_text(encoding="utf-8") for path in ROOT.glob("requirements*.txt"))
    print(f"Asking about {len(pins)} Python packages and those of the dashboard ...", flush=True)
    answer = together([ask_python(pins, venv_python(ROOT / f".venv-{AUDITOR}")), ask_npm(ROOT / "frontend")])
    code, lines = verdict(answer, read_accepted((ROOT / REASONS).read_text(encoding="utf-8")))
    print("\n".join(lines))
    return code


def _run(command: Sequence[str], folder: Path) -> Output:
    """Run a tool; its exit code is not looked at, for it does not tell what was asked."""
    how: Mapping[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": TIMEOUT_S}
    try:
        done = subprocess.run(command, cwd=folder, check=False, **how)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Output("", str(error))
    return Output(done.stdout, done.stderr)


def _last_line(output: Output) -> str:
    lines = (output.errors.strip() or output.text.strip()).splitlines()
    return lines[-1].strip() if lines else "it wrote nothing"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
