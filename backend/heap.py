"""How the C library keeps memory, set by being imported, and early: it counts for what is asked for afterwards.

glibc gives threads heaps of their own, up to eight a core, and each keeps for later what was freed in it: a program of
some seventy threads, which Python lets work one at a time anyway, grew by half of its size that way. Other C libraries
have no such settings and are left alone.
"""

from __future__ import annotations

import ctypes
import sys
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


_share_heaps()
