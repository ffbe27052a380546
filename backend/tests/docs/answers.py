"""Hold the answer that a page shows, cut short by `...`, against the real one: fields, their kinds and their form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

TOKEN: Final = re.compile(r'"(?:\\.|[^"\\])*"|\.\.\.|.', re.S)
# Text that says the same wherever and whenever the example is run.
FIXED: Final = frozenset({"code", "status", "title", "state", "kind", "environment", "reporting_currency", "mode"})
FORMS: Final = {
    "an instant": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"),
    "a decimal": re.compile(r"-?\d+(\.\d+)?"),
}


def differences(shown: str, real: str) -> list[str]:
    """What the page shows and the real answer does not have."""
    if not shown.startswith(("{", "[")):
        return [f"no line like: {line}" for line in _missing_lines(shown, real)]
    try:
        answer = json.loads(real)
    except ValueError:
        return [f"the answer is no JSON: {real[:200]}"]
    return list(_differences(lengthened(shown), answer, ""))


def lengthened(shown: str) -> Any:
    """A JSON document that was cut short by `...`, with what is left of it."""
    strings: list[str] = []
    rest = ""
    for token in TOKEN.findall(shown):
        if token.startswith('"') and len(token) > 1:
            strings.append(token)
            rest += f"\0{len(strings) - 1}\0"
        elif token != "..." and not token.isspace():
            rest += token
    rest = re.sub(r",+", ",", rest)
    rest = re.sub(r"([\[{]),", r"\1", rest)
    rest = re.sub(r",([\]}])", r"\1", rest)
    return json.loads(re.sub(r"\0(\d+)\0", lambda found: strings[int(found[1])], rest))


def _differences(shown: Any, real: Any, at: str) -> Iterator[str]:
    if shown is None or real is None:  # what is known of one account may not be known of another
        return
    if _kind(shown) != _kind(real):
        yield f"{at or 'the answer'} is {_kind(real)}, not {_kind(shown)}: {str(real)[:80]}"
    elif isinstance(shown, dict):
        for name, value in shown.items():
            if name not in real:
                yield f"{at}.{name} is not in the answer"
            elif name in FIXED and not isinstance(value, dict) and value != real[name]:
                yield f"{at}.{name} is {real[name]!r}, not {value!r}"
            else:
                yield from _differences(value, real[name], f"{at}.{name}")
    elif isinstance(shown, list):
        if len(shown) > len(real):
            yield f"{at} has {len(real)} rows, not {len(shown)} or more"
        for number, (one, other) in enumerate(zip(shown, real, strict=False)):
            yield from _differences(one, other, f"{at}[{number}]")


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return next((name for name, form in FORMS.items() if form.fullmatch(value)), "text")
    return {dict: "an object", list: "a list", int: "a number", float: "a number"}[type(value)]


def _missing_lines(shown: str, real: str) -> Iterator[str]:
    """Lines of a plain answer that no real line is like: `...` stands for anything, a number for any number."""
    there = real.replace("\r", "").splitlines()
    for line in shown.splitlines():
        parts = [re.sub(r"\d+(\\\.\d+)?", r"\\d+(\\.\\d+)?", re.escape(part)) for part in line.split("...")]
        if not any(re.fullmatch(".*".join(parts), one) for one in there):
            yield line
