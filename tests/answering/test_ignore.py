"""`/ignore` in chat: totals change at once for each asker; a saved change is said to be."""

from dataclasses import replace

import pytest

from analytics.questions.usage import UsageResult
from bot.wiring import Installation
from handlers.answer import answer
from handlers.chat.reply import Choices, Picture, Reply
from tests.answering.asking import asked, replied, shown
from tests.answering.test_saved import Unwritable

GIFT = "/ignore contoso power bi pro because it was a gift"


async def sold(installation: Installation, who: str = "ada") -> object:
    result = (await answer(asked("/usage contoso", who), installation.backend)).result
    assert isinstance(result, UsageResult)
    assert result.latest
    return result.latest.sold


def buttons(reply: Reply) -> list[str]:
    return [item.text for part in reply.parts if isinstance(part, Choices) for item in part.items]


async def test_totals_are_smaller_for_every_reader_until_the_button_is_pressed(
    installation: Installation,
) -> None:
    before = [await sold(installation, who) for who in ("ada", "cleo")]
    (undo,) = buttons(await replied(asked(GIFT), installation.backend))
    after = [await sold(installation, who) for who in ("ada", "cleo")]
    assert [now < then for then, now in zip(before, after, strict=True)] == [True, True]  # type: ignore[operator]  # seats
    await replied(asked(undo), installation.backend)
    assert [await sold(installation, who) for who in ("ada", "cleo")] == before


async def test_a_reader_who_is_no_admin_changes_nothing_and_gets_no_button(
    installation: Installation,
) -> None:
    await replied(asked(GIFT), installation.backend)
    listed = await replied(asked("/ignore", "cleo"), installation.backend)
    assert buttons(listed) == []
    assert "Ada" not in shown(listed)
    before = await sold(installation)
    refused = await answer(asked("/ignore contoso power bi pro undo", "cleo"), installation.backend)
    assert (refused.why, await sold(installation)) == ("not-allowed", before)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("/ignore contoso because of a gift", "ignore-no-product"),
        ("/ignore contoso power bi pro", "ignore-no-reason"),
        ("/ignore contoso power bi pro because", "ignore-no-reason"),
        (f"/ignore contoso power bi pro because {'x' * 201}", "ignore-long-reason"),
        ("/ignore contoso teams because of a gift", "ignore-workload"),
        ("/ignore contoso power bi pro until soon because of a gift", "ignore-bad-end"),
        ("/ignore contoso power bi pro until 2020 because of a gift", "ignore-past-end"),
        ("/ignore nobody at all because of a gift", "unknown-customer"),
        ("/ignore contoso microsoft because of a gift", "several-plans"),
        ("/ignore contoso visio because of a gift", "unknown-topic"),
    ],
)
async def test_an_order_that_cannot_be_followed_says_why_and_changes_nothing(
    installation: Installation, text: str, why: str
) -> None:
    found = await answer(asked(text), installation.backend)
    assert found.why == why
    listed = await replied(asked("/ignore"), installation.backend)
    assert shown(listed).strip() == "No product is ignored."


async def test_the_line_and_the_picture_say_how_many_are_ignored(
    installation: Installation,
) -> None:
    await replied(asked(GIFT), installation.backend)
    reply = await replied(asked("/usage contoso"), installation.backend)
    (picture,) = (part for part in reply.parts if isinstance(part, Picture))
    assert " · 1 product ignored · " in picture.chart.note
    assert " · 1 product ignored · " in shown(reply)


async def test_a_product_that_is_called_like_a_workload_is_left_out(
    installation: Installation,
) -> None:
    said = shown(await replied(asked("/ignore contoso copilot because x"), installation.backend))
    assert said.startswith("Microsoft 365 Copilot of Contoso is left out")
    undone = await replied(asked("/ignore contoso copilot undo"), installation.backend)
    assert shown(undone).startswith("Microsoft 365 Copilot of Contoso counts")


@pytest.mark.parametrize(
    ("said", "end", "reason"),
    [
        ("because of a gift until 2027-06-30", "30 Jun 2027", "a gift"),
        ("because resold by them for 2 years until june 2027", "30 Jun 2027", "resold by them"),
        ("because they pay until then", "22 Nov 2027", "they pay until then"),
        ("because it ran until 2020", "22 Nov 2027", "it ran until 2020"),
        ("until 2027-06-30 because kept until 2028", "30 Jun 2027", "kept until 2028"),
    ],
)
async def test_an_end_is_read_before_the_reason_and_at_its_very_end(
    installation: Installation, said: str, end: str, reason: str
) -> None:
    text = f"/ignore contoso power bi pro {said}"
    told = shown(await replied(asked(text), installation.backend))
    assert f"until {end}," in told
    assert reason in told


async def test_a_choice_of_plans_keeps_the_end_and_the_reason(installation: Installation) -> None:
    text = "/ignore contoso microsoft until 2027-06-30 because of a gift"
    offered = buttons(await replied(asked(text), installation.backend))
    assert all(each.endswith(" until 2027-06-30 because of a gift") for each in offered)
    assert "left out of totals until 30 Jun 2027" in shown(
        await replied(asked(offered[0]), installation.backend)
    )


async def test_a_change_whose_question_cannot_be_audited_stands_and_is_said_to(
    installation: Installation,
) -> None:
    backend = replace(installation.backend, journal=Unwritable())
    said = shown(await replied(asked(GIFT), backend))
    assert said.startswith("The change was saved and is in the audit,")
    assert "1 product is left out" in shown(await replied(asked("/ignore"), installation.backend))
