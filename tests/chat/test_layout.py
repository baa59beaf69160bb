"""The order of every answer, and what a stamp adds to it."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.questions.stamp import LICENCE_BASIS, Gap, Stamp
from handlers.chat.asking import View
from handlers.chat.reply import (
    Choice,
    Choices,
    Details,
    Headline,
    Paragraph,
    Part,
    Reply,
    Safe,
    Stamped,
    every_choice,
    spoken_lines,
)
from handlers.messages.speaker import speaker
from handlers.output.layout import AskedAgain, details_of, laid_out
from handlers.output.stamps import stamp_line, stamp_lines
from tests.questions.stamps import as_of

SAY = speaker("en")
MONDAY = date(2026, 11, 16)
STAMP = Stamp(LICENCE_BASIS, as_of("Office", MONDAY, MONDAY), made_up=True, left_out=(), gaps=())
AGAIN = AskedAgain("/usage 1 2026-11-01..2026-11-30", "/digest /usage 1 last month")
BODY, BEHIND, NEXT = Paragraph("body"), Paragraph("behind"), Choice("next", "/usage 1 e3")
REPLY = Reply((BODY,), headline="finding", details=(BEHIND,), follow_ups=(NEXT,))
SMALL_PRINT = replace(stamp_lines(STAMP, SAY), made_up=False)

DETAILS = Choice(SAY("details"), AGAIN.dated, by_reader=True, view=View.DETAILS)
DIGEST = Choice(SAY("follow-digest"), AGAIN.digest)
WRONG = Choice(SAY("follow-wrong"), AGAIN.dated, by_reader=True, view=View.REPORT)


def test_the_finding_comes_first_and_what_is_asked_next_last() -> None:
    assert laid_out(REPLY, STAMP, AGAIN, SAY).parts == (
        Headline("finding"),
        BODY,
        stamp_line(STAMP, SAY),
        Details((BEHIND, SMALL_PRINT), DETAILS),
        Choices("", (NEXT, DIGEST, WRONG)),
    )


def test_nothing_is_left_beside_the_parts() -> None:
    reply = laid_out(REPLY, STAMP, AGAIN, SAY)
    assert (reply.headline, reply.details, reply.follow_ups) == ("", (), ())


def test_a_stamp_is_behind_an_answer_that_has_no_details_of_its_own() -> None:
    assert laid_out(Reply((BODY,)), STAMP, AGAIN, SAY).parts[-2:] == (
        Details((SMALL_PRINT,), DETAILS),
        Choices("", (DIGEST, WRONG)),
    )


def test_an_answer_without_figures_gets_neither_stamp_nor_follow_ups() -> None:
    reply = Reply((BODY,), safe=Safe((BODY,)))
    assert laid_out(reply, None, AGAIN, SAY).parts == (BODY,)
    assert laid_out(reply, None, AGAIN, SAY).safe == Safe((BODY,), AGAIN.dated)


def test_what_cannot_be_a_digest_offers_none() -> None:
    parts = laid_out(Reply((BODY,)), STAMP, AskedAgain("/usage"), SAY).parts
    assert parts[-1] == Choices("", (replace(WRONG, text="/usage"),))


def test_made_up_figures_are_called_so_before_the_fold_once() -> None:
    parts = laid_out(REPLY, STAMP, AGAIN, SAY).parts
    line, details = parts[2:4]
    assert isinstance(line, Stamped)
    assert isinstance(details, Details)
    assert line.made_up is True
    assert [part.made_up for part in details.parts if isinstance(part, Stamped)] == [False]
    assert SAY("stamp-short-made-up") in line.sentences[0]


def test_a_notification_says_the_finding_and_what_it_rests_on() -> None:
    gap = Gap("usage", "Office", MONDAY, 3)
    stamp = replace(STAMP, gaps=(gap,))
    said = list(spoken_lines(laid_out(REPLY, stamp, AGAIN, SAY).parts))
    assert said == ["finding", "body", *stamp_line(stamp, SAY).sentences]
    assert SAY("stamp-short-incomplete") in said[-1]


def test_a_summary_without_names_has_the_whole_stamp_and_the_same_days() -> None:
    said = Paragraph("shares")
    reply = laid_out(replace(REPLY, safe=Safe((said,))), STAMP, AGAIN, SAY)
    assert reply.safe == Safe((said, stamp_lines(STAMP, SAY)), AGAIN.dated)


def test_each_button_of_an_answer_is_found_those_behind_it_too() -> None:
    inner = Choice("inner", "/usage 2")
    reply = replace(REPLY, details=(Choices("Choose:", (inner,)),))
    found = list(every_choice(laid_out(reply, STAMP, AGAIN, SAY).parts))
    assert found == [DETAILS, inner, NEXT, DIGEST, WRONG]


@pytest.mark.parametrize(
    ("reply", "behind"),
    [
        (laid_out(REPLY, STAMP, AGAIN, SAY), (BEHIND, SMALL_PRINT)),
        (laid_out(Reply((BODY,), details=(BEHIND,)), None, AGAIN, SAY), (BEHIND,)),
        (laid_out(Reply((BODY,)), None, AGAIN, SAY), (BODY,)),
    ],
    ids=["details and stamp", "details alone", "neither"],
)
def test_behind_an_answer_are_its_details_or_else_the_whole_of_it(
    reply: Reply, behind: tuple[Part, ...]
) -> None:
    assert tuple(details_of(reply)) == behind
