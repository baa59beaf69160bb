"""Files on their way to the people who asked for them: private, bounded, and gone in time."""

import errno
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.outbox import KEPT, Outbox, delete_waiting
from bot.work_folder import sweep_work_folders
from handlers.chat.file_names import LONGEST, file_name
from handlers.chat.outgoing_files import FileRefused, Gone
from handlers.chat.reply import Attachment

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ADA, BEN = "page:demo:ada", "page:demo:ben"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[Outbox]:
    made = Outbox(tmp_path, clock, largest=100, total=350)
    yield made
    made.close()


def written(outbox: Outbox, content: bytes = b"a;b\n", name: str = "seats.csv") -> Attachment:
    with outbox.new_file() as path:
        path.write_bytes(content)
    return outbox.attachment(path, name, "text/csv", "Seats as CSV.")


def test_a_file_is_for_this_user_alone_and_its_path_tells_nothing(outbox: Outbox) -> None:
    file = written(outbox)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert not any(stat.S_IMODE(each.stat().st_mode) & 0o077 for each in file.path.parents[:2])
    assert "seats" not in file.path.name
    assert (file.name, file.size) == ("seats.csv", 4)


def test_a_file_whose_writing_failed_is_deleted(outbox: Outbox, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), outbox.new_file():
        _ = 1 / 0
    with pytest.raises(FileRefused) as full, outbox.new_file():
        raise OSError(errno.ENOSPC, "full")
    assert full.value.sentence == "outbox-disk-full"
    assert list(tmp_path.glob("*/work/*")) == []


def test_a_file_that_is_too_large_is_refused_and_deleted(outbox: Outbox, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        written(outbox, b"x" * 101)
    assert refused.value.sentence == "outbox-too-large"
    assert list(tmp_path.glob("*/work/*")) == []


def test_no_more_is_kept_than_the_total_until_one_is_taken(outbox: Outbox) -> None:
    files = [written(outbox, b"x" * 100) for _ in range(3)]
    with pytest.raises(FileRefused) as refused:
        written(outbox)
    assert refused.value.sentence == "outbox-full"
    outbox.discard(files[0].path)
    written(outbox)


def test_an_offered_file_is_its_owners_and_is_taken_once(outbox: Outbox) -> None:
    token = outbox.offer(written(outbox), ADA, "all")
    assert outbox.claim(token, BEN, "all") == Gone("file-foreign")
    taken = outbox.claim(token, ADA, "all")
    assert isinstance(taken, Attachment)
    assert taken.path.read_bytes() == b"a;b\n"
    assert outbox.claim(token, ADA, "all") == Gone("file-twice")


def test_a_file_is_not_handed_out_after_a_change_of_rights(outbox: Outbox, tmp_path: Path) -> None:
    token = outbox.offer(written(outbox), ADA, "all")
    assert outbox.claim(token, ADA, "one customer") == Gone("file-right-changed")
    assert outbox.claim(token, ADA, "all") == Gone("file-twice")
    assert list(tmp_path.glob("*/work/*.file")) == []


@pytest.mark.parametrize("token", ["", "0" * 32, "../../x", "*", "0" * 31 + "*"])
def test_a_token_that_was_never_given_takes_nothing(outbox: Outbox, token: str) -> None:
    outbox.offer(written(outbox), ADA, "all")
    assert outbox.claim(token, ADA, "all") == Gone("file-gone")


def test_a_file_is_gone_after_an_hour(outbox: Outbox, clock: Clock, tmp_path: Path) -> None:
    token = outbox.offer(written(outbox), ADA, "all")
    clock.at += KEPT + timedelta(seconds=1)
    assert outbox.claim(token, ADA, "all") == Gone("file-gone")
    outbox.sweep()
    assert list(tmp_path.glob("*/work/*")) == []


def test_another_process_with_the_same_folder_hands_a_file_out(
    outbox: Outbox, tmp_path: Path, clock: Clock
) -> None:
    token = outbox.offer(written(outbox), ADA, "all")
    assert isinstance(Outbox(tmp_path, clock).claim(token, ADA, "all"), Attachment)


def test_files_end_with_their_process(outbox: Outbox, tmp_path: Path, clock: Clock) -> None:
    token = outbox.offer(written(outbox), ADA, "all")
    outbox.close()
    assert list(tmp_path.iterdir()) == []
    assert Outbox(tmp_path, clock).claim(token, ADA, "all") == Gone("file-gone")


def test_an_erasure_takes_the_files_of_every_process(outbox: Outbox, tmp_path: Path) -> None:
    token = outbox.offer(written(outbox), ADA, "all")
    delete_waiting(tmp_path)
    assert outbox.claim(token, ADA, "all") == Gone("file-gone")


def test_of_two_claims_at_once_one_gets_the_file(outbox: Outbox) -> None:
    for _ in range(20):
        token = outbox.offer(written(outbox), ADA, "all")
        with ThreadPoolExecutor(2) as both:
            claims = list(both.map(lambda _: outbox.claim(token, ADA, "all"), range(2)))  # noqa: B023
        [taken] = [each for each in claims if isinstance(each, Attachment)]
        assert [each for each in claims if each is not taken] == [Gone("file-twice")]
        outbox.discard(taken.path)


KILLED = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from bot.outbox import Outbox
outbox = Outbox(Path(sys.argv[1]), lambda: datetime(2026, 11, 30, 12, tzinfo=UTC))
with outbox.new_file() as path:
    path.write_bytes(b"seats")
file = outbox.attachment(path, "seats.csv", "text/csv", "Seats.")
print(outbox.offer(file, sys.argv[2], "all"), flush=True)
time.sleep(60)
"""


def test_what_a_killed_process_left_is_deleted_at_the_next_start(
    tmp_path: Path, clock: Clock
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), ADA]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        token = process.stdout.readline().strip()
        sweep_work_folders(tmp_path)
        assert len(list(tmp_path.glob("*/work/*.file"))) == 1  # it lives
        process.kill()
    sweep_work_folders(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert Outbox(tmp_path, clock).claim(token, ADA, "all") == Gone("file-gone")


def test_only_files_of_the_outbox_are_discarded(outbox: Outbox, tmp_path: Path) -> None:
    other = tmp_path / "facts.file"
    other.touch()
    outbox.discard(other)
    assert other.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("licences-contoso-2026-11-30.xlsx", "licences-contoso-2026-11-30.xlsx"),
        ("Société Générale.csv", "Société Générale.csv"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\x\\y.csv", "C__x_y.csv"),
        ("a\u202egpj.csv", "agpj.csv"),
        ("a\r\nSet-Cookie: x.csv", "a Set-Cookie_ x.csv"),
        ("a\x00b\u2028c.csv", "ab c.csv"),
        ("\ud800.csv", "seatwise.csv"),
        ("", "seatwise"),
        ("...", "seatwise"),
        (".csv", "seatwise.csv"),
        ("CON.csv", "seatwise-CON.csv"),
        ("~$x.csv", "_$x.csv"),
        ('"a".csv', "_a_.csv"),
        ("a.csv ", "a.csv"),
    ],
)
def test_a_hostile_name_becomes_a_name_of_one_file(name: str, shown: str) -> None:
    assert file_name(name) == shown
    assert file_name(shown) == shown


@pytest.mark.parametrize("character", ["x", "é", "雪", "\U0001f600"])
def test_a_long_name_is_cut_and_keeps_its_ending(character: str) -> None:
    name = file_name(character * 300 + ".xlsx")
    assert name.endswith(f"{character}.xlsx")
    assert LONGEST - 4 < len(name.encode()) <= LONGEST
