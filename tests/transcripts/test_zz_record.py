"""Records transcripts anew (temporary, never committed)."""

from pathlib import Path
import os
import pytest
from tests.transcripts.everywhere import PLATFORMS
from tests.transcripts.reading import conversations

HERE = Path(os.environ["RECORD_ROOT"]) / "tests/transcripts"
FILES = sorted(HERE.glob("*.md"))
ONLY = os.environ.get("RECORD_ONLY", "")


@pytest.mark.parametrize(
    "file", [f for f in FILES if not ONLY or f.stem in ONLY.split(",")], ids=lambda f: f.stem
)
async def test_record(file, sample_facts, tmp_path):
    lines = file.read_text(encoding="utf-8").splitlines()
    edits = []
    for n, conv in enumerate(conversations(file)):
        home = tmp_path / str(n)
        home.mkdir()
        async with PLATFORMS["terminal"](conv.given, sample_facts, home) as there:
            for turn in conv.turns:
                try:
                    said = await there.answer(turn)
                except KeyError as e:
                    edits.append((turn, f"KEYERROR {e}"))
                    continue
                if said == there.expects(turn.expected):
                    continue
                from tests.transcripts.platforms import _UNTOLD

                edits.append((turn, said))
    for turn, said in sorted(edits, key=lambda e: -e[0].line):
        start = turn.line
        body = turn.answer
        # count lines of the answer in file, up to next '> ', 'Given ', '#'
        end = start
        while end < len(lines) and not (lines[end].startswith(("> ", "Given ", "#"))):
            end += 1
        lines[start:end] = ["", *said.split("\n"), ""]
    file.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
