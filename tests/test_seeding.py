"""Every use of randomness has a seed of its own, from one number."""

from __future__ import annotations

import random

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.seeding import seed_for, seed_judge

parts = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=3)


@settings(deadline=None, derandomize=True, database=None)
@given(st.integers(), parts)
def test_a_seed_fits_every_generator(seed, names):
    """A seed is the same each time, and within 32 bits."""
    number = seed_for(seed, *names)
    assert number == seed_for(seed, *names)
    assert 0 <= number < 2**32


def test_a_seed_depends_on_what_it_is_for():
    """Other numbers, names, orders and divisions into names give other seeds."""
    seeds = [
        seed_for(0), seed_for(1), seed_for(0, "a"), seed_for(0, "b"), seed_for(0, "a", "b"), seed_for(0, "b", "a"),
        seed_for(0, "ab"), seed_for(1, "a"), seed_for(10), seed_for(1, "0"),
    ]  # fmt: skip
    assert len(set(seeds)) == len(seeds)


def test_seeds_are_the_same_everywhere():
    """A seed is the same in every version and on every machine, so that a result can be repeated."""
    assert (seed_for(0, "x"), seed_for(7, "ex", "import")) == (2247411084, 790351363)


def test_seeding_the_judge_sets_torch_and_random():
    """The same seed and name give the same random numbers in torch and in random; another name others."""
    drawn = []
    before = torch.get_rng_state(), random.getstate()
    try:
        for name in ("x", "y", "x"):
            seed_judge(3, name)
            drawn.append((torch.rand(4).tolist(), random.random()))
    finally:
        torch.set_rng_state(before[0])
        random.setstate(before[1])
    assert drawn[0] == drawn[2]
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]
