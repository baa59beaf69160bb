"""`seatwise ask "/export …"`: the file lands in the folder, beside those that are there."""

from pathlib import Path

from bot.cli.ask import answer_text
from bot.wiring import Installation
from tests.answering.asking import asked


async def test_a_file_is_saved_for_its_user_alone_and_replaces_none(
    installation: Installation, tmp_path: Path
) -> None:
    ask, folder = asked("/export usage contoso csv"), tmp_path / "new"
    said = []
    for _ in range(2):
        found = await installation.delivery.ask(ask)
        said.append(await answer_text(installation.delivery, found, ask, folder, as_lines=True))
    first = folder / "seatwise-usage-2026-11-22-comma.csv"
    second = folder / "seatwise-usage-2026-11-22-comma-2.csv"
    assert sorted(folder.iterdir()) == sorted([first, second])
    assert [text.splitlines()[-1] for text in said] == [f"The file: {first}", f"The file: {second}"]
    assert first.read_bytes() == second.read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (first, second)} == {0o600}


async def test_json_names_the_files_and_tells_no_path_of_the_outbox(
    installation: Installation, tmp_path: Path
) -> None:
    ask = asked("/export usage contoso")
    found = await installation.delivery.ask(ask)
    text = await answer_text(installation.delivery, found, ask, tmp_path, as_lines=False)
    assert '"files": [' in text
    assert str(installation.settings.data_dir) not in text
