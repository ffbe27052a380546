"""How memory is kept, set by being imported, and early: it counts for what is asked for afterwards.

glibc gives threads heaps of their own, up to eight a core, and each keeps for later what was freed in it: a program of
some seventy threads, which Python lets work one at a time anyway, grew by half of its size that way. Other C libraries
have no such settings and are left alone.

Python looks for cycles of garbage while it imports, again and again and in vain: a seventh of a start.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Numbers of <malloc.h>.
MMAP_THRESHOLD: Final = -3
ARENA_MAX: Final = -8
HEAPS: Final = 2
# What is larger is given back to the system when it is freed.
LARGE_BYTES: Final = 256 * 1024


def _share_heaps() -> None:
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(ARENA_MAX, HEAPS)
        set_option(MMAP_THRESHOLD, LARGE_BYTES)


@contextmanager
def without_collecting() -> Iterator[None]:
    """While the program is imported, cycles of garbage are not looked for; nor later among what is there then."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


_share_heaps()
