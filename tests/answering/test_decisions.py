"""Decisions about terms in chat: who sees the customer decides, one stands, the others are told."""

from dataclasses import replace

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.questions.renewals import renewals
from analytics.questions.renewals.lines import RenewalLine
from analytics.values import OWN, Period
from bot.page.people import person
from bot.wiring import Installation
from handlers.answer import answer
from handlers.backend import Backend
from handlers.chat.access import Permission, authorize
from handlers.chat.asking import Ask
from handlers.chat.reply import Choices, Reply, TextInput
from handlers.output.decisions import latest_snooze, line_choices, state_word
from tests.answering.asking import asked, replied, shown
from tests.answering.test_saved import Unwritable
from tests.conftest import NOW


async def lines(backend: Backend, who: str = "ada") -> list[RenewalLine]:
    """The lines that a reader sees, with time left to act on."""
    ref = person(who).ref
    grants = await backend.rights.grants(ref, OWN)
    account = await backend.people.account(ref, sure=True)
    facts = backend.facts(authorize(account, OWN, Permission.SEE_SEATS, grants, NOW))
    assert facts
    ahead = Period(NOW.date(), NOW.date().replace(year=NOW.year + 1))
    found = renewals(replace(facts, whole=True), None, NOW, ahead).lines
    return [line for line in found if (latest_snooze(line) - NOW.date()).days > 5]


async def line_of(backend: Backend, *, cleo: bool = True) -> RenewalLine:
    """A line that Cleo sees too, or one of a customer whom she may not see."""
    found = await lines(backend)
    return next(line for line in found if (line.customer.id in CLEO_SEES) is cleo)


def pressed(line: RenewalLine, verb: str, who: str = "ada", said: str = "") -> Ask:
    """The button of a line, with what was written into its form."""
    ask = asked(f"/decide {verb} {line.identity.key}", who)
    return replace(ask, confirms=state_word(line), said=said)


def buttons(reply: Reply) -> list[str]:
    return [item.text for part in reply.parts if isinstance(part, Choices) for item in part.items]


def forms(reply: Reply) -> list[str]:
    return [part.send.text for part in reply.parts if isinstance(part, TextInput)]


async def test_who_sees_the_customer_decides_and_the_next_one_is_told_that_it_stands(
    installation: Installation,
) -> None:
    backend = installation.backend
    line = await line_of(backend)
    kept = await replied(pressed(line, "keep", "cleo"), backend)
    assert "stays as it is" in shown(kept)
    assert buttons(kept) == [f"/decide undo {line.identity.key}"]
    second = await answer(pressed(line, "done"), backend)
    assert "is decided already. Nothing was saved" in shown(second.reply)
    assert "by Cleo on" in shown(second.reply)
    assert buttons(second.reply) == [f"/decide undo {line.identity.key}"]


async def test_only_who_decided_or_a_partner_admin_takes_it_back(
    installation: Installation,
) -> None:
    backend = installation.backend
    line = await line_of(backend)
    await replied(pressed(line, "keep"), backend)
    told = await replied(pressed(line, "keep", "cleo"), backend)
    assert (buttons(told), "Ada" in shown(told)) == ([], False)
    undo = f"/decide undo {line.identity.key}"
    assert (await answer(asked(undo, "cleo"), backend)).why == "decision-not-yours"
    earlier = replace(asked(undo), confirms="2020-01-01T00:00:00+00:00")
    assert (await answer(earlier, backend)).why == "decision-gone"
    undone = await replied(asked(undo), backend)
    assert "is open again" in shown(undone)
    assert (await answer(asked(undo), backend)).why == "decision-gone"
    assert "stays as it is" in shown(await replied(pressed(line, "keep", "cleo"), backend))


async def test_of_other_customers_a_reader_learns_nothing(installation: Installation) -> None:
    backend = installation.backend
    hidden = await line_of(backend, cleo=False)
    await replied(pressed(hidden, "done"), backend)
    assert "Nothing was decided" in shown(await replied(asked("/decisions", "cleo"), backend))
    unknown = replace(hidden, identity=replace(hidden.identity, subscription="none"))
    presses = [pressed(each, "keep", "cleo") for each in (hidden, unknown)]
    whys = [(await answer(each, backend)).why for each in presses]
    assert whys == ["decision-changed", "decision-changed"]
    undos = [asked(f"/decide undo {each.identity.key}", "cleo") for each in (hidden, unknown)]
    assert {(await answer(each, backend)).why for each in undos} == {"decision-gone"}
    assert "1 term was decided on from" in shown(await replied(asked("/decisions"), backend))


async def test_a_button_decides_only_what_it_showed(installation: Installation) -> None:
    backend = installation.backend
    line = await line_of(backend)
    stale = replace(pressed(line, "keep"), confirms="extension:2020-01-01")
    assert (await answer(stale, backend)).why == "decision-changed"
    over = replace(line, identity=replace(line.identity, term_end=line.term_end.replace(year=2020)))
    assert (await answer(pressed(over, "keep"), backend)).why == "decision-changed"
    assert "Nothing was decided" in shown(await replied(asked("/decisions"), backend))


async def test_snooze_asks_for_a_day_and_a_reason_and_the_list_says_both(
    installation: Installation,
) -> None:
    backend = installation.backend
    line = await line_of(backend)
    form = await replied(pressed(line, "snooze"), backend)
    assert forms(form) == [f"/decide snooze {line.identity.key}"]
    said = "2026-11-25 because they decide on Monday"
    snoozed = await replied(pressed(line, "snooze", said=said), backend)
    assert "Snoozed until 25 Nov 2026, by you" in shown(snoozed)
    assert forms(snoozed) == []
    listed = shown(await replied(asked("/renewals decided"), backend))
    assert line.customer.name in listed
    assert "Why: “they decide on Monday”." in listed


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("soon, I think", "decision-bad-day"),
        ("2020-01-01", "decision-past-day"),
        ("2026-11-22", "decision-past-day"),
        ("2029-01-01", "decision-late-day"),
        (f"2026-11-25 because {'x' * 201}", "decision-long-why"),
    ],
)
async def test_a_day_or_reason_that_cannot_be_kept_saves_nothing(
    installation: Installation, said: str, why: str
) -> None:
    backend = installation.backend
    line = await line_of(backend)
    assert (await answer(pressed(line, "snooze", said=said), backend)).why == why
    assert "Nothing was decided" in shown(await replied(asked("/decisions"), backend))


async def test_the_reason_is_added_by_the_one_who_decided(installation: Installation) -> None:
    backend = installation.backend
    line = await line_of(backend)
    done = await replied(pressed(line, "done"), backend)
    assert forms(done) == [f"/decide why {line.identity.key}"]
    explain = replace(asked(forms(done)[0]), said="renewed at the distributor")
    assert "“renewed at the distributor”" in shown(await replied(explain, backend))
    by_cleo = replace(explain, asker=person("cleo").ref)
    assert (await answer(by_cleo, backend)).why == "decision-not-yours"
    listed = await replied(asked("/decisions"), backend)
    assert "1 term was decided on from" in shown(listed)
    assert buttons(listed) == [f"/decide undo {line.identity.key}"]


async def test_what_was_saved_and_not_audited_is_never_called_unsaved(
    installation: Installation,
) -> None:
    line = await line_of(installation.backend)
    backend = replace(installation.backend, journal=Unwritable())
    said = shown(await replied(pressed(line, "done"), backend))
    assert said.strip().startswith("The change was saved and is in the audit")


async def test_a_line_has_its_buttons_while_nothing_stands(installation: Installation) -> None:
    backend = installation.backend
    line, say = await line_of(backend), backend.speaker("en", "UTC")
    choices = line_choices(line, NOW, say)
    assert [each.label for each in choices] == ["Done", "Keep", "Snooze…"]
    assert {each.confirms for each in choices} == {state_word(line)}
    assert len(state_word(line)) <= 64
    await replied(pressed(line, "keep"), backend)
    found = await replied(asked(f"/renewals {line.customer.id} 12 months"), backend)
    assert "Stays as it is, by you" in shown(found)
    its = [text for text in buttons(found) if line.identity.key in text]
    assert its == [f"/decide undo {line.identity.key}"]
