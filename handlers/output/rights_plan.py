"""A plan of rights in words: each person's right now, and the one they would hold."""

from collections.abc import Collection, Iterable, Mapping

from analytics.values import TenantId, plain
from handlers.chat.access import Grant
from handlers.chat.rights_plan import PlannedGrant, RightsPlan
from handlers.chat.services import Say
from handlers.output.grants import scope_words, terms

_NAMED = 5
"""Customers named in a line; of more, the line says how many, and each that is added or taken away
has a line of its own.
"""
_LONGEST = 200
"""Characters of the names in a line, together: a sentence's values are cut at 300."""


def plan_lines(plan: RightsPlan, names: Mapping[str, str], say: Say) -> list[str]:
    """Say each change in a line or more, and how many rights are given, changed and unchanged.
    `names` has the customers' names by id.
    """
    lines = [text for line in plan.changes for text in _change(line, names, say)]
    given = sum(not line.before for line in plan.changes)
    changed, same = len(plan.changes) - given, len(plan.lines) - len(plan.changes)
    if not plan.changes:
        return [say("rights-plan-nothing", n=same)]
    return [*lines, say("rights-plan-totals", given=given, changed=changed, same=same)]


def right_in_short(grant: Grant, names: Mapping[str, str], say: Say) -> str:
    """Say a right's role, customers, end and reason, without its holder."""
    if grant.by == "settings":
        return say("right-in-short-settings")
    values = terms(grant, dict(names), say)
    if grant.customers is not None and not grant.customers and not grant.scopes:
        values["scope"] = say("scope-none")
    elif not _fit_a_line(grant.customers or (), names):
        many = say("scope-many", n=len(grant.customers or ()))
        scopes = [scope_words(each, say) for each in grant.scopes]
        values["scope"] = say.enumeration([many, *scopes])
    reason = say("right-in-short-reason", reason=grant.reason) if grant.reason else ""
    return say("right-in-short", **values) + reason


def _fit_a_line(customers: Collection[TenantId], names: Mapping[str, str]) -> bool:
    length = sum(len(names.get(tenant, tenant)) for tenant in customers)
    return len(customers) <= _NAMED and length <= _LONGEST


def _change(line: PlannedGrant, names: Mapping[str, str], say: Say) -> Iterable[str]:
    held = [right_in_short(grant, names, say) for grant in line.before]
    before = say.enumeration(held) if held else say("right-in-short-none")
    yield f"{line.person}  {before} → {right_in_short(line.to, names, say)}"
    scopes = [grant.customers or frozenset() for grant in (*line.before, line.to)]
    if not all(_fit_a_line(scope, names) for scope in scopes):
        old = frozenset[TenantId]().union(*scopes[:-1])
        yield from _each("+", scopes[-1] - old, names)
        yield from _each("−", old - scopes[-1], names)


def _each(sign: str, customers: Iterable[TenantId], names: Mapping[str, str]) -> Iterable[str]:
    for tenant in sorted(customers):
        yield f"  {sign} {plain(names.get(tenant, '–'))} ({tenant})"
