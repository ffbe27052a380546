"""What can become of a file between the day it is written and the day it is needed. Imports nothing of the product."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final


def _flipped(content: bytearray, dice: random.Random) -> bytearray:
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return content


def _overwritten(content: bytearray, dice: random.Random) -> bytearray:
    start = dice.randrange(len(content))
    end = min(len(content), start + dice.randrange(1, 4096))
    content[start:end] = dice.randbytes(end - start)
    return content


def _zeroed(content: bytearray, dice: random.Random) -> bytearray:
    start = dice.randrange(len(content)) // 512 * 512
    end = min(len(content), start + 512)
    content[start:end] = bytes(end - start)
    return content


def _cut_off(content: bytearray, dice: random.Random) -> bytearray:
    return content[: dice.randrange(len(content))]


def _cut_out(content: bytearray, dice: random.Random) -> bytearray:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randrange(1, 2048) :]


def _without_head(content: bytearray, dice: random.Random) -> bytearray:
    return content[dice.randrange(1, len(content)) :]


def _with_more(content: bytearray, dice: random.Random) -> bytearray:
    return content + dice.randbytes(dice.randrange(1, 512))


def _swapped(content: bytearray, dice: random.Random) -> bytearray:
    size = dice.randrange(1, len(content) // 2)
    return content[size : 2 * size] + content[:size] + content[2 * size :]


def _foreign(content: bytearray, dice: random.Random) -> bytearray:
    return bytearray(dice.randbytes(len(content)))


DAMAGES: Final[Sequence[Callable[[bytearray, random.Random], bytearray]]] = (
    _flipped,
    _overwritten,
    _zeroed,
    _cut_off,
    _cut_out,
    _without_head,
    _with_more,
    _swapped,
    _foreign,
)


def damaged(content: bytes, dice: random.Random) -> tuple[str, bytes]:
    """What was done, and the content after it; it is never the same as before."""
    while True:
        damage = dice.choice(DAMAGES)
        after = bytes(damage(bytearray(content), dice))
        if after != content:
            return damage.__name__.strip("_"), after
