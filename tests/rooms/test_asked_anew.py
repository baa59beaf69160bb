"""An answer with money or persons in a room: asked anew without what one of its readers may not
see, unless a partner admin decides to show all of it.
"""

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from analytics.values import Secrecy
from handlers.backend import Answer, Backend
from handlers.chat.asking import Reach, RoomKind, View
from handlers.chat.audience import roll
from handlers.chat.reply import Audience, Choice, Choices, Details, Paragraph, Reply
from handlers.draft import Draft
from handlers.sharing import place_reply
from tests.rooms.test_placed import ADA, ALOUD, CLEO, FIGURES, MORE, REPLY, SAY, Here

WHOLE = Draft(REPLY, replace(FIGURES, secrets=frozenset({Secrecy.MONEY})), "with amounts", 7)
CUT = Draft(replace(REPLY, parts=(Paragraph("Contoso has 50 seats"),)), FIGURES, "without", 8)


@dataclass
class Anew:
    """The question asked anew, and what it was to do without each time."""

    draft: Draft = CUT
    withheld: list[frozenset[Secrecy]] = field(default_factory=list)

    async def __call__(self, withheld: frozenset[Secrecy]) -> Draft:
        self.withheld.append(withheld)
        return self.draft


async def _placed(here: Here, anew: Anew, draft: Draft = WHOLE, **how: Any) -> Answer:
    """The answer to Ada's question in the room, asked with these changes."""
    return await place_reply(replace(ALOUD, **how), draft, cast("Backend", here), anew)


def _left_out(what: str) -> Paragraph:
    return Paragraph(SAY("room-left-out", what=what))


async def test_amounts_that_a_reader_may_not_see_are_left_out_for_all_and_that_is_said() -> None:
    here, anew = Here(), Anew()
    said = await _placed(here, anew)
    assert said.reply == replace(CUT.reply, parts=(*CUT.reply.parts, _left_out("amounts")))
    assert (said.reply.audience, said.why) == (Audience.ROOM, "")
    assert anew.withheld == [{Secrecy.MONEY}]
    assert len(here.fresh) == 2, "who is there is looked at for what is shown"


async def test_kinds_that_are_left_out_are_named_in_one_order() -> None:
    both = replace(WHOLE.content, secrets=frozenset({Secrecy.PERSON, Secrecy.MONEY}))
    anew = Anew()
    said = await _placed(Here(), anew, replace(WHOLE, content=both))
    assert said.reply.parts[-1] == _left_out("amounts and people’s names")
    assert anew.withheld == [{Secrecy.PERSON, Secrecy.MONEY}]


async def test_an_admin_who_was_shown_the_names_shares_amounts_too() -> None:
    confirms, anew = roll(ALOUD, RoomKind.GROUP, [CLEO]), Anew()
    said = await _placed(Here(), anew, reach=Reach.ANYWAY, confirms=confirms)
    by = Paragraph(SAY("shared-anyway", name="Ada", question="/usage contoso"))
    assert said.reply == replace(REPLY, parts=(by, REPLY.parts[0]))
    assert (said.outsiders, said.result, anew.withheld) == ((CLEO,), "with amounts", [])


async def test_where_all_may_see_the_amounts_nothing_is_asked_anew() -> None:
    anew = Anew()
    said = await _placed(Here(members=(ADA,)), anew)
    assert (said.reply, anew.withheld) == (REPLY, [])


@pytest.mark.parametrize("how", [{}, {"reach": Reach.ROOM}, {"reach": Reach.SAFE}])
async def test_result_and_generation_are_those_of_what_is_shown(how: dict[str, Any]) -> None:
    said = await _placed(Here(), Anew(), **how)
    assert (said.result, said.generation) == ("without", 8)
    own = await _placed(Here(), Anew(), **how | {"reach": Reach.ASKER})
    assert (own.result, own.generation) == ("with amounts", 7)


async def test_what_lies_behind_an_answer_is_the_askers_alone() -> None:
    here = Here()
    said = await _placed(here, Anew(), CUT, view=View.DETAILS)
    assert said.reply == replace(CUT.reply, audience=Audience.ASKER)
    assert here.fresh == []


async def test_a_report_is_the_reporters_alone_wherever_it_is_made() -> None:
    here = Here()
    said = await _placed(here, Anew(), view=View.REPORT)
    assert (said.reply.audience, said.result, said.generation) == (Audience.ASKER, None, 7)
    assert said.reply.parts[0] == Paragraph(SAY("report-about", question="/usage contoso"))
    assert here.fresh == []


async def test_of_the_buttons_those_for_any_reader_are_shared_folded_ones_too() -> None:
    mine = Choice("mine", "/usage contoso 90 days", by_reader=True)
    mixed = Choices("more", (*MORE.items, mine))
    how = Paragraph("how it is counted")
    behind = Choice("details", "/usage contoso", view=View.DETAILS, by_reader=True)
    draft = Draft(Reply((mixed, Details((how, mixed, MORE), behind), MORE), Audience.ROOM), FIGURES)
    said = await _placed(Here(), Anew(), draft, reach=Reach.ROOM)
    kept = Choices("more", (mine,))
    assert said.reply.parts[1:] == (kept, Details((how, kept), behind))
