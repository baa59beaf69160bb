"""Files sent to the bot: how much is taken, in which process, and what is left of them."""

import fcntl
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from analytics.sources.files.notation import NUMBERS
from analytics.sources.files.written_days import ORDERS
from bot.file_drop import drop as drop_box
from bot.file_drop import fetch
from bot.file_drop.child import Apart, ChildLost
from bot.outbox import delete_waiting
from bot.work_folder import sweep_work_folders
from handlers.input.import_order import import_order
from handlers.messages.speaker import LOCALES, speaker
from tests.program.file_drops import (
    SEATS,
    Dropping,
    Sent,
    dropping,
    labels,
    one_child,
    planned,
    text,
)
from tests.rules.messages import sentences
from tests.sources.building import deployed, page
from tests.sources.hostile_archives import packed
from tests.sources.test_hostile_files import ALL

__all__ = ["one_child"]
SAY = speaker("en")
MEGABYTE = 1024 * 1024


@pytest_asyncio.fixture
async def drop(tmp_path: Path, sample_facts: Path) -> AsyncIterator[Dropping]:
    async with dropping(tmp_path, sample_facts) as there:
        yield there


async def test_too_much_is_not_fetched_at_all(drop: Dropping) -> None:
    large = Sent(SEATS, size=fetch.LARGEST + 1)
    assert text(await drop.sends(large)) == SAY("drop-too-large", most=64)
    many = [Sent(SEATS) for _ in range(fetch.MOST_FILES + 1)]
    assert text(await drop.sends(*many)) == SAY("drop-too-many", most=fetch.MOST_FILES)
    assert [each.fetched for each in (large, *many) if each.fetched] == []
    assert drop.acts == []


async def test_a_file_that_is_larger_than_its_platform_says_is_given_up(
    drop: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LARGEST", len(SEATS) + 10)
    small, large = Sent(SEATS, size=1), Sent(SEATS, "more.json", size=1)
    told = SAY("drop-file-too-large", file="more.json")
    assert text(await drop.sends(small, large)) == told
    assert drop.kept == []


@pytest.mark.usefixtures("one_child")
async def test_all_that_waits_together_has_a_bound(
    drop: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planned(drop, Sent(SEATS))
    monkeypatch.setattr(fetch, "TOTAL", fetch.LARGEST + len(SEATS) - 1)
    assert text(await drop.sends(Sent(SEATS))) == SAY("drop-full")


@pytest.mark.usefixtures("one_child")
async def test_a_hostile_file_is_refused_in_words_and_deleted(drop: Dropping) -> None:
    bombs = {"import-zip-bomb", "import-zip-path", "import-binary", "import-html"}
    tried = {problem: raw for raw, problem, _ in ALL.values() if problem in bombs}
    assert tried.keys() == bombs
    for raw in tried.values():
        content = raw.encode() if isinstance(raw, str) else raw
        shown = await drop.sends(Sent(content, "../../etc/some.file"))
        assert "_.._etc_some.file" in text(shown)
        assert text(shown).endswith("Nothing was saved.")
        assert (labels(shown), drop.kept, drop.generation) == ([], [], 0)


@pytest.mark.usefixtures("one_child")
async def test_a_zip_is_read_as_its_files(drop: Dropping) -> None:
    both = packed(("a.json", SEATS), ("b.json", page(deployed(serviceCode="ems"))))
    shown = await drop.sends(Sent(both, "reports.zip"))
    assert "I read 2 files." in text(shown)
    assert "reports.zip/b.json" in text(shown)


def test_no_sentence_in_chat_names_what_is_typed_in_a_terminal() -> None:
    for locale in LOCALES:
        said = sentences(locale)
        typed = {each for each, forms in said.items() if any(" --" in form for form in forms)}
        of_files = {each for each in typed if each.startswith("import-")}
        assert of_files == drop_box.IN_CHAT.keys() | {"import-shorter"}  # a plan says that itself
        assert [each for each in typed if each.startswith("drop-")] == []
        assert said.keys() >= {*drop_box.IN_CHAT.values()}


def test_each_way_to_read_a_file_has_a_button() -> None:
    for readings in drop_box.READINGS.values():
        assert {*readings} <= NUMBERS.keys() | {*ORDERS}
    said = import_order(["en", "0" * 32, "dmy", "de", "x"])
    assert (said.token, said.hint.numbers, said.hint.days) == ("0" * 32, "de", "dmy")


async def test_figures_that_are_made_up_take_no_real_ones(
    drop: Dropping, sample_facts: Path
) -> None:
    facts = drop.wired.settings.data_dir / "own" / "facts"
    facts.parent.mkdir(exist_ok=True)
    facts.symlink_to(sample_facts / "own" / "facts")
    sent = Sent(SEATS)
    assert text(await drop.sends(sent)) == SAY("drop-made-up")
    assert sent.fetched == []


async def test_a_real_child_reads_and_a_lost_one_is_told(
    drop: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await drop.sends(Sent(SEATS))
    assert "2 new, 0 changed" in text(shown)

    def lose(_apart: Apart, *_: object) -> object:
        raise ChildLost(late=True)

    monkeypatch.setattr(Apart, "run", lose)
    assert text(await drop.sends(Sent(SEATS))) == SAY("drop-too-slow")
    assert len(drop.kept) == 1


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ChildLost) as lost:
        Apart(patience=0.0).run(time.sleep, 60)
    assert lost.value.late


def test_what_a_killed_process_left_goes_with_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / ".seatwise-killed" / "work" / f"{'0' * 32}.drop"
    folder.mkdir(parents=True)
    (folder / "some.file").write_bytes(SEATS)
    with (tmp_path / ".seatwise-killed" / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sweep_work_folders(tmp_path)
        assert folder.exists()
    sweep_work_folders(tmp_path)
    assert not folder.exists()


@pytest.mark.usefixtures("one_child")
async def test_an_erasure_deletes_what_waits(drop: Dropping) -> None:
    await planned(drop, Sent(SEATS))
    delete_waiting(drop.wired.settings.data_dir)
    assert drop.kept == []
