"""Where an answer with a file goes: to its asker alone, and with no digest."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from handlers.backend import Answer, Backend
from handlers.chat.asking import Reach, Via
from handlers.chat.reply import Attachment, Audience, Choice, Details, Paragraph, Reply, Safe
from tests.rooms.placing_drafts import placed
from tests.rooms.test_placed import ALOUD, FIGURES, SAFE, SAY, Here

FILE = Attachment("usage.csv", "text/csv", Path("kept/1"), 12, "All seats of Contoso")
WORDS = Paragraph("Contoso has 50 seats")
WITH_FILE = {
    "shown": Reply((WORDS, FILE), Audience.ROOM, safe=SAFE),
    "folded": Reply(
        (WORDS, Details((FILE,), Choice("More", "/usage contoso"))), Audience.ROOM, safe=SAFE
    ),
    "behind": Reply((WORDS,), Audience.ROOM, details=(FILE,), safe=SAFE),
    "in the summary": Reply((WORDS,), Audience.ROOM, safe=Safe((FILE,), "/usage tenant")),
}


@dataclass
class Keeping(Here):
    """A room beside the files on their way to their askers."""

    discarded: list[Path] = field(default_factory=list)

    @property
    def outgoing_files(self) -> "Keeping":
        return self

    def discard(self, path: Path) -> None:
        self.discarded.append(path)


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("reply", WITH_FILE.values(), ids=WITH_FILE)
async def test_a_file_goes_to_its_asker_alone_however_far_was_wished(
    reply: Reply, reach: Reach
) -> None:
    here = Keeping()
    found = await placed(replace(ALOUD, reach=reach), reply, FIGURES, cast("Backend", here))
    assert found == Answer(replace(reply, audience=Audience.DIRECT, safe=None))
    assert (here.fresh, here.discarded) == ([], [])


@pytest.mark.parametrize("reply", WITH_FILE.values(), ids=WITH_FILE)
async def test_a_digest_says_that_it_carries_no_file_and_keeps_none(reply: Reply) -> None:
    here = Keeping()
    digest = replace(ALOUD, via=Via.SCHEDULED)
    found = await placed(digest, reply, FIGURES, cast("Backend", here))
    said = Paragraph(SAY("file-not-scheduled"))
    assert found == Answer(Reply((said,), audience=Audience.ASKER))
    assert here.discarded == [FILE.path]


async def test_an_answer_without_a_file_is_placed_as_any_other() -> None:
    here = Keeping()
    reply = Reply((WORDS,), Audience.ROOM, safe=SAFE)
    assert await placed(ALOUD, reply, FIGURES, cast("Backend", here)) == Answer(reply)
