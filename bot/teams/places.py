"""Where people are talking: rooms as their last activity described them."""

from contextvars import ContextVar
from dataclasses import dataclass, replace

from cachetools import FIFOCache

from bot.teams.inbound import bare, place
from bot.teams.ports import Conversation, Json

_KEPT = 5_000
_HERE: ContextVar[Conversation | None] = ContextVar("here", default=None)
"""The conversation whose question is being answered: its roster knows who is mentioned in it."""


@dataclass(frozen=True, slots=True)
class TeamsRoom:
    """A room: how it is reached, what it is called, and whether others than one organisation's are
    let into it.
    """

    where: Conversation
    """Without a thread."""
    name: str
    shared: bool


class TeamsRooms:
    """Rooms that were heard of since the program started; the oldest are forgotten."""

    def __init__(self) -> None:
        self._known: FIFOCache[tuple[str, str], TeamsRoom] = FIFOCache(_KEPT)

    def note(self, activity: Json) -> TeamsRoom:
        """Remembers where an activity came from, and that this is what is being answered now.
        UnreadableActivity where it does not say.
        """
        found = activity_room(activity)
        key = (found.where.tenant, found.where.id)
        if before := self._known.get(key):
            # Not every activity says all of it; what was shared once is not trusted any more.
            shared, name = found.shared or before.shared, found.name or before.name
            found = replace(found, shared=shared, name=name)
        self._known[key] = found
        _HERE.set(found.where)
        return found

    def of(self, tenant: str, address: str) -> TeamsRoom | None:
        """A room by its organisation and its id without a thread."""
        return self._known.get((tenant, address))

    def here(self, tenant: str) -> Conversation | None:
        """The conversation that is being answered, if it is of that organisation."""
        where = _HERE.get()
        return where if where and where.tenant == tenant else None


def activity_room(activity: Json) -> TeamsRoom:
    """The room of an activity; UnreadableActivity where it does not say."""
    where = place(activity)
    channel = _inner(_inner(activity, "channelData"), "channel")
    kinds = {str(channel.get(word) or "").lower() for word in ("type", "membershipType")}
    called = channel.get("name") or _inner(activity, "conversation").get("name")
    name = called if isinstance(called, str) else ""
    return TeamsRoom(replace(where, id=bare(where.id)), name[:200], "shared" in kinds)


def _inner(thing: Json, name: str) -> Json:
    inner = thing.get(name)
    return inner if isinstance(inner, dict) else {}
