"""Groups in questions: cut by the reader's own sight, silent about all that is beyond it."""

from dataclasses import replace

import pytest

from analytics.demo.pages import STORIES
from analytics.demo.stories import made_up_tenant
from analytics.values import OWN, TenantId
from bot.page.people import person
from bot.wiring import Installation
from handlers.answer import answer
from handlers.chat.asking import Via, View
from handlers.chat.groups import ListChange
from handlers.chat.reply import Picture, every_choice
from handlers.chat.scope_plan import ScopeWish
from handlers.registry import COMMANDS
from tests.answering.asking import asked, replied, shown
from tests.conftest import NOW

CONTOSO, HIDDEN = map(made_up_tenant, ("Contoso", "Wide World Importers"))
"""Cleo sees the first."""
_COUNTED = ("Counted: ", "Compté\N{NO-BREAK SPACE}: ")
"""Says that of a group only those are counted whom the reader may see."""
QUESTIONS = [f"/{each.name} group:north" for each in COMMANDS if each.takes_group]


async def scope(
    installation: Installation, *customers: TenantId, name: str = "north", number: int | None = None
) -> None:
    wishes = [ScopeWish(number, name, frozenset(customers))]
    plan = await installation.roles.plan_scopes(wishes, OWN, NOW)
    await installation.roles.change_scopes(plan, None, NOW)


async def everything(installation: Installation, question: str, who: str = "cleo") -> str:
    """All that an answer holds, its buttons and its result too."""
    found = await answer(asked(question, who), installation.backend)
    return repr((found.reply, found.why, found.result))


@pytest.mark.parametrize("question", [*QUESTIONS, "/list", "/usage group:norht", "/whoami"])
async def test_customers_of_a_group_beyond_ones_sight_change_no_byte(
    installation: Installation, question: str
) -> None:
    await scope(installation, CONTOSO)
    alone = await everything(installation, question)
    await scope(installation, CONTOSO, HIDDEN, made_up_tenant("Humongous Insurance"), number=1)
    assert await everything(installation, question) == alone
    assert "Wide World" not in alone


@pytest.mark.parametrize("question", ["/usage group:north", "/list", "/usage group:nort"])
async def test_a_group_without_a_customer_of_ones_own_is_as_one_that_there_is_not(
    installation: Installation, question: str
) -> None:
    without = await everything(installation, question)
    await scope(installation, HIDDEN)
    assert await everything(installation, question) == without


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_group_stands_in_the_title_the_picture_and_each_button_about_all(
    installation: Installation, question: str
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    reply = await replied(asked(question), installation.backend)
    assert shown(reply).startswith("Group north: ")
    pictures = [part for part in reply.parts if isinstance(part, Picture)]
    assert all(part.chart.title.startswith("Group north: ") for part in pictures)
    asking_on = [choice.text for choice in every_choice(reply.parts)]
    ids = (str(CONTOSO), str(HIDDEN))
    assert all("group:#1" in text or any(each in text for each in ids) for text in asking_on)
    assert reply.safe is None


async def test_a_change_of_the_group_is_seen_by_the_next_question(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO)
    first = shown(await replied(asked("/usage group:north"), installation.backend))
    await scope(installation, HIDDEN, number=1)
    second = shown(await replied(asked("/usage group:north"), installation.backend))
    assert ("Contoso" in first, "Contoso" in second, "Wide World" in second) == (True, False, True)


async def test_a_group_alone_asks_for_its_seats_and_a_product_stands_beside_it(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    alone = shown(await replied(asked("group:north"), installation.backend))
    product = shown(await replied(asked("/usage exchange group:North"), installation.backend))
    assert alone.startswith("Group north: ")
    assert product.startswith("Group north: Exchange: ")


async def test_an_empty_group_shows_nobody_to_a_partner_admin(installation: Installation) -> None:
    await scope(installation)
    found = await answer(asked("/usage group:north"), installation.backend)
    assert (found.why, found.result) == ("group-empty", None)


async def test_a_list_is_silent_about_customers_no_longer_seen(installation: Installation) -> None:
    cleo = person("cleo").ref
    held = frozenset({CONTOSO, HIDDEN})
    await installation.roles.groups.change_list(ListChange(OWN, cleo, None, "mine", held, NOW))
    said = [
        shown(await replied(asked(text, "cleo"), installation.backend))
        for text in ("/list", "/list mine", "/usage group:mine", "/customers group:mine")
    ]
    assert not any("Wide World" in text for text in said)
    assert "holds 1 customer: Contoso." in said[0]
    other = await answer(asked("/usage group:#1"), installation.backend)
    assert other.why == "group-gone"


async def test_a_customer_called_like_a_group_and_a_group_are_never_taken_for_one_another(
    installation: Installation,
) -> None:
    await scope(installation, HIDDEN, name="contoso")  # before the customer came
    one = shown(await replied(asked("/usage contoso"), installation.backend))
    other = shown(await replied(asked("/usage group:contoso"), installation.backend))
    assert (one.startswith("Contoso: "), other.startswith("Group contoso: ")) == (True, True)
    assert "Wide World" not in one


async def test_a_digest_for_each_is_for_twenty_of_a_group_at_most(
    installation: Installation,
) -> None:
    some = [made_up_tenant(name) for name in sorted({each.name for each in STORIES})]
    await scope(installation, *some[:20], *map(TenantId, ("gone", "gone too")))
    order = "/digest usage each group:north monday 9:00"
    card = shown(await replied(asked(order), installation.backend))
    assert card.startswith("Question: /usage each group:north")
    assert "One message for each customer in the group at that hour, now 20: /usage " in card
    await scope(installation, *some[:21], number=1)
    refused = await answer(asked(order), installation.backend)
    assert refused.why == "digest-each-many"
    assert "“north” has 21" in shown(refused.reply)


async def test_words_beside_a_group_that_name_nothing_of_it_are_not_called_nobodys(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO)
    for words in ("fabrikam", "bookings"):
        found = await answer(asked(f"/usage {words} group:north"), installation.backend)
        assert found.why == "group-has-none"
        assert f"The group “north” has no customer, product or workload called “{words}”" in (
            shown(found.reply)
        )
    period = await answer(asked("/usage octobr group:north"), installation.backend)
    assert period.why == "unknown-customer"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("locale", "others"),
    [
        ("en", ("you may see", "your customers", "all customers")),
        ("fr", ("vous pouvez voir", "vos clients", "tous les clients")),
    ],
)
async def test_an_answer_about_a_group_speaks_of_its_customers_and_no_others(
    installation: Installation, question: str, locale: str, others: tuple[str, ...]
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    for view in (View.ANSWER, View.DETAILS):
        ask = replace(asked(question, "cleo", locale=locale), view=view)
        said = shown(await replied(ask, installation.backend))
        counted = [line for line in said.splitlines() if not line.startswith(_COUNTED)]
        assert not [each for each in others if each in "\n".join(counted)]


async def test_a_group_that_is_called_otherwise_keeps_its_buttons_digests_and_rights(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO)
    mentions = {"@ben": person("ben").ref}
    order = replace(asked("/grant-analytics @ben as viewer for group:#1"), mentions=mentions)
    card = await replied(order, installation.backend)
    grant = next(each for each in every_choice(card.parts) if each.confirms)
    pressed = replace(asked(grant.text), confirms=grant.confirms, via=Via.PRESSED)
    await replied(pressed, installation.backend)
    await scope(installation, CONTOSO, HIDDEN, name="nord", number=1)
    button = shown(await replied(asked("/usage 6 months group:#1"), installation.backend))
    assert button.startswith("Group nord: ")
    who = shown(await replied(asked("/whoami", "ben"), installation.backend))
    assert "for group:nord" in who
    assert "Wide World" in shown(await replied(asked("/customers", "ben"), installation.backend))
    gone = await answer(asked("/usage group:north"), installation.backend)
    assert gone.why == "unknown-group-near"  # it is called nord now


@pytest.mark.parametrize(("customers", "why"), [(frozenset(), "group-empty"), (None, "group-gone")])
async def test_a_button_of_a_group_that_is_empty_or_gone_says_so_and_shows_nobody(
    installation: Installation, customers: frozenset[TenantId] | None, why: str
) -> None:
    await scope(installation, CONTOSO)
    plan = await installation.roles.plan_scopes([ScopeWish(1, "north", customers)], OWN, NOW)
    await installation.roles.change_scopes(plan, None, NOW)
    for text in ("/usage 6 months group:#1", "/digest usage each group:#1 monday 9:00"):
        found = await answer(asked(text), installation.backend)
        assert (found.why, found.result) == (why, None)
        assert "Contoso" not in shown(found.reply)


async def test_a_digest_of_a_group_is_of_whom_it_holds_at_its_hour_whatever_it_is_called(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO)
    order = "/digest usage group:north monday 9:00"
    card = await replied(asked(order), installation.backend)
    save = next(choice for choice in every_choice(card.parts) if choice.confirms)
    await replied(replace(asked(save.text), confirms=save.confirms), installation.backend)
    (digest,) = await installation.backend.digests.all(OWN)
    assert (digest.plan.text, digest.plan.title) == ("/usage group:#1", "/usage group:north")
    run = replace(asked(digest.plan.text), via=Via.SCHEDULED)
    first = shown(await replied(run, installation.backend))
    await scope(installation, HIDDEN, number=1)
    second = shown(await replied(run, installation.backend))
    assert ("Contoso" in first, "Contoso" in second, "Wide World" in second) == (True, False, True)
    await scope(installation, number=1)
    assert (await answer(run, installation.backend)).why == "group-empty"
