"""Repeatable noise: a number for (key, index), the same in every process, for whole arrays at once."""

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.exchange.simulator.candles import Ints

Floats = NDArray[np.float64]

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_SHIFT_30, _SHIFT_27, _SHIFT_31, _SHIFT_11 = (np.uint64(bits) for bits in (30, 27, 31, 11))
_LOW_16: Final = np.uint64(0xFFFF)
_SUM_MEAN: Final = 2 * 65535.0
_SUM_DEVIATION: Final = 37837.0  # of the sum of four 16-bit uniforms: 65536 * sqrt(4 / 12)


def key_of(*parts: object) -> np.uint64:
    """Derive the key of one stream of noise from what names it."""
    digest = hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


def _mixed(key: np.uint64, index: Ints) -> NDArray[np.uint64]:
    """SplitMix64 of a counter."""
    with np.errstate(over="ignore"):
        x = index.astype(np.uint64) * _GOLDEN + key
        x = (x ^ (x >> _SHIFT_30)) * _MIX_1
        x = (x ^ (x >> _SHIFT_27)) * _MIX_2
    return x ^ (x >> _SHIFT_31)


def normal(key: np.uint64, index: Ints) -> Floats:
    """Mean 0, deviation 1, within about 3.5: the sum of four 16-bit uniforms, exact on every platform."""
    x = _mixed(key, index)
    total = x & _LOW_16
    for bits in (16, 32, 48):
        total = total + ((x >> np.uint64(bits)) & _LOW_16)
    return (total.astype(np.float64) - _SUM_MEAN) / _SUM_DEVIATION


def uniform(key: np.uint64, index: Ints) -> Floats:
    """In [0, 1)."""
    return (_mixed(key, index) >> _SHIFT_11).astype(np.float64) * 2.0**-53
