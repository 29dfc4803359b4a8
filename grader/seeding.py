"""One number seeds a marking; every use of randomness gets a seed of its own from it."""

from __future__ import annotations

import random
import zlib

import torch


def seed_for(seed: int, *parts: str) -> int:
    """Return a seed in [0, 2**32) that depends on the marking's seed and on what it is for, and on nothing else."""
    return zlib.crc32("\0".join((str(seed), *parts)).encode())


def seed_judge(seed: int, *parts: str) -> None:
    """Seed torch and random in this process for one purpose."""
    number = seed_for(seed, *parts)
    # torch.manual_seed formats a stack trace for every kind of accelerator, used or not: milliseconds a call.
    torch.default_generator.manual_seed(number)
    random.seed(number)
