"""Decisions about subscriptions' terms, in the store: rows are only added, each with its audit row
in one transaction under the partner's lock.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId, TenantId
from bot.store.audit import Audit, lock_partner
from bot.store.decision_table import decision
from bot.store.shown_cards import mark_changed
from bot.store.tables import partner
from handlers.chat.asking import UserRef
from handlers.chat.decision_refusals import AlreadyDecided, DecisionGone
from handlers.chat.decisions import (
    Decision,
    DecisionKind,
    DecisionOrder,
    DecisionSubject,
    TermState,
    Undoing,
)

_D, _UNDOING = decision.c, decision.alias("undoing")
_U = _UNDOING.c
_UNDO = "undo"
"""The kind of a row that undoes another."""
_LATELY = timedelta(days=60)
"""Time after a term's end in which its line may still be shown: the source is late sometimes."""
_KEPT = timedelta(days=400)
"""Time after a term's end for which its decisions are kept."""
_LAST = 2**31 - 1
"""The largest number that the column holds."""


class DecisionStore:
    """The store behind `handlers.chat.decisions.Decisions`. Raises STORE_ERRORS besides."""

    def __init__(self, engine: AsyncEngine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit

    async def standing(self, of: PartnerId, today: date) -> tuple[Decision, ...]:
        """Return the newest decision about each term, unless it was undone."""
        since = (today - _LATELY).isoformat()
        newest = and_(_D.partner == of, _D.term_end >= since, _D.number.in_(_newest(of)))
        return await self._read(newest)

    async def history(
        self, of: PartnerId, since: datetime, until: datetime
    ) -> tuple[Decision, ...]:
        """Return the decisions made in a time, the newest first."""
        return await self._read(and_(_D.partner == of, _D.at >= since, _D.at < until))

    async def newest(self, of: PartnerId, about: DecisionSubject) -> Decision | None:
        """Return the newest decision about a term; None where none was made, or it was undone."""
        async with self._engine.execution_options(reading=True).connect() as connection:
            return await _newest_about(connection, of, about)

    async def decide(self, order: DecisionOrder) -> Decision:
        """Keep a decision, and delete those about terms that ended long ago. Raises AlreadyDecided
        where one about the same term in the same state stands, and DecisionGone where the one that
        is to be replaced does not.
        """
        of, today = order.partner, order.at.date()
        async with self._engine.begin() as connection:
            await lock_partner(connection, of)
            standing = await _newest_about(connection, of, order.about)
            if standing is None or standing.number != order.instead_of:
                _check_open(order, standing)
            old = and_(_D.partner == of, _D.term_end < (today - _KEPT).isoformat())
            await connection.execute(delete(decision).where(old))
            kept = Decision(
                number=await _next_number(connection, of),
                about=order.about,
                state=order.state,
                kind=order.kind,
                until=order.until,
                why=order.why,
                by=str(order.by),
                at=order.at,
            )
            await connection.execute(insert(decision).values(partner=of, **_values(kept)))
            await self._audit.append(connection, of, order.at, _entry(kept, order.kind.value))
            await mark_changed(connection, of, order.about, order.at)
        return kept

    async def undo(self, of: PartnerId, number: int, by: UserRef, at: datetime) -> Decision:
        """End a decision. Raises DecisionGone where it is not the newest about its term, or undone
        already.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, of)
            its = and_(_D.partner == of, _D.number == min(max(number, 0), _LAST))
            row = (await connection.execute(_select_decisions(its))).first()
            ended = _decision(row) if row else None
            if ended is None or await _newest_about(connection, of, ended.about) != ended:
                raise DecisionGone
            values = _values(ended) | {"kind": _UNDO, "until": "", "why": "", "undoes": number}
            values |= {"number": await _next_number(connection, of)}
            values |= {"given_by": str(by), "at": at}
            await connection.execute(insert(decision).values(partner=of, **values))
            entry = {**_entry(ended, _UNDO), "who": str(by)}
            await self._audit.append(connection, of, at, entry)
            await mark_changed(connection, of, ended.about, at)
        return ended

    async def _read(self, which: ColumnElement[bool]) -> tuple[Decision, ...]:
        async with self._engine.execution_options(reading=True).connect() as connection:
            return tuple(map(_decision, await connection.execute(_select_decisions(which))))


def _select_decisions(which: ColumnElement[bool]) -> Any:
    """Select decisions with the rows that undo them, the newest first."""
    undoing = and_(_U.partner == _D.partner, _U.undoes == _D.number)
    both = select(decision, _U.given_by.label("undone_by"), _U.at.label("undone_at"))
    joined = both.outerjoin_from(decision, _UNDOING, undoing)
    return joined.where(_D.undoes.is_(None), which).order_by(_D.number.desc())


def _newest(of: PartnerId) -> Any:
    """Select the number of the last row about each term; a row that undoes is none of a decision,
    so a term whose last row it is has none.
    """
    its = (_D.rule, _D.customer, _D.subscription, _D.term_end)
    return select(func.max(_D.number)).where(_D.partner == of).group_by(*its)


async def _newest_about(
    connection: AsyncConnection, of: PartnerId, about: DecisionSubject
) -> Decision | None:
    """Return the newest decision about a term; None where none was made, or it was undone."""
    term = and_(_D.rule == about.rule, _D.term_end == about.term_end.isoformat())
    its = and_(_D.customer == about.customer, _D.subscription == about.subscription, term)
    row = (
        await connection.execute(_select_decisions(and_(_D.partner == of, its)).limit(1))
    ).first()
    newest = _decision(row) if row else None
    return None if newest is None or newest.undone else newest


def _check_open(order: DecisionOrder, standing: Decision | None) -> None:
    """Raise AlreadyDecided where a decision stands, and DecisionGone where the one that is to be
    replaced does not.
    """
    if order.instead_of is not None:
        raise DecisionGone
    if standing and standing.stands(order.state, order.at.date()):
        raise AlreadyDecided(standing)


async def _next_number(connection: AsyncConnection, of: PartnerId) -> int:
    p = partner.c
    counted = update(partner).where(p.id == of).values(decisions=p.decisions + 1)
    return int((await connection.execute(counted.returning(p.decisions))).scalar_one())


def _values(its: Decision) -> dict[str, object]:
    """Return the columns that a decision fills, without its partner."""
    return {
        "number": its.number,
        "rule": its.about.rule,
        "customer": its.about.customer,
        "subscription": its.about.subscription,
        "term_end": its.about.term_end.isoformat(),
        "state": its.state.case,
        "act_by": its.state.act_by.isoformat(),
        "kind": its.kind.value,
        "until": its.until.isoformat() if its.until else "",
        "why": its.why,
        "given_by": its.by,
        "at": its.at,
        "undoes": None,
    }


def _decision(row: Row[Any]) -> Decision:
    end = date.fromisoformat(row.term_end)
    return Decision(
        number=row.number,
        about=DecisionSubject(row.rule, TenantId(row.customer), row.subscription, end),
        state=TermState(row.state, date.fromisoformat(row.act_by)),
        kind=DecisionKind(row.kind),
        until=date.fromisoformat(row.until) if row.until else None,
        why=row.why,
        by=row.given_by,
        at=row.at,
        undone=Undoing(row.undone_by, row.undone_at) if row.undone_by else None,
    )


def _entry(its: Decision, what: str) -> dict[str, object]:
    """Return the audit's row; a reason may hold a name, so it is not in it."""
    entry: dict[str, object] = {"action": "decide-term", "what": what, "number": its.number}
    entry |= {"who": its.by, "customer": its.about.customer, "term": its.about.key}
    until = {"until": its.until.isoformat()} if its.until and what != _UNDO else {}
    return entry | {"case": its.state.case, "act_by": its.state.act_by.isoformat()} | until
