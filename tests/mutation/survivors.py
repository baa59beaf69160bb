"""Mutants that no test kills, each with its reason."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.sessions import Mutant

FILE = Path(__file__).with_name("survivors.toml")


def explained(text: str, files: Iterable[str]) -> frozenset[Mutant]:
    """The mutants of these files that the text gives a reason for; ValueError for one without."""
    found = set[Mutant]()
    for each in tomllib.loads(text)["survivor"]:
        if not each["why"].strip():
            raise ValueError(f"{each['before']}: why?")
        if each["file"] in files:
            found |= {Mutant(each["file"], each["before"], after) for after in each["after"]}
    return frozenset(found)
