"""Where people are talking: rooms as their last activity described them."""

from dataclasses import dataclass, replace

from cachetools import FIFOCache

from bot.delivery import ConversationReference
from bot.teams.inbound import bare, place
from bot.teams.ports import Conversation, Json

_KEPT = 5_000


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
        """Remembers where an activity came from. UnreadableActivity where it does not say."""
        found = activity_room(activity)
        key = (found.where.tenant, found.where.id)
        if before := self._known.get(key):
            # Not every activity says all of it; what was shared once is not trusted any more.
            shared, name = found.shared or before.shared, found.name or before.name
            found = replace(found, shared=shared, name=name)
        self._known[key] = found
        return found

    def of(self, tenant: str, address: str) -> TeamsRoom | None:
        """A room by its organisation and its id without a thread."""
        return self._known.get((tenant, address))


def activity_room(activity: Json) -> TeamsRoom:
    """The room of an activity; UnreadableActivity where it does not say."""
    where = place(activity)
    channel = _inner(_inner(activity, "channelData"), "channel")
    kinds = {str(channel.get(word) or "").lower() for word in ("type", "membershipType")}
    called = channel.get("name") or _inner(activity, "conversation").get("name")
    name = called if isinstance(called, str) else ""
    return TeamsRoom(replace(where, id=bare(where.id)), name[:200], "shared" in kinds)


def where_of(kept: ConversationReference) -> Conversation:
    """The conversation to send to, as it was kept."""
    return Conversation(kept.service_url, kept.address, kept.tenant, kept.bot)


def _inner(thing: Json, name: str) -> Json:
    inner = thing.get(name)
    return inner if isinstance(inner, dict) else {}
