"""Whatever the umask: data, store, backups and exports are their owner's alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.environment import read_settings
from bot.private_files import exposed_paths, keep_private
from bot.settings import Settings
from tests.commandline.conftest import Terminal

ADA = "slack:T1:UADA"


@pytest.fixture(params=[0o000])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A umask that the program is started with."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture(autouse=True)
def umask_of_before() -> Iterator[None]:
    """The umask of the tests, put back."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def modes(folder: Path) -> set[tuple[str, str]]:
    """Kind and mode of everything below a folder, and of itself."""
    return {
        ("folder" if path.is_dir() else "file", oct(stat.S_IMODE(path.stat().st_mode)))
        for path in (folder, *folder.rglob("*"))
    }


def settings(folder: Path, **more: str) -> Settings:
    return read_settings({"SEATWISE_DATA_DIR": str(folder), **more})


@pytest.mark.usefixtures("umask")
def test_nobody_else_reads_what_is_made(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("grant", ADA, "--as", "partner-admin")
    terminal.run("ask", "/usage contoso", "--as", ADA)
    assert modes(terminal.home / "data") == {("folder", "0o700"), ("file", "0o600")}
    for verb in (("backup", "a.backup"), ("backup", "b.zip", "--plain"), ("export", "all")):
        assert terminal.run(verb[0], str(terminal.home / verb[1]), *verb[2:]).code == 0
        assert modes(terminal.home / verb[1]) <= {("folder", "0o700"), ("file", "0o600")}
    terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "other"))
    assert terminal.run("restore", str(terminal.home / "a.backup")).code == 0
    assert modes(terminal.home / "other") == {("folder", "0o700"), ("file", "0o600")}


def test_a_folder_of_before_is_narrowed_at_the_start(terminal: Terminal) -> None:
    terminal.imported()
    data = terminal.home / "data"
    for path in (data, *data.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    (data / "notes.txt").touch()
    (data / "notes.txt").chmod(0o644)
    terminal.run("doctor")
    assert stat.S_IMODE((data / "notes.txt").stat().st_mode) == 0o644  # not ours
    (data / "notes.txt").unlink()
    assert modes(data) == {("folder", "0o700"), ("file", "0o600")}


def test_a_store_elsewhere_is_narrowed_and_the_folder_around_it_is_not(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    around = tmp_path / "srv"
    around.mkdir()
    around.chmod(0o755)
    for name in ("s.db", "s.db-wal", "s.db-shm"):
        (around / name).touch(0o644)
    keep_private(
        settings(tmp_path / "data", SEATWISE_DATABASE_URL=f"sqlite+aiosqlite:///{around}/s.db")
    )
    assert modes(around) == {("folder", "0o755"), ("file", "0o600")}


def test_a_folder_shared_by_a_group_stays_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o2775)
    (data / "seatwise.db").touch()
    (data / "seatwise.db").chmod(0o664)
    keep_private(settings(data))
    (data / "own").mkdir()
    (data / "own" / "fresh").touch()
    assert stat.S_IMODE(data.stat().st_mode) == 0o2770
    assert stat.S_IMODE((data / "seatwise.db").stat().st_mode) == 0o660
    assert stat.S_IMODE((data / "own" / "fresh").stat().st_mode) == 0o660
    assert stat.S_IMODE((data / "own").stat().st_mode) == 0o2770


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    (data / "own").mkdir(parents=True)
    other.touch(0o644)
    other.chmod(0o644)
    (data / "own" / "facts").symlink_to(other)
    (data / "seatwise.db").symlink_to(other)
    keep_private(settings(data))
    assert stat.S_IMODE(other.stat().st_mode) == 0o644


def test_what_lies_open_is_named_and_only_where_others_get_to_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "own").mkdir(parents=True)
    tmp_path.chmod(0o755)
    data.chmod(0o755)
    (data / "own").chmod(0o700)
    reachable = all(each.stat().st_mode & stat.S_IXOTH for each in tmp_path.parents)
    assert exposed_paths(settings(data)) == ([data] if reachable else [])
    keep_private(settings(data))
    assert exposed_paths(settings(data)) == []


def test_the_folder_of_everybody_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    keep_private(settings(tmp_path))
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
