"""Seeds for what is left to chance: one fixed in `make test`, many in `make test-long`."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime

LONG = "TESTS_LONG"
"""Set by `make test-long`; a number in it is the day's seed of a run that is to be repeated."""


def are_long() -> bool:
    """Whether the long tests run."""
    return LONG in os.environ


def every_second(cases: Sequence[str]) -> Sequence[str]:
    """Every second case; in the long tests all: for what other tests try each of, less dearly."""
    return cases if are_long() else cases[::2]


def seeds(fixed: int, many: int = 20) -> list[int]:
    """The fixed seed alone; in the long tests as many as that, and one of the day."""
    told = os.environ.get(LONG)
    if told is None:
        return [fixed]
    today = int(f"{datetime.now(UTC):%Y%m%d}")  # noqa: TID251 a seed that is new each day
    return [fixed, *range(fixed + 1, fixed + many), int(told) if told.isdecimal() else today]
