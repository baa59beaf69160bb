"""A safe summary names no customer and no money, whatever was asked."""

import re

import pytest

from analytics.values import OWN
from analytics.warehouse.facts import Facts
from bot.wiring import Installation
from handlers.chat.access import Permission, authorize
from handlers.chat.accounts import Account, AccountKind
from tests.conftest import NOW
from tests.rooms.gathering import Gathering, gathered, labels, ref, words

MONEY = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP|CHF)\b")


async def everybody(installation: Installation) -> dict[str, str]:
    """Every customer's name, by id."""
    grants = await installation.roles.grants(ref("ada"), OWN)
    member = Account(ref("ada"), "Ada", AccountKind.MEMBER)
    access = authorize(member, OWN, Permission.SEE_SEATS, grants, NOW)
    facts = installation.backend.facts(access)
    assert isinstance(facts, Facts)
    return {customer.id: customer.name for customer in facts.people.customers}


async def test_no_customer_is_named_in_the_summary_of_any(installation: Installation) -> None:
    names = await everybody(installation)
    talk = gathered(installation, Gathering(members=("ada", "ben")))
    summaries = 0
    for tenant in [*names, ""]:
        kept = await talk.asks("ada", f"/usage {tenant}")
        if "Share an anonymised summary" not in labels(kept):
            continue
        shared = words(await talk.presses("ada", kept, "Share an anonymised summary"))
        found = [n for n in names.values() if re.search(rf"\b{re.escape(n)}\b", shared)]
        assert (found, MONEY.findall(shared)) == ([], []), tenant
        assert "As of" in shared
        summaries += 1
    assert summaries > 40


async def test_a_reader_who_is_refused_does_not_read_the_name_in_the_refusal(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "cleo")))
    for question in ("/usage wide world importers", "/usage wide world importers exchange 90 days"):
        kept = await talk.asks("ada", question)
        shared = await talk.presses("ada", kept, "Share an anonymised summary")
        refusal = words(await talk.presses("cleo", shared, "Show what I can see"))
        assert "among those you may see" in refusal
        assert not re.search("wide|world|importers", refusal, re.IGNORECASE)
        own = words(await talk.presses("ada", shared, "Show what I can see"))
        assert own.startswith("Wide World Importers")


@pytest.mark.parametrize("question", ["/usage contoso exchange", "/usage"])
async def test_a_summary_says_something(installation: Installation, question: str) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben")))
    kept = await talk.asks("ada", question)
    shared = words(await talk.presses("ada", kept, "Share an anonymised summary"))
    assert re.search(r"\d", shared.split("\n\n")[1])
