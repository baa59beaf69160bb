"""Groups of customers in words: one group with its customers, and changes of scopes."""

from collections.abc import Iterable, Mapping

from analytics.values import TenantId
from handlers.chat.asking import View
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import NoData
from handlers.chat.reply import Choice, Choices, Paragraph, Part, TextInput
from handlers.chat.scope_plan import ScopeEffect, ScopeLine, ScopePlan
from handlers.chat.services import Say, Services
from handlers.output.grants import listed_customers

SHOWN = 30
"""Groups that are listed with a button: as many as a message of any platform has room for."""
_PEOPLE = 20
"""People whose gains and losses are said; of more, how many."""


def group_sentence(
    group: CustomerGroup, seen: Iterable[TenantId], names: Mapping[str, str], say: Say
) -> str:
    """Say a group's name and those of its customers whom the reader may see."""
    shown = [*seen]
    kind = "list" if group.owner else "scope"
    if not shown:
        return say(f"{kind}-line-empty", name=group.name)
    customers = listed_customers(shown, names, say)
    return say(f"{kind}-line", name=group.name, n=len(shown), customers=customers)


def group_lines(
    command: str, groups: Iterable[tuple[CustomerGroup, str]], say: Say
) -> Iterable[Part]:
    """Show groups by their sentences, the first with a button that shows more."""
    for at, (group, said) in enumerate(groups):
        choice = Choice(say("button-show"), f"{command} {group.word}")
        yield Choices(said, (choice,)) if at < SHOWN else Paragraph(said)


def group_form(command: str, group: CustomerGroup, say: Say) -> tuple[Part, ...]:
    """Offer what can be done with a group: customers to add or remove, and to delete it."""
    add = Choice(say("button-add"), f"{command} {group.word} +", view=View.FORM)
    remove = Choice(say("button-remove"), f"{command} {group.word} -", view=View.FORM)
    usage = Choice(say("group-usage"), f"/usage {group.word}")
    delete = Choice(say("button-delete"), f"{command} {group.word} delete")
    choices = (usage, delete) if group.customers else (delete,)
    return (
        TextInput(say("group-add-prompt"), add),
        *([TextInput(say("group-remove-prompt"), remove)] if group.customers else []),
        Choices(say("digest-next"), choices),
    )


def plan_sentences(plan: ScopePlan, names: Mapping[str, str], say: Say) -> list[str]:
    """Say each change of a plan: who joins and leaves which scope, and what anybody's right gains
    and loses by it. People are named by their ids.
    """
    lines = [said for line in plan.changes for said in _change(line, names, say)]
    effects = [said for each in plan.effects[:_PEOPLE] for said in _effect(each, names, say)]
    more = len(plan.effects) - _PEOPLE
    return [*lines, *effects, *([say("scope-effects-more", n=more)] if more > 0 else [])]


def named_plan(plan: ScopePlan, names: Mapping[str, str], services: Services) -> list[str]:
    """Say a plan's changes with people by the names that their platforms give them."""
    called = {str(each.person): services.people.display_name(each.person) for each in plan.effects}
    return plan_sentences(plan, {**names, **called}, services.say)


def _change(line: ScopeLine, names: Mapping[str, str], say: Say) -> Iterable[str]:
    before, wish = line.before, line.wish
    if before is None:
        yield say("scope-new", name=wish.name)
    if before and wish.customers is None:
        yield say("scope-deleted", name=before.name)
    for sentence, moved in (("scope-joining", line.joining), ("scope-leaving", line.leaving)):
        if moved:
            customers = listed_customers(moved, names, say)
            yield say(sentence, name=wish.name, n=len(moved), customers=customers)
    if wish.customers is not None and not wish.customers:
        yield say("scope-will-be-empty", name=wish.name)


def _effect(effect: ScopeEffect, names: Mapping[str, str], say: Say) -> Iterable[str]:
    person = names.get(str(effect.person), str(effect.person))
    for sentence, moved in (("scope-gains", effect.gains), ("scope-loses", effect.loses)):
        if moved:
            customers = listed_customers(moved, names, say)
            yield say(sentence, person=person, n=len(moved), customers=customers)


async def member_names(tenants: Iterable[TenantId], services: Services) -> dict[str, str]:
    """Return the names of these customers by id, of those whom the reader may see; empty before
    the first import.
    """
    wanted = sorted(set(tenants))
    try:
        return await services.data.names(wanted) if wanted else {}
    except NoData:
        return {}
