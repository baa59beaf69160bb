"""A digest for each customer of a group: what is saved of it, and its questions at each run."""

from dataclasses import replace

import pytest

from analytics.demo.pages import STORIES
from analytics.demo.stories import made_up_tenant
from analytics.values import OWN, TenantId
from bot.wiring import Installation
from handlers.answer import answer
from handlers.chat.asking import Reach, Via
from handlers.chat.digests import Digest
from handlers.chat.reply import every_choice
from handlers.chat.scope_plan import ScopeWish
from handlers.digest_parts import DigestParts, digest_parts
from tests.answering.asking import asked, replied, shown
from tests.answering.test_groups import CONTOSO, HIDDEN, scope
from tests.conftest import NOW

ORDER = "/digest usage each group:north 6 months monday 9:00"


async def saved(installation: Installation, order: str = ORDER, who: str = "ada") -> Digest:
    """The digest of this order, confirmed."""
    card = await replied(asked(order, who), installation.backend)
    save = next(choice for choice in every_choice(card.parts) if choice.confirms)
    await replied(replace(asked(save.text, who), confirms=save.confirms), installation.backend)
    (digest,) = await installation.backend.digests.all(OWN)
    return digest


async def parts(installation: Installation, text: str, who: str = "ada") -> DigestParts:
    ask = replace(asked(text, who), via=Via.SCHEDULED)
    return await digest_parts(ask, installation.backend)


async def titles(installation: Installation, text: str, who: str = "ada") -> list[str]:
    return [each.title for each in (await parts(installation, text, who)).parts]


async def test_it_is_one_digest_that_names_the_group_by_its_number(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    plan = (await saved(installation)).plan
    assert plan.text == "/usage each group:#1 6 months"
    assert plan.title == "/usage each group:north 6 months"
    assert plan.is_for_each
    card = shown(await replied(asked("/digest show 1"), installation.backend))
    assert "One message for each customer in the group at that hour, for 20 at most." in card


async def test_its_questions_are_those_of_whom_the_group_holds_now_by_name(
    installation: Installation,
) -> None:
    await scope(installation, HIDDEN, CONTOSO)
    text = (await saved(installation)).plan.text
    both = ["/usage Contoso 6 months", "/usage Wide World Importers 6 months"]
    assert await titles(installation, text) == both
    await scope(installation, HIDDEN, name="nord", number=1)
    found = await parts(installation, text)
    assert [(each.customer, each.text) for each in found.parts] == [
        (HIDDEN, f"/usage {HIDDEN} 6 months")
    ]


async def test_its_owner_gets_none_about_a_customer_whom_they_may_not_see(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    text = "/usage each group:#1"
    assert await titles(installation, text, "cleo") == ["/usage Contoso"]
    assert (await parts(installation, text, "ben")).why == "not-allowed"


@pytest.mark.parametrize(("customers", "why"), [(frozenset(), "group-empty"), (None, "group-gone")])
async def test_a_group_without_customers_gives_no_question_and_says_why(
    installation: Installation, customers: frozenset[TenantId] | None, why: str
) -> None:
    await scope(installation, CONTOSO)
    plan = await installation.roles.plan_scopes([ScopeWish(1, "north", customers)], OWN, NOW)
    await installation.roles.change_scopes(plan, None, NOW)
    found = await parts(installation, "/usage each group:#1")
    assert (found.parts, found.why) == ((), why)


async def test_a_group_that_has_grown_beyond_twenty_gives_none(installation: Installation) -> None:
    some = [made_up_tenant(name) for name in sorted({each.name for each in STORIES})]
    await scope(installation, *some[:21])
    found = await parts(installation, "/usage each group:#1")
    assert (found.parts, found.why) == ((), "digest-each-many")


async def test_a_customer_without_the_product_has_a_question_that_will_say_so(
    installation: Installation,
) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    found = await parts(installation, "/usage each group:#1 copilot")
    assert [each.customer for each in found.parts] == [CONTOSO, HIDDEN]
    own = replace(asked(found.parts[1].text), via=Via.SCHEDULED)
    assert (await answer(own, installation.backend)).why == "unknown-topic"


async def test_it_is_changed_and_previewed_as_a_whole(installation: Installation) -> None:
    await scope(installation, CONTOSO, HIDDEN)
    await saved(installation)
    card = await replied(asked("/digest change 1 tuesday 8:00"), installation.backend)
    assert "/usage each group:north 6 months" in shown(card)
    preview = next(each for each in every_choice(card.parts) if each.reach is Reach.DIRECT)
    assert preview.text == f"/usage {CONTOSO} 6 months"
