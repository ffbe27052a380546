"""The judged lines of statements, made when somebody looks at them: a long file has as many again as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from backend.core.imports.judged import JudgedLine

if TYPE_CHECKING:
    from backend.core.imports.statements.entries import StatementLine


@dataclass(frozen=True, slots=True)
class JudgedLines(Sequence[JudgedLine]):
    """Of files one after the other, each with its name.

    `new`: of each file whether what a line tells is new, a byte for each line; `refused`: why not, by (file, line).
    """

    files: Sequence[tuple[str, Sequence[StatementLine]]]
    new: Sequence[bytearray]
    refused: Mapping[tuple[int, int], str]

    def __len__(self) -> int:
        return sum(len(lines) for _, lines in self.files)

    def __iter__(self) -> Iterator[JudgedLine]:
        position = 0
        for number, (_, lines) in enumerate(self.files):
            for line in lines:
                position += 1
                yield self._line(number, line, position)

    @overload
    def __getitem__(self, at: int) -> JudgedLine: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[JudgedLine]: ...
    def __getitem__(self, at: int | slice) -> JudgedLine | Sequence[JudgedLine]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        index = left = range(len(self))[at]
        for number, (_, lines) in enumerate(self.files):
            if left < len(lines):
                return self._line(number, lines[left], index + 1)
            left -= len(lines)
        raise IndexError(at)

    def _line(self, number: int, line: StatementLine, position: int) -> JudgedLine:
        file = self.files[number][0] if len(self.files) > 1 else ""
        reason = line.reason or (self.refused.get((number, line.n)) if self.refused else None)
        if reason is not None:
            return JudgedLine(line, "ignored" if line.ignored else "error", reason, position, file)
        return JudgedLine(line, "new" if self.new[number][line.n] else "known", None, position, file)
