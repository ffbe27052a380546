"""What the pages of the documentation hold: fenced blocks, the commands in them, commands within a line, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
SHELLS: Final = ("sh", "bash", "console", "bat")
FENCE: Final = re.compile(r"^( *)```(\S*)$")
INLINE: Final = re.compile(r"(?<!`)`([^`]+)`(?!`)")
PROMPT: Final = "$ "


@dataclass(frozen=True)
class Fence:
    """A block of a page; `line` is that of its first line, `text` without the block's own indent."""

    page: str
    line: int
    language: str
    text: str


@dataclass(frozen=True)
class Command:
    """What a reader would type, and the answer that the page shows below it (empty: none)."""

    page: str
    line: int
    text: str
    shown: str = ""
    inline: bool = False

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.text}"


def pages() -> list[str]:
    """Every page, by its path below the top level."""
    paths = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [path.relative_to(ROOT).as_posix() for path in paths]


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def fences(page: str) -> list[Fence]:
    """The fenced blocks of a page, in order."""
    found: list[Fence] = []
    begun: tuple[int, str, str] | None = None
    inside: list[str] = []
    for number, line in enumerate(text_of(page).splitlines(), 1):
        edge = FENCE.match(line)
        if begun is None and edge:
            begun, inside = (number + 1, edge[1], edge[2]), []
        elif begun and edge and not edge[2]:
            found.append(Fence(page, begun[0], begun[2], "\n".join(inside)))
            begun = None
        elif begun:
            inside.append(line.removeprefix(begun[1]))
    assert begun is None, f"{page}: a block is not closed"
    return found


def block_commands(page: str) -> list[Command]:
    """The commands of every block of a shell."""
    return [command for fence in fences(page) if fence.language in SHELLS for command in _commands(fence)]


def _commands(fence: Fence) -> Iterator[Command]:
    lines = fence.text.splitlines()
    prompted = fence.language == "console"
    at = 0
    while at < len(lines):
        first, line = at, lines[at]
        at += 1
        if not line.strip() or (not prompted and line.lstrip().startswith("#")):
            continue
        assert not prompted or line.startswith(PROMPT), f"{fence.page}:{fence.line + first}: an answer before a command"
        text = line.removeprefix(PROMPT) if prompted else line
        while not _whole(text) and fence.language != "bat":
            assert at < len(lines), f"{fence.page}:{fence.line + first}: the command has no end"
            text, at = f"{text}\n{lines[at]}", at + 1
        shown: list[str] = []
        while prompted and at < len(lines) and not lines[at].startswith(PROMPT):
            shown, at = [*shown, lines[at]], at + 1
        yield Command(fence.page, fence.line + first, text, "\n".join(shown).strip("\n"))


def programs(text: str) -> list[str]:
    """The programs that a command starts: at its beginning, behind each bar or end of a command, and inside `$( )`."""
    words = shlex.shlex(text, posix=True, punctuation_chars="|&;<>")
    words.whitespace_split = True
    found: list[str] = []
    first = True
    for word in words:
        if set(word) <= {"|", "&", ";"}:
            first = True
        elif first and re.match(r"\w+=", word):
            first = "$(" not in word
        elif first:
            found.append(word)
            first = False
    return found + re.findall(r"\$\(\s*([^\s)]+)", text)


def _whole(text: str) -> bool:
    if text.endswith("\\"):
        return False
    try:
        shlex.split(text, comments=True)
    except ValueError:  # a quote is open
        return False
    return True


def inline_code(page: str) -> list[Command]:
    """What stands between backquotes in the text of a page, outside of its blocks."""
    found = []
    fenced = False
    for number, line in enumerate(text_of(page).splitlines(), 1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            # Within a table a bar is written with a backslash.
            found += [Command(page, number, one.replace("\\|", "|"), inline=True) for one in INLINE.findall(line)]
    return found


def anchors(page: str) -> set[str]:
    """What a link to a place of the page may name: its headings as GitHub names them, and anchors of its own."""
    text = re.sub(r"^( *)```.*?^\1```$", "", text_of(page), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return set(plain) | set(re.findall(r'<a id="([^"]+)">', text))


def links(page: str) -> list[str]:
    """The targets of all links and pictures of a page."""
    text = re.sub(r"^( *)```.*?^\1```$", "", text_of(page), flags=re.M | re.S)
    return re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'<img [^>]*src="([^"]+)"', text)
