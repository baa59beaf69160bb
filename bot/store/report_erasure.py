"""Erasure in texts that people wrote: reports and reasons that name a person or a customer."""

import json
import re
import unicodedata
from collections.abc import Collection

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from analytics.values import PartnerId, TenantId
from bot.store.tables import assignment, report

_A, _R = assignment.c, report.c
_SHORT = 4
"""Characters of a name below which it is looked for as a whole word: “IT” is no part of “with”."""


async def forget_named(connection: AsyncConnection, of: PartnerId, names: Collection[str]) -> int:
    """Delete the partner's reports whose question, words or stamp hold one of the names, in any
    case; return how many. Blank names are in none.
    """
    wanted = [_pattern(name) for name in names if name.strip()]
    texts = select(_R.number, _R.question, _R.said, _R.stamp).where(_R.partner == of)
    numbers = [
        row.number
        for row in await connection.execute(texts)
        if _hold((row.question, row.said, *json.loads(row.stamp)), wanted)
    ]
    for number in numbers:
        await connection.execute(delete(report).where(_R.partner == of, _R.number == number))
    return len(numbers)


async def blank_reasons(connection: AsyncConnection, of: PartnerId, names: Collection[str]) -> int:
    """Empty the reasons of the partner's rights that hold one of the names; return how many."""
    wanted = [_pattern(name) for name in names if name.strip()]
    reasons = select(_A.id, _A.reason).where(_A.partner == of, _A.reason != "")
    found = [
        row.id for row in (await connection.execute(reasons)).all() if _hold((row.reason,), wanted)
    ]
    for number in found:
        await connection.execute(update(assignment).where(_A.id == number).values(reason=""))
    return len(found)


def names_one(text: str, names: Collection[str]) -> bool:
    """Check whether a text holds one of the names, in any case; blank names are in none."""
    return _hold((text,), [_pattern(name) for name in names if name.strip()])


async def forget_source(connection: AsyncConnection, of: PartnerId, tenant: TenantId) -> int:
    """Remove a customer from the customers that reported answers were made from, and delete reports
    of answers made from them alone; return how many reports were changed or deleted.
    """
    made_from = select(_R.number, _R.customers).where(_R.partner == of)
    found = 0
    for row in (await connection.execute(made_from)).all():
        customers = json.loads(row.customers)
        rest = [each for each in customers if each.lower() != tenant.lower()]
        if len(rest) == len(customers):
            continue
        its = and_(_R.partner == of, _R.number == row.number)
        narrowed = update(report).where(its).values(customers=json.dumps(rest))
        await connection.execute(narrowed if rest else delete(report).where(its))
        found += 1
    return found


def _pattern(name: str) -> re.Pattern[str]:
    plain = re.escape(_plain(name.strip()))
    return re.compile(plain if len(name.strip()) >= _SHORT else rf"(?<!\w){plain}(?!\w)")


def _hold(texts: Collection[str], wanted: Collection[re.Pattern[str]]) -> bool:
    return any(name.search(_plain(text)) for text in texts for name in wanted)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
