"""The sheet to look at has each kind in each look and language, and at its edges."""

import re
from pathlib import Path

from analytics.charts.themes import Theme
from tests.charts.cases import CASES
from tests.charts.examples import EXAMPLES
from tests.charts.sheet import LANGUAGES, LOOKS, write_sheet


def test_the_sheet_shows_every_kind_in_every_look_and_language(tmp_path: Path) -> None:
    files = write_sheet(tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")

    assert len(set(files)) == len(EXAMPLES) * (1 + len(CASES)) * len(LOOKS) * len(LANGUAGES)
    assert {look.theme for look in LOOKS} == set(Theme)
    assert set(re.findall('src="([^"]+)"', page)) == {file.name for file in files}
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files)
