"""The house itself: small files with names that say something, generated files that are current."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.manifest import generated_files
from tests.rules.source import ROOT, files

EMPTY_NAMES = {"utils", "util", "helpers", "common", "misc", "base", "manager", "core"}
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def test_files_are_small() -> None:
    long = {
        file.relative_to(ROOT): len(file.read_text("utf-8").splitlines())
        for file in files("tests", *("bot", "handlers", "analytics"))
    }
    assert {file: lines for file, lines in long.items() if lines > 300} == {}


def test_names_say_something() -> None:
    assert [file for file in files() if file.stem in EMPTY_NAMES] == []


def test_a_platform_is_registered_whole() -> None:
    written = re.compile(r"\.(platforms|messengers|posters)(\[[^]]*\] = |\.(update|setdefault)\()")
    sources = {file: file.read_text("utf-8") for file in files()}
    assert {file.name for file, text in sources.items() if written.search(text)} == {"wiring.py"}


@pytest.mark.parametrize("path", generated_files(ROOT), ids=lambda path: Path(path).name)
def test_generated_files_are_current(path: Path) -> None:
    assert path.read_bytes() == generated_files(ROOT)[path], "run: seatwise manifest"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_have_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pinned = re.findall(r"^[a-z0-9-]+(?:\[\w+\])?==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9-]+.*==", text, re.MULTILINE)) > 10
    assert not re.search(r"https?://|--index|--find-links", text)


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted, lock in (
        (project["dependencies"], "run.txt"),
        (project["optional-dependencies"]["test"], "test.txt"),
    ):
        text = (ROOT / "requirements" / lock).read_text("utf-8")
        names = [re.split(r"[\[><=]", line)[0] for line in wanted]
        assert [name for name in names if f"\n{name}==" not in f"\n{text}"] == []
