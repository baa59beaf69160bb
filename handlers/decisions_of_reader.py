"""Decisions about terms, as one reader may know and change them."""

from datetime import datetime

from handlers.backend import Backend
from handlers.chat.access import Access, Permission
from handlers.chat.asking import UserRef
from handlers.chat.decision_refusals import DecisionGone, NotOwnDecision
from handlers.chat.decisions import Decision, DecisionOrder, DecisionWord, ShownDecision


class DecisionsOfReader:
    """Decisions lent to one request: the handlers.chat.decisions.VisibleDecisions of a running
    program. Of customers whom the reader does not see it knows none, not even how many.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def standing(self, access: Access) -> tuple[ShownDecision, ...]:
        """Return the newest decision about each term that was not undone."""
        today = self._backend.now().date()
        kept = await self._backend.decisions.standing(access.partner, today)
        return self._show_all(kept, access)

    async def history(
        self, access: Access, since: datetime, until: datetime
    ) -> tuple[ShownDecision, ...]:
        """Return the decisions made in a time, the newest first."""
        kept = await self._backend.decisions.history(access.partner, since, until)
        return self._show_all(kept, access)

    async def decide(self, order: DecisionOrder) -> Decision:
        """Keep a decision. Raises AlreadyDecided, and what the store raises."""
        return await self._backend.decisions.decide(order)

    async def explain(self, access: Access, word: DecisionWord, why: str) -> Decision:
        """Keep the reason of the key's holder's own decision: the same anew, in place of it. Raises
        DecisionGone and NotOwnDecision.
        """
        its = await self._read(access, word)
        if its.by != str(access.asker):
            raise NotOwnDecision
        order = DecisionOrder(
            partner=access.partner,
            about=its.about,
            state=its.state,
            kind=its.kind,
            until=its.until,
            why=why,
            by=access.asker,
            at=self._backend.now(),
            instead_of=its.number,
        )
        return await self._backend.decisions.decide(order)

    async def undo(self, access: Access, word: DecisionWord) -> Decision:
        """End a decision that the key's holder made; a partner admin may end each. Raises
        DecisionGone and NotOwnDecision.
        """
        backend = self._backend
        found = await self._read(access, word)
        if found.by != str(access.asker) and not access.may(Permission.GRANT):
            raise NotOwnDecision
        now = backend.now()
        return await backend.decisions.undo(access.partner, found.number, access.asker, now)

    async def _read(self, access: Access, word: DecisionWord) -> Decision:
        """Return a decision about a customer whom the holder may see, or raise DecisionGone."""
        if not access.sight.sees(word.about.customer):
            raise DecisionGone
        found = await self._backend.decisions.newest(access.partner, word.about)
        if found is None or word.made not in ("", found.at.isoformat()):
            raise DecisionGone
        return found

    def _show_all(self, kept: tuple[Decision, ...], access: Access) -> tuple[ShownDecision, ...]:
        return tuple(
            ShownDecision(
                each,
                self._name(each.by, access),
                self._name(each.undone.by, access) if each.undone else "",
                is_own=each.by == str(access.asker),
            )
            for each in kept
            if access.sight.sees(each.about.customer)
        )

    def _name(self, person: str, access: Access) -> str:
        """Return a person's name, where the key's holder may see people's names; empty where the
        person was forgotten.
        """
        if not access.sight.persons:
            return ""
        try:
            return self._backend.people.display_name(UserRef.parse(person))
        except ValueError:
            return ""
