"""`seatwise backup` and `restore`: everything comes back, or nothing is changed."""

import hashlib
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.values import OWN
from analytics.warehouse.generations import Generations
from bot.cli import run_verb
from tests.commandline.conftest import SECRET, Terminal
from tests.postgres import Server

ADA = "slack:T1:U1"


@pytest.fixture(params=["sqlite", "postgresql"])
def moved(request: pytest.FixtureRequest, terminal: Terminal) -> Iterator[Callable[[], None]]:
    """A terminal's store, of either kind; called, another that is empty takes its place."""
    if request.param == "sqlite":
        yield lambda: terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "other"))
        return
    server: Server = request.getfixturevalue("postgres")
    with server.fresh() as first, server.fresh() as second:
        terminal.set("SEATWISE_DATABASE_URL", first)

        def move() -> None:
            terminal.set("SEATWISE_DATABASE_URL", second)
            terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "other"))

        yield move


def usage(terminal: Terminal) -> str:
    return terminal.run("ask", "/usage contoso", "--as", ADA).out


def filled(terminal: Terminal) -> str:
    """Facts, an admin, an audit row; what the admin is told."""
    terminal.imported()
    terminal.run("grant", ADA, "--as", "partner-admin")
    return usage(terminal)


def test_a_backup_restored_elsewhere_answers_the_same_and_its_audit_verifies(
    terminal: Terminal, moved: Callable[[], None]
) -> None:
    before, file = filled(terminal), str(terminal.home / "b.zip")
    said = terminal.run("backup", file)
    assert (said.code, said.err) == (0, "")
    assert "sealed with SEATWISE_SECRET_KEY, which is not in it" in said.out
    moved()
    restored = terminal.run("restore", file)
    assert (restored.code, restored.err) == (0, "")
    assert re.fullmatch(r"Restored .*, as of \d+ [A-Z]\w+ 20\d\d, \d\d:\d\d UTC\.\n", restored.out)
    assert usage(terminal) == before
    assert terminal.run("grant", "slack:T1:U2", "--as", "report-viewer").code == 0
    assert "audit" in terminal.run("doctor").out.lower()


def test_a_backup_under_load_is_of_one_moment(
    terminal: Terminal, moved: Callable[[], None]
) -> None:
    filled(terminal)
    done = threading.Event()

    def grants() -> None:
        number = 0
        while not done.is_set():
            number += 1
            run_verb(["grant", f"slack:T1:X{number}", "--as", "report-viewer"])

    granting = threading.Thread(target=grants, daemon=True)
    granting.start()
    files = [str(terminal.home / f"{number}.zip") for number in range(3)]
    codes = [terminal.run("backup", file).code for file in files]
    done.set()
    granting.join(30)
    moved()
    assert codes == [0, 0, 0]
    for file in files:
        said = terminal.run("restore", file, "--over")
        assert (said.code, said.err) == (0, ""), file


def test_what_is_there_is_replaced_only_when_told_to(
    terminal: Terminal, moved: Callable[[], None]
) -> None:
    before, file = filled(terminal), str(terminal.home / "b.zip")
    terminal.run("backup", file)
    terminal.run("grant", "slack:T1:LATER", "--as", "partner-admin")
    refused = terminal.run("restore", file)
    assert (refused.code, refused.out) == (1, "")
    assert "--over replaces them" in refused.err
    assert terminal.run("restore", file, "--over").code == 0
    assert usage(terminal) == before
    late = terminal.run("ask", "/usage contoso", "--as", "slack:T1:LATER").out
    assert "You don’t have access" in late


def changed(file: Path, name: str, change: Callable[[bytes], bytes], *, honest: bool) -> None:
    """Rewrites one member; `honest` also corrects its checksum."""
    with zipfile.ZipFile(file) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    members[name] = change(members[name])
    if honest:
        told = json.loads(members["backup.json"])
        told["files"][name] = hashlib.sha256(members[name]).hexdigest()
        members["backup.json"] = json.dumps(told).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for each, content in members.items():
            archive.writestr(each, content)


@pytest.mark.parametrize(
    ("way", "said"), [("careless", "it was cut or changed"), ("careful", "does not verify")]
)
def test_a_meddled_audit_is_refused_before_anything_is_replaced(
    terminal: Terminal, way: str, said: str
) -> None:
    before, file = filled(terminal), terminal.home / "b.zip"
    terminal.run("backup", str(file), "--plain")
    changed(
        file, "store/audit.jsonl", lambda raw: raw.replace(b"U1", b"U9"), honest=way == "careful"
    )
    refused = terminal.run("restore", str(file), "--over")
    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err
    assert usage(terminal) == before


def test_another_secret_key_is_told_before_anything_is_replaced(terminal: Terminal) -> None:
    filled(terminal)
    terminal.run("backup", str(terminal.home / "b.zip"))
    terminal.set("SEATWISE_SECRET_KEY", "another-Key-that_is_longer_than_forty_chars1")
    refused = terminal.run("restore", str(terminal.home / "b.zip"), "--over")
    assert refused.code == 1
    assert "made with another SEATWISE_SECRET_KEY" in refused.err


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no backup"])
def test_what_is_no_backup_is_told_so(terminal: Terminal, raw: bytes) -> None:
    (terminal.home / "b.zip").write_bytes(raw)
    refused = terminal.run("restore", str(terminal.home / "b.zip"))
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "not a backup of Seatwise" in refused.err


def test_a_path_out_of_the_backup_is_not_followed(terminal: Terminal) -> None:
    told = {"format": 1, "schema": "", "files": {"../../out": "0"}}
    with zipfile.ZipFile(terminal.home / "b.zip", "w") as archive:
        archive.writestr("backup.json", json.dumps(told))
        archive.writestr("../../out", "x")
    assert "not a backup" in terminal.run("restore", str(terminal.home / "b.zip")).err
    assert not (terminal.home / "out").exists()


def test_a_backup_never_writes_over_a_file_and_is_for_its_owner_alone(terminal: Terminal) -> None:
    filled(terminal)
    file = terminal.home / "b.zip"
    terminal.run("backup", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert "exists already" in terminal.run("backup", str(file)).err
    assert [each.name for each in terminal.home.glob(".seatwise-*")] == []


def test_the_secret_key_is_nowhere_in_a_backup(terminal: Terminal) -> None:
    filled(terminal)
    terminal.run("backup", str(terminal.home / "b.zip"), "--plain")
    with zipfile.ZipFile(terminal.home / "b.zip") as archive:
        assert not any(SECRET.encode() in archive.read(each) for each in archive.namelist())


def test_figures_that_cannot_be_restored_now_are_said_to_be_missing(terminal: Terminal) -> None:
    before, file = filled(terminal), str(terminal.home / "b.zip")
    assert terminal.run("backup", file).code == 0
    terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "other"))
    with Generations(terminal.home / "other" / OWN / "facts").build_path():
        half = terminal.run("restore", file)
    assert (half.code, half.out) == (1, "")
    assert "its figures are not: an import or a sync is running" in half.err
    assert "There is 1 partner admin." in terminal.run("doctor").out
    assert terminal.run("restore", file, "--over").code == 0
    assert usage(terminal) == before


def test_a_sealed_backup_tells_nothing_without_the_key(terminal: Terminal) -> None:
    filled(terminal)
    file = terminal.home / "b.backup"
    assert terminal.run("backup", str(file)).code == 0
    raw = file.read_bytes()
    for trace in (b"Contoso", b"assignment", b"audit", b"PK", b"U1", SECRET.encode()):
        assert trace not in raw[40:] or len(trace) == 2  # two bytes may come by chance


def test_a_plain_backup_says_that_it_is_readable_and_is_restored_as_before(
    terminal: Terminal,
) -> None:
    before, file = filled(terminal), str(terminal.home / "b.zip")
    assert "It is not sealed" in terminal.run("backup", file, "--plain").out
    terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "other"))
    assert terminal.run("restore", file).code == 0
    assert usage(terminal) == before


@pytest.mark.parametrize("name", ["nowhere/b.backup", "nowhere/deeper/b.backup"])
def test_a_folder_that_is_not_there_is_named_as_it_was_typed(terminal: Terminal, name: str) -> None:
    filled(terminal)
    said = terminal.run("backup", str(terminal.home / name))
    assert said.code == 2
    assert f"There is no folder {(terminal.home / name).parent}." in said.err
    assert ".seatwise-" not in said.err


def test_what_a_killed_backup_left_is_swept_by_the_next(terminal: Terminal) -> None:
    filled(terminal)
    left = terminal.home / "data" / ".seatwise-left"
    left.mkdir()
    (left / ".lock").touch()
    (left / "assignment.jsonl").write_text("names")
    assert terminal.run("backup", str(terminal.home / "b.backup")).code == 0
    assert list((terminal.home / "data").glob(".seatwise-*")) == []


def as_of(file: Path, schema: str, tables: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Rewrites a plain backup as a version wrote it that had no such tables and columns yet."""
    with zipfile.ZipFile(file) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    told = json.loads(members.pop("backup.json"))
    members = {name: raw for name, raw in members.items() if Path(name).stem not in tables}
    for name in [each for each in members if each.endswith(".jsonl")]:
        rows = [json.loads(line) for line in members[name].decode().splitlines()]
        kept = [{key: row[key] for key in row if key not in columns} for row in rows]
        members[name] = "".join(json.dumps(row) + "\n" for row in kept).encode()
    sums = {name: hashlib.sha256(raw).hexdigest() for name, raw in members.items()}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("backup.json", json.dumps({**told, "files": sums, "schema": schema}))
        for name, raw in members.items():
            archive.writestr(name, raw)


NEWER = ("audit_start", "ignored_product", "report")


@pytest.mark.parametrize(
    ("schema", "tables", "columns"),
    [
        ("0012", ("audit_start",), ()),
        ("0011", ("audit_start", "ignored_product"), ()),
        ("0010", NEWER, ("reports", "generation", "view")),
    ],
)
def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    terminal: Terminal, schema: str, tables: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    before, file = filled(terminal), terminal.home / "b.zip"
    assert terminal.run("backup", str(file), "--plain").code == 0
    as_of(file, schema, tables, columns)
    terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "other"))
    said = terminal.run("restore", str(file))
    assert (said.code, said.err) == (0, "")
    assert usage(terminal) == before
    assert "The audit chain is whole." in terminal.run("doctor").out


@pytest.mark.parametrize("schema", ["", "9999", "head", "base"])
def test_a_backup_of_a_newer_version_is_refused(terminal: Terminal, schema: str) -> None:
    before, file = filled(terminal), terminal.home / "b.zip"
    terminal.run("backup", str(file), "--plain")
    as_of(file, schema, (), ())
    said = terminal.run("restore", str(file), "--over")
    assert (said.code, said.out) == (1, "")
    assert "written by a newer version" in said.err
    assert usage(terminal) == before
