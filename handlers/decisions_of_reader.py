"""Decisions about terms, as one reader may know and change them."""

from datetime import datetime

from handlers.backend import Backend
from handlers.chat.access import Access, Permission
from handlers.chat.asking import UserRef
from handlers.chat.decision_refusals import DecisionGone, NotYours
from handlers.chat.decisions import Decision, DecisionOrder, ShownDecision


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
        return self._shown(kept, access)

    async def made(
        self, access: Access, since: datetime, until: datetime
    ) -> tuple[ShownDecision, ...]:
        """Return the decisions made in a time, the newest first."""
        kept = await self._backend.decisions.made(access.partner, since, until)
        return self._shown(kept, access)

    async def decide(self, order: DecisionOrder) -> Decision:
        """Keep a decision. Raises AlreadyDecided, and what the store raises."""
        return await self._backend.decisions.decide(order)

    async def undo(self, access: Access, number: int) -> Decision:
        """End a decision that the key's holder made; a partner admin may end each. Raises
        DecisionGone and NotYours.
        """
        backend = self._backend
        found = await backend.decisions.find(access.partner, number)
        if found is None or not access.sight.sees(found.about.customer):
            raise DecisionGone
        if found.by != str(access.asker) and not access.may(Permission.GRANT):
            raise NotYours
        return await backend.decisions.undo(access.partner, number, access.asker, backend.now())

    def _shown(self, kept: tuple[Decision, ...], access: Access) -> tuple[ShownDecision, ...]:
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
